"""The body of a Word document as a flow: headings, lists, captions and tables by their styles and properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.readers.docx.line import Lines
from corpus.readers.docx.numbering import Numbering
from corpus.readers.docx.package import value
from corpus.readers.docx.styles import Styles
from corpus.readers.flow.wording import Wording

_CONTENTS = re.compile(r"(?:toc|contents|table of (?:figures|authorities|contents)|index)(?:\s*(?:\d|heading).*)?$")
_BIBLIOGRAPHY = re.compile(
    r"bibliography|endnote bibliography|references?(?: list)?|citation list|literaturverzeichnis"
)
_CAPTION = re.compile(r"caption|beschriftung|légende|didascalia|leyenda|legenda|bijschrift|図表番号|题注")
_FURNITURE = re.compile(r"header|footer|page number|line number")
_GALLERIES = ("docPartObj/docPartGallery", "docPartList/docPartGallery")
_WIDEST = 1000
_FIRST_ROW = 0x20


@dataclass(slots=True)
class Body:
    """Makes a flow of a document's blocks.

    Attributes:
        lines, styles, numbering: of the document.
        titles: what stands in paragraphs of the style for titles.
        ids: bookmarks that stand between paragraphs, for the next of them.
    """

    lines: Lines
    styles: Styles
    numbering: Numbering
    titles: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def fill(self, holder: etree._Element, node: etree._Element) -> None:
        """Adds every block in `node` to `holder`."""
        for block in _blocks(node):
            if block.tag == "bookmarkStart":
                self.ids.append(value(block, "name") or "")
            elif block.tag == "tbl":
                self._table(holder, block)
            elif _gallery(block) == "table of contents":
                self._skip(block)
            elif _gallery(block) == "bibliographies":
                self.fill(etree.SubElement(holder, "div", {"as": "bibliography"}), block.find("sdtContent"))
            elif block.tag == "sdt":
                self.fill(holder, block.find("sdtContent"))
            else:
                self._paragraph(holder, block)

    def _paragraph(self, holder: etree._Element, paragraph: etree._Element) -> None:
        name = self.styles.name(paragraph)
        contents = self.lines.fields.contents or _CONTENTS.match(name) is not None
        listed = self.lines.fields.bibliography or _BIBLIOGRAPHY.fullmatch(name) is not None
        line = etree.Element("p", {"ids": " ".join(self.ids)} if self.ids else {})
        self.ids.clear()
        self.lines.fill(line, paragraph)
        numbered = self.styles.numbered(paragraph)
        filled = any(text.strip() for text in line.itertext()) or line.find(".//math") is not None
        label = self.numbering.label(*numbered) if numbered and filled else ""
        if contents or _FURNITURE.fullmatch(name):
            line = etree.Element("p")
        elif level := self.styles.level(paragraph):
            line.tag = "h"
            line.set("level", str(min(level, 6)))
            line.set("label", label)
        elif numbered and filled:
            line.tag = "li"
            line.set("label", label)
        if _CAPTION.search(name):
            line.set("as", "caption")
        if name == "title" and filled:
            self.titles.append(Wording(linked=True).line(line))
            line.tag = "p"
        if listed or (self.lines.fields.bibliography and line.tag != "h"):
            last = holder[-1] if len(holder) else None
            if last is None or last.get("as") != "bibliography":
                last = etree.SubElement(holder, "div", {"as": "bibliography"})
            last.append(line)
        else:
            holder.append(line)
        for box in self.lines.taken_boxes():
            self.fill(etree.SubElement(holder, "div"), box)

    def _skip(self, node: etree._Element) -> None:
        """Passes over what is not read; a field that begins or ends there does so all the same."""
        for paragraph in node.iter("p"):
            self.lines.fill(etree.Element("p"), paragraph)
        self.lines.taken_boxes()

    def _table(self, holder: etree._Element, node: etree._Element) -> None:
        """Adds a table: cells that go on from above become spans of the cell that they go on from."""
        table = etree.SubElement(holder, "table")
        head: etree._Element | None = None
        body = etree.Element("tbody")
        reaching: dict[int, etree._Element] = {}  # by its first column, the cell that those below may go on from
        for row in (one for one in _unwrapped(node, "tr") if one.find("trPr/del") is None):
            heads = not len(body) and _is_on(row.find("trPr/tblHeader"))
            if heads:
                head = etree.SubElement(table, "thead") if head is None else head
            elif head is not None and not len(body):
                # a span ends with the head of its table
                reaching = {}
            group = head if heads and head is not None else body
            reaching = self._row(etree.SubElement(group, "tr"), row, reaching)
        if head is None and _has_first_row(node) and len(body) > 1 and _names_columns(body[0]):
            etree.SubElement(table, "thead").append(body[0])
        table.append(body)

    def _row(
        self, made: etree._Element, row: etree._Element, above: dict[int, etree._Element]
    ) -> dict[int, etree._Element]:
        """Fills a row; the cells that one below may go on from, by column."""
        column = _whole(value(row.find("trPr/gridBefore")), 0)
        for _ in range(column):
            etree.SubElement(made, "td")
        reaching: dict[int, etree._Element] = {}
        for cell in _unwrapped(row, "tc"):
            across = max(1, _whole(value(cell.find("tcPr/gridSpan")), 1))
            merge = cell.find("tcPr/vMerge")
            upper = above.get(column) if merge is not None and value(merge) != "restart" else None
            if upper is not None and upper.get("colspan", "1") == str(across):
                upper.set("rowspan", str(int(upper.get("rowspan", "1")) + 1))
                self._skip(cell)
                reaching[column] = upper
            else:
                own = etree.SubElement(made, "td", {"colspan": str(across)})
                self.fill(own, cell)
                if merge is not None:
                    reaching[column] = own
            column += across
        return reaching


def _blocks(node: etree._Element | None) -> Iterator[etree._Element]:
    """The paragraphs, tables, content controls and bookmarks in a node, through whatever else holds them."""
    for child in node if node is not None else ():
        if child.tag in {"p", "tbl", "sdt", "bookmarkStart"}:
            yield child
        elif child.tag == "AlternateContent":
            yield from _blocks(child[0] if len(child) else None)
        elif child.tag in {"ins", "moveTo", "customXml", "smartTag", "altChunk", "body"}:
            yield from _blocks(child)


def _unwrapped(node: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, through content controls and the like."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in {"sdt", "sdtContent", "ins", "moveTo", "customXml"}:
            yield from _unwrapped(child, tag)


def _gallery(block: etree._Element) -> str:
    """What kind of content control a block is, in lower case; "" for another."""
    properties = block.find("sdtPr") if block.tag == "sdt" else None
    if properties is None:
        return ""
    if properties.find("bibliography") is not None:
        return "bibliographies"
    return next((said for path in _GALLERIES if (said := value(properties.find(path)))), "").casefold()


def _has_first_row(table: etree._Element) -> bool:
    """Whether a table's first row is set in a form of its own."""
    look = table.find("tblPr/tblLook")
    bits = value(look) or ""
    return value(look, "firstRow") in {"1", "true", "on"} or (
        re.fullmatch(r"[0-9A-Fa-f]{4}", bits) is not None and bool(int(bits, 16) & _FIRST_ROW)
    )


def _names_columns(row: etree._Element) -> bool:
    """Whether the cells of a row may name columns: several, all different, hardly any a number, none spanning."""
    texts = [" ".join("".join(cell.itertext()).split()).casefold() for cell in row]
    named = [text for text in texts if text]
    numbers = sum(not any(map(str.isalpha, text)) for text in named)
    whole = not any(cell.get("rowspan") for cell in row) and len(named) >= len(texts) - 1
    return whole and len(named) > 1 and len(set(named)) == len(named) and 2 * numbers < len(named)


def _is_on(node: etree._Element | None) -> bool:
    return node is not None and value(node) in {None, "1", "true", "on"}


def _whole(number: str | None, default: int) -> int:
    return (
        min(int(number), _WIDEST) if number and number.isascii() and number.isdigit() and len(number) < 7 else default
    )
