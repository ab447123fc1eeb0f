"""What stands inside a paragraph, a heading or a cell, as one line: markup gone, raised and lowered characters kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from corpus.drafting import citing, without_marks
from corpus.readers import formulas
from corpus.readers.pointing import raised_or_lowered, with_ranges

FLOATS = frozenset({"fig", "fig-group", "table-wrap", "table-wrap-group", "supplementary-material", "boxed-text"})
"""Blocks that may stand inside a paragraph, which goes on behind them."""
BLOCKS = FLOATS | {
    "list",
    "def-list",
    "disp-quote",
    "preformat",
    "verse-group",
    "speech",
    "statement",
    "array",
    "table",
}
"""Blocks that may stand inside a paragraph."""

_PARTED = frozenset(
    {"p", "title", "label", "list-item", "def-item", "term", "def", "tr", "td", "th", "caption", "disp-formula", "sec"}
)
_UNSAID = frozenset(
    {"graphic", "inline-graphic", "media", "inline-media", "object-id", "alt-text", "long-desc", "strike", "rt"}
    | {
        "institution-id",
        "license_ref",
        "free_to_read",
        "contrib-id",
        "index-term",
        "milestone-start",
        "milestone-end",
        "abstract-ref",
    }
)
# Elements whose parts the file itself parts by nothing, and what stands between these on a line.
_LISTS = dict.fromkeys(
    ("aff", "institution-wrap", "address", "kwd-group", "award-group", "element-citation", "person-group", "license"),
    ", ",
) | {"name": " ", "funding-source": " "}
_FORMS = ("textual-form", "math", "tex-math")
_FORMULAS = frozenset({"alternatives", "inline-formula", "disp-formula"})


@dataclass(slots=True)
class Wording:
    """Elements turned into lines of text, of one article.

    Attributes:
        entries: the marker of each entry of the reference lists by the id of its element, in their order.
        notes: the footnotes met since they were last taken.
    """

    entries: Mapping[str, str]
    notes: list[str] = field(default_factory=list)
    _held: list[etree._Element] | None = None
    _order: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._order = list(dict.fromkeys(self.entries.values()))

    def line(self, node: etree._Element | None) -> str:
        """All of an element as one line; empty where there is none."""
        return "" if node is None else " ".join(with_ranges(self._inside(node), self._order).split())

    def runs(self, node: etree._Element) -> Iterator[str | etree._Element]:
        """A paragraph as lines of text and the blocks that stand inside it; what floats comes after all its text."""
        held: list[etree._Element] = []
        self._held = held
        text = self._inside(node)
        self._held = None
        floats = [block for block in held if block.tag in FLOATS]
        blocks = iter([block for block in held if block.tag not in FLOATS])
        for place, piece in enumerate(text.split("\f")):
            if place:
                yield next(blocks)
            yield " ".join(with_ranges(piece, self._order).split())
        yield from floats

    def taken_notes(self) -> list[str]:
        """The footnotes met so far, which are then forgotten."""
        notes, self.notes = self.notes, []
        return notes

    def _inside(self, node: etree._Element) -> str:
        out = [without_marks(node.text or "")]
        gap = _LISTS.get(node.tag, "")
        for child in node:
            said, tail = self._child(child, "".join(out[-3:])[-12:]), without_marks(child.tail or "")
            parted = gap and said.strip() and not tail.strip() and child.getnext() is not None
            out += [said, (" " if child.tag in {"label", "title"} else gap) if parted else tail]
        return "".join(out)

    def _child(self, node: etree._Element, before: str) -> str:
        """What an element says where it stands after the text `before`."""
        tag = node.tag
        if self._held is not None and tag in BLOCKS:
            self._held.append(node)
            return " " if tag in FLOATS else "\f"
        if tag in _UNSAID:
            return ""
        if tag == "fn":
            # what stands in it is one line, and none of the blocks of the paragraph around it
            held, self._held = self._held, None
            self.notes.append(self.line(node))
            self._held = held
            return ""
        if tag == "xref":
            return self._reference(node)
        if tag in {"sup", "sub"}:
            return raised_or_lowered(self._inside(node), before, tag)
        if tag == "math":
            return formulas.mathml(node)
        if tag == "tex-math":
            return formulas.tex(node.text or "")
        if tag in _FORMULAS:
            return self._formula(node)
        inside = self._inside(node) if tag != "break" else ""
        return f" {inside} " if tag in _PARTED or tag in BLOCKS or tag == "break" else inside

    def _formula(self, node: etree._Element) -> str:
        """A formula in the first of its forms that says something: text, MathML, TeX."""
        holder = node if node.tag == "alternatives" else node.find("alternatives")
        if holder is None:
            said = self._inside(node)
        else:
            forms = sorted(holder, key=lambda form: _FORMS.index(form.tag) if form.tag in _FORMS else len(_FORMS))
            said = next((text for form in forms if (text := self._child(form, "").strip())), "")
            if node.tag != "alternatives":
                said = " ".join(filter(None, (said, self.line(node.find("label")))))
        return f" {said} " if node.tag == "disp-formula" else said

    def _reference(self, node: etree._Element) -> str:
        """What points elsewhere; what points into the reference list cites, and raised numbers stand in brackets."""
        markers = [self.entries[one] for one in node.get("rid", "").split() if one in self.entries]
        cites = bool(markers) or node.get("ref-type") == "bibr"
        if not cites:
            return self._inside(node)
        plain = " ".join(without_marks("".join(node.itertext())).split())
        if not markers:
            markers = [plain.strip("[]() ").replace("|", " ")] if plain.strip("[]() ") else []
        shown = plain or ", ".join(markers)
        raised = node.find(".//sup") is not None and not re.search(r"[\[\](]", shown)
        return f"[{citing(shown, markers)}]" if raised else citing(shown, markers)
