"""The running text of a flow: headings, paragraphs, lists, figures, tables, notes and reference lists, as parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal

from lxml import etree

from corpus import headings
from corpus.drafting import Part
from corpus.readers.flow import tables
from corpus.readers.flow.entries import Entries, entry_part
from corpus.readers.flow.tables import TableReading
from corpus.readers.flow.wording import HOLDS, Wording
from corpus.records import BlockKind

_DEEPEST = 6
_NOTES = re.compile(
    r"(?:^|\s)(?:doc-endnotes?|doc-footnotes?|footnotes?|fn-group|fn|endnotes?|table-?foot\w*|tw-foot)(?=\s|$)",
    re.IGNORECASE,
)
_FLOAT_LABEL = re.compile(
    r"(?:supplementary |suppl\. |extended data )?(?:fig(?:ure|\.)?|scheme|box|video|movie|algorithm)\s*"
    r"[A-Z]?\d{1,3}[A-Za-z]?\s*[.:|]?",
    re.IGNORECASE,
)

_FIGURE = re.compile(r"\W*(?:fig|scheme|abb|box|video|plate|chart)", re.IGNORECASE)
_CAPTION = re.compile(r"(?:^|\s)(?:\S*-)?caption(?=\s|$)", re.IGNORECASE)

Section = Literal["body", "back", "references"]


@dataclass(slots=True)
class Walk:
    """One walk over a flow, making parts.

    Attributes:
        name: the file's name.
        wording, entries: of the document.
        parts: what was made so far.
        tables: how many tables were met.
        pictures: how many of them are only pictures.
        section: the role of the section that the walk is in, and `depth`, its heading's level.
        after: the number of the table that the last part belongs to, or None.
        label: of a figure, whose legend comes next.
        named: the last part that the format says is a caption, of whatever it is.
    """

    name: str
    wording: Wording
    entries: Entries
    parts: list[Part] = field(default_factory=list)
    tables: int = 0
    pictures: int = 0
    section: Section = "body"
    depth: int = 0
    after: int | None = None
    label: str = ""
    named: Part | None = None

    def block(self, node: etree._Element, kind: BlockKind = "paragraph") -> None:
        """Takes one block and everything in it; its running text is of this kind where nothing else says so."""
        if node in self.entries.markers:
            self._settle()
            self.parts.append(entry_part(node, self.entries))
            return
        match node.tag:
            case "h":
                self._heading(node)
                self._notes()
            case "table" if not tables.is_layout(node) and not self._holds_entries(node):
                self._table(tables.table_parts, node)
            case "pre":
                self._settle()
                self.parts.append(Part("front", "".join(node.itertext())))
            case "dl":
                self._definitions(node)
            case _ if tables.is_wrap(node) and not self._holds_entries(node):
                self._table(tables.wrapped_parts, node)
            case "li":
                self._contents(node, "item")
            case tag:
                self._picture(node)
                inner: BlockKind = "footnote" if _NOTES.search(node.get("as", "")) else kind
                self._contents(node, "paragraph" if tag in {"td", "th", "figure"} else inner)
                if _CAPTION.search(node.get("as", "")) and self.parts[-1:] and not _FIGURE.match(self.parts[-1].text):
                    self.named = self.parts[-1] if self.parts[-1].kind == "paragraph" else self.named

    def end(self) -> None:
        """Takes what still waits at the end of the text."""
        self._settle()
        self._notes()

    def _contents(self, node: etree._Element, kind: BlockKind) -> None:
        if tables.is_offer(node):
            return
        for run in self.wording.runs(node):
            if isinstance(run, str):
                if not tables.is_said_offer(run):
                    self._text(run, kind)
            else:
                self.block(run, kind)
        self._notes()

    def _heading(self, node: etree._Element) -> None:
        self._notes()
        text = self.wording.line(node)
        if label := node.get("label", ""):
            text = f"{label} {text}"
        if _FLOAT_LABEL.fullmatch(text):
            self._settle()
            self.label = text
            return
        holder = node.getparent()
        if holder is not None and _CAPTION.search(holder.get("as", "")):
            self._text(text, "paragraph")
            return
        self._settle()
        if not text:
            return
        level = min(int(node.get("level", "1")), _DEEPEST)
        self.parts.append(Part("heading", text, level=level))
        self.after = None
        if self.section == "body" or level <= self.depth or (self.section == "references" and headings.is_back(text)):
            back: Section = "back" if headings.is_back(text) else "body"
            self.section = "references" if headings.is_references(text) else back
            self.depth = level

    def _text(self, text: str, kind: BlockKind) -> None:
        """Takes a line of running text, wherever it stands."""
        if _FLOAT_LABEL.fullmatch(text) and kind == "paragraph":
            self._settle()
            self.label = text
            return
        label, self.label = self.label, ""
        if label:
            text, self.after = tables.caption_text([label, text]), None
        table, self.after = self.after, None
        if table is not None and self._belongs_to(table, text):
            self.after = table
        elif self.section != "body" or headings.is_back_run_in(text):
            self.parts.append(Part("back", text))
        else:
            self.parts.append(Part(kind, text))

    def _belongs_to(self, table: int, text: str) -> bool:
        """Takes a line right after a table as its caption or its notes, where it is one."""
        of_table = takewhile(lambda part: part.table == table, reversed(self.parts))
        captioned = any(part.kind == "caption" for part in of_table)
        if not captioned and tables.is_caption(text):
            self.parts.append(Part("caption", text, table=table))
            return True
        if tables.is_table_note(text):
            self.parts.append(Part("footnote", text, table=table))
            return True
        return False

    def _table(self, read: TableReading, node: etree._Element) -> None:
        """Takes a table; one in back matter as back matter."""
        self._settle()
        parts = read(self.name, node, self.tables + 1, self.wording)
        if self.section != "body":
            self.parts += [Part("back", part.text.replace("\t", " | ")) for part in parts]
            return
        self.tables += 1
        if not any(part.kind == "caption" for part in parts):
            tables.take_caption(self.parts, self.tables, self.named)
        self.parts += parts
        self.after = self.tables

    def _picture(self, node: etree._Element) -> None:
        """Counts a table that is only a picture."""
        if node.tag == "figure" and node.find(".//img") is not None and node.find(".//table") is None:
            self.pictures += tables.is_caption("".join(node.itertext()).strip())

    def _holds_entries(self, node: etree._Element) -> bool:
        return any(one in self.entries.markers for one in node.iter("tr", "li", "dd", "p", "div"))

    def _definitions(self, node: etree._Element) -> None:
        """Takes a list of terms, each with what it means."""
        term = ""
        for child in node.iter("dt", "dd"):
            if next(child.iterancestors("dl"), None) is not node:
                continue
            if child in self.entries.markers or child.get(HOLDS):
                self._term(term if child not in self.entries.markers else "")
                self.block(child, "item")
                term = ""
            elif child.tag == "dt":
                self._term(term)
                term = self.wording.line(child)
            elif told := ": ".join(filter(None, (term.removesuffix(":"), self.wording.line(child)))):
                self._text(told, "item")
                term = ""
        self._term(term)
        self._notes()

    def _term(self, term: str) -> None:
        """Takes a term that has no meaning of its own beside it."""
        if term:
            self._text(term, "item")

    def _notes(self) -> None:
        """Adds the footnotes met since the last time."""
        self.parts += [Part("footnote", note) for note in self.wording.taken_notes()]

    def _settle(self) -> None:
        """Gives a label whose legend never came a place of its own."""
        if self.label:
            label, self.label = self.label, ""
            self.parts.append(Part("paragraph" if self.section == "body" else "back", label))
