"""What stands inside a block, as one line: markup gone, raised and lowered characters kept, citations marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from corpus.drafting import citing, without_marks
from corpus.readers import formulas
from corpus.readers.pointing import raised_or_lowered, with_ranges

BLOCKS = frozenset(
    {"h", "p", "div", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td"}
    | {"th", "figure", "figcaption", "pre", "hr"}
)
HOLDS = "holds"
"""An attribute of what has a block in it, as `mark_blocks` leaves it."""

_UNSAID = frozenset({"img", "rt", "rp"})


def mark_blocks(root: etree._Element) -> None:
    """Marks every element that has a block in it."""
    for block in root.iter(*BLOCKS):
        for holder in block.iterancestors():
            if holder.get(HOLDS):
                break
            holder.set(HOLDS, "1")


@dataclass(slots=True)
class Wording:
    """Elements turned into lines of text, of one document.

    Attributes:
        entries: the marker of each entry of the reference lists by each of its ids, in their order.
        linked: whether something points to an entry; then raised numbers that do not are no citations.
        notes: the footnotes met since they were last taken.
        struck: whether something struck out was left out.
    """

    entries: Mapping[str, str] = field(default_factory=dict)
    linked: bool = False
    notes: list[str] = field(default_factory=list)
    struck: bool = False
    _order: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._order = list(dict.fromkeys(self.entries.values()))

    def line(self, node: etree._Element | None) -> str:
        """All of an element as one line; empty where there is none."""
        return "" if node is None else self._told(self._inside(node))

    def runs(self, node: etree._Element) -> Iterator[str | etree._Element]:
        """What stands in an element, in order: lines of text, none of them empty, and the blocks between them."""
        out = [without_marks(node.text or "")]
        for child in node:
            if child.tag in BLOCKS or (child.get(HOLDS) and child.tag != "note"):
                yield from filter(None, [self._told("".join(out))])
                yield child
                out = []
            else:
                out.append(self._child(child, "".join(out[-3:])[-12:]))
            out.append(without_marks(child.tail or ""))
        yield from filter(None, [self._told("".join(out))])

    def taken_notes(self) -> list[str]:
        """The footnotes met so far, which are then forgotten."""
        notes, self.notes = self.notes, []
        return notes

    def _told(self, text: str) -> str:
        return " ".join(with_ranges(text, self._order).split())

    def _inside(self, node: etree._Element) -> str:
        out = [without_marks(node.text or "")]
        for child in node:
            out += [self._child(child, "".join(out[-3:])[-12:]), without_marks(child.tail or "")]
        return "".join(out)

    def _child(self, node: etree._Element, before: str) -> str:
        """What an element says where it stands after the text `before`."""
        match node.tag:
            case "sup" | "sub":
                return raised_or_lowered(self._inside(node), before, node.tag, cites=not self.linked)
            case "a":
                return self._pointer(node)
            case "note":
                self.notes.append(self.line(node))
                return ""
            case "math":
                return formulas.mathml(node)
            case "tex":
                return formulas.tex(node.text or "")
            case "del":
                self.struck = self.struck or bool("".join(node.itertext()).strip())
                return ""
            case "q":
                return f"“{self._inside(node).strip()}”"
            case "br":
                return " "
            case tag if tag in _UNSAID:
                return ""
            case tag:
                inside = self._inside(node)
                return f" {inside} " if tag in BLOCKS else inside

    def _pointer(self, node: etree._Element) -> str:
        """What points elsewhere; what points into the reference list cites, and raised numbers stand in brackets."""
        markers = list(dict.fromkeys(self.entries[one] for one in node.get("to", "").split() if one in self.entries))
        inside = self._inside(node)
        if not markers:
            return inside
        plain = " ".join(without_marks("".join(node.itertext())).split())
        raised = node.find(".//sup") is not None and not re.search(r"[\[\](]", plain)
        return f"[{citing(plain, markers)}]" if raised else citing(plain, markers)
