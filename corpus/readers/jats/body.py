"""The running text of a JATS article: sections, paragraphs, lists, figures, tables, back matter and reference lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus import headings
from corpus.drafting import Part
from corpus.readers.jats.references import reference_part
from corpus.readers.jats.tables import is_picture, table_parts
from corpus.readers.jats.wording import FLOATS, Wording
from corpus.records import BlockKind

_DEEPEST = 6
_BACK_TYPES = frozenset(
    {"supplementary-material", "data-availability", "funding-information", "coi-statement", "additional-information"}
    | {"ack", "author-contributions", "ethics-statement", "abbreviations"}
)
_BACK = frozenset({"ack", "fn-group", "bio", "notes", "glossary"})
# What holds sections or blocks of its own and may have a title.
_SECTIONS = frozenset({"sec", "app", "app-group", "boxed-text", *_BACK})
# What may have a label or a title, which is no heading.
_LABELLED = frozenset({"disp-quote", "verse-group", "statement"})
_TABLES = frozenset({"table-wrap", "table", "array"})
_UNREAD = frozenset({"title", "label", "sec-meta", "processing-meta", "object-id", "kwd-group", "graphic"})


@dataclass(slots=True)
class Walk:
    """One walk over an article's text, making parts.

    Attributes:
        name: the file's name.
        wording: of the article.
        floats: figures and tables that stand apart from the text, by id; each is put where it is first spoken of.
        parts: what was made so far.
        tables: how many tables were met.
        pictures: how many of them are only pictures.
    """

    name: str
    wording: Wording
    floats: dict[str, etree._Element] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    tables: int = 0
    pictures: int = 0

    def section(self, node: etree._Element, level: int, *, back: bool, title: str | None = None) -> None:
        """Takes a section: its heading, where it has one, at `level`, and everything in it.

        Args:
            node: the element.
            level: from 1; deeper than 6 counts as 6.
            back: whether it is back matter; a section named as such is back matter in any case.
            title: for one that has none.
        """
        heading = self._heading(node) or title or ""
        kind = (node.get("sec-type") or node.get("notes-type") or "").casefold()
        back = back or headings.is_back(heading) or kind in _BACK_TYPES
        if heading:
            self.parts.append(Part("heading", heading, level=min(level, _DEEPEST)))
        self._notes()
        for child in _boxes_last(node):
            self.block(child, level + bool(heading), back=back)

    def block(self, node: etree._Element, level: int, *, back: bool) -> None:
        """Takes one block, whatever it is; `level` is that of a heading that stands in it."""
        tag = node.tag
        if tag in _UNREAD:
            return
        if tag in _SECTIONS:
            self.section(node, level, back=back or tag in _BACK)
        elif tag == "ref-list":
            self._reference_list(node, level)
        elif tag in _TABLES:
            self._table(node)
        elif tag in {"fig", "supplementary-material", "media"}:
            self._figure(node, level, back=back)
        elif tag in {"fig-group", "table-wrap-group", "floats-group"}:
            self._group(node, level, back=back)
        elif tag in {"list", "def-list"}:
            self._list(node, level, back=back)
        elif tag in {"disp-quote", "verse-group", "speech", "statement", "fn", "caption", "list-item", "def"}:
            self._contents(node, level, back=back)
        else:
            self._paragraph(node, level, back=back)

    def rest(self, level: int) -> None:
        """Takes the floats that no text spoke of."""
        for node in list(self.floats.values()):
            self._float(node, level)

    def _float(self, node: etree._Element, level: int) -> None:
        if self.floats.pop(node.get("id", ""), None) is not None:
            self.block(node, level, back=False)

    def _heading(self, node: etree._Element) -> str:
        """A label and a title on one line."""
        title = node.find("title")
        if title is None:
            title = node.find("caption/title")
        parts = (self.wording.line(node.find("label")), self.wording.line(title))
        return " ".join(filter(None, parts))

    def _paragraph(self, node: etree._Element, level: int, *, back: bool, kind: BlockKind = "paragraph") -> None:
        """Takes a paragraph with the blocks that stand in it, then the floats it speaks of."""
        for run in self.wording.runs(node):
            if isinstance(run, str):
                self._text(run, kind, back=back)
            elif run.tag in FLOATS:
                # whatever floats out of a paragraph has no heading of its own there
                self._group(run, level, back=back) if run.tag == "boxed-text" else self.block(run, level, back=back)
            else:
                self.block(run, level, back=back)
        self._notes()
        for pointer in node.iter("xref"):
            for one in pointer.get("rid", "").split():
                if one in self.floats:
                    self._float(self.floats[one], level)

    def _text(self, text: str, kind: BlockKind, *, back: bool) -> None:
        if text:
            self.parts.append(Part("back" if back or headings.is_back_run_in(text) else kind, text))

    def _notes(self) -> None:
        """Adds the footnotes met since the last time."""
        self.parts += [Part("footnote", note) for note in self.wording.taken_notes()]

    def _contents(self, node: etree._Element, level: int, *, back: bool) -> None:
        """Takes every block in an element; text of its own makes it a paragraph."""
        if (node.text or "").strip() or not len(node):
            self._paragraph(node, level, back=back)
            return
        if node.tag in _LABELLED:
            self._text(self._heading(node), "paragraph", back=back)
        for child in node:
            self.block(child, level, back=back)

    def _group(self, node: etree._Element, level: int, *, back: bool) -> None:
        """Takes the caption of a group as a paragraph, then what is in it."""
        self._captioned(node, level, back=back)
        for child in node:
            if child.tag not in {"label", "caption", "title"}:
                self.block(child, level, back=back)

    def _captioned(self, node: etree._Element, level: int, *, back: bool) -> None:
        """Takes label and title as a paragraph, and each paragraph of the caption."""
        caption = node.find("caption")
        label = self.wording.line(node.find("label"))
        title = self.wording.line(node.find("title") if caption is None else caption.find("title"))
        paragraphs = [] if caption is None else [child for child in caption if child.tag != "title"]
        if label and label[-1].isalnum():
            label += "."
        if label and not title and paragraphs:
            first, *others = list(self.wording.runs(paragraphs.pop(0)))
            self._text(f"{label} {first}", "paragraph", back=back)
            for one in others:
                self._text(one, "paragraph", back=back) if isinstance(one, str) else self.block(one, level, back=back)
        else:
            self._text(" ".join(filter(None, (label, title))), "paragraph", back=back)
        for child in paragraphs:
            self.block(child, level, back=back)
        self._notes()

    def _figure(self, node: etree._Element, level: int, *, back: bool) -> None:
        """Takes what is written under a figure or about a supplement."""
        self._captioned(node, level, back=back)
        for child in node:
            if child.tag not in {"label", "title", "caption", "alternatives"}:
                self.block(child, level, back=back)

    def _list(self, node: etree._Element, level: int, *, back: bool) -> None:
        """Takes a list, entry by entry, inner lists after the entry that they stand in."""
        if title := self.wording.line(node.find("title")):
            self._text(title, "paragraph", back=back)
        for item in node:
            if item.tag == "def-item":
                told = ": ".join(filter(None, (self._lines(item, tag) for tag in ("term", "def"))))
                self._text(told, "item", back=back)
            elif item.tag == "list-item":
                label = self.wording.line(item.find("label"))
                for child in item:
                    if child.tag in {"list", "def-list"}:
                        self._list(child, level, back=back)
                    elif child.tag == "p":
                        self._item(child, label, level, back=back)
                        label = ""
                    else:
                        self.block(child, level, back=back)
            elif item.tag in {"list", "def-list"}:
                self._list(item, level, back=back)
        self._notes()

    def _lines(self, node: etree._Element, tag: str) -> str:
        """What all elements of a tag in an element say."""
        return "; ".join(filter(None, map(self.wording.line, node.findall(tag))))

    def _item(self, node: etree._Element, label: str, level: int, *, back: bool) -> None:
        """Takes a paragraph of a list's entry, after its number where one is printed."""
        before = len(self.parts)
        self._paragraph(node, level, back=back, kind="item")
        if any(map(str.isalnum, label)) and len(self.parts) > before:
            self.parts[before].text = f"{label} {self.parts[before].text}"

    def _table(self, node: etree._Element) -> None:
        self.tables += 1
        self.pictures += is_picture(node)
        self.parts += table_parts(self.name, node, self.tables, self.wording)

    def _reference_list(self, node: etree._Element, level: int) -> None:
        """Takes a reference list, lists in it included."""
        self.parts.append(Part("heading", self._heading(node) or "References", level=min(level, _DEEPEST)))
        for child in node:
            if child.tag == "ref":
                self.parts.append(reference_part(child, self.wording))
            elif child.tag == "ref-list":
                self._reference_list(child, level + 1)
            elif child.tag not in _UNREAD:
                self.block(child, level + 1, back=True)
        self.wording.taken_notes()


def _boxes_last(node: etree._Element) -> list[etree._Element]:
    """What a section holds; boxes, whose headings the text must not go on under, right before its first section."""
    boxes = [child for child in node if child.tag == "boxed-text"]
    others = [child for child in node if child.tag != "boxed-text"]
    first = next((place for place, child in enumerate(others) if child.tag == "sec"), len(others))
    return [*others[:first], *boxes, *others[first:]]


def floating(article: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Each figure and table of the groups of floats, with its id; one without an id of its own gets one."""
    given: set[str] = set()
    for place, node in enumerate(node for group in article.iter("floats-group", "floats-wrap") for node in group):
        name = node.get("id", "")
        if not name or name in given:
            name = f"float {place}"
            node.set("id", name)
        given.add(name)
        yield name, node
