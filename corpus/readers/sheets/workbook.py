"""XLSX and XLSM: the sheets of a workbook, each with its tables; what its cells show, nothing computed anew."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Final
from urllib.parse import unquote

from lxml import etree

from corpus.drafting import Part, draft
from corpus.errors import UnreadableFile
from corpus.metadata import Facts
from corpus.readers.markup import read_xml, walk_xml
from corpus.readers.sheets.cells import Cells, Style
from corpus.readers.sheets.formats import Format
from corpus.readers.sheets.lines import MAX_CELLS, Line
from corpus.readers.sheets.strings import PLAIN, SharedStrings, Type
from corpus.readers.sheets.studies import Studies
from corpus.readers.sheets.tables import Table, tables_in, title_of
from corpus.readers.zipped import Zipped
from corpus.records import Draft

MAX_SHEETS: Final = 500
_LONG: Final = 80  # characters; a sheet of one column with longer cells than this is text, no table


def read_workbook(name: str, data: bytes) -> Draft:
    """The draft of a workbook: a heading a sheet, its tables one below the other, rows numbered as the sheet does.

    A cell says what a spreadsheet shows in it: the number as it is formatted, days as ISO 8601 has them, of a formula
    the value that was saved. Hidden sheets are left out, hidden rows and columns are not; notices say so.

    Raises:
        UnreadableFile: as `Zipped` and `read_xml` say, no workbook, no text in it, or more cells than are read.
    """
    file = PurePath(name.replace("\\", "/")).name or name
    book = _Book(name, Zipped(name, data))
    studies = Studies()
    parts: list[Part] = []
    notices: list[str] = []
    tables: list[Table] = []
    for sheet in book.sheets():
        lines = sheet.cells.lines()
        notices += (f"Sheet {sheet.name}: {told[:1].lower()}{told[1:]}" for told in _told(sheet.cells))
        if not lines:
            continue
        parts.append(Part("heading", sheet.name, level=1))
        if _is_prose(lines):
            parts += (Part("paragraph", " ".join(line.texts)) for line in lines)
            continue
        for table in tables_in(lines):
            tables.append(table)
            parts += table.without_empty_columns().parts(len(tables), f"{file}, sheet {sheet.name}", studies)
            notices += (f"Sheet {sheet.name}: {told[:1].lower()}{told[1:]}" for told in table.told())
    return draft(name, parts, Facts(title_of(tables)), [*book.notices, *notices])


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    cells: Cells


@dataclass(slots=True)
class _Book:
    """A workbook by its parts, found by their relations, as the format wants it."""

    name: str
    zipped: Zipped
    notices: list[str] = field(default_factory=list)

    def sheets(self) -> Iterator[_Sheet]:
        """The sheets that are shown and have cells, in order."""
        path = next((one for one, kind in self._related("") if kind == "officeDocument"), "xl/workbook.xml")
        if path not in self.zipped:
            raise UnreadableFile(self.name, "it holds no workbook; open it in a spreadsheet and save it as XLSX.")
        if not path.casefold().endswith(".xml"):
            raise UnreadableFile(self.name, "this is a binary workbook (XLSB); save it as XLSX and give that.")
        root = read_xml(self.name, self.zipped.read(path))
        listed = list(root.iter("sheet"))
        if len(listed) > MAX_SHEETS:
            raise UnreadableFile(self.name, f"it has more than {MAX_SHEETS} sheets; keep what you need.")
        related = self._by_id(path)
        late = any(_is_on(one.get("date1904", "0")) for one in root.iter("workbookPr"))
        shared, styles = self._strings(path), self._styles(path, late=late)
        room, hidden = MAX_CELLS, []
        for sheet in listed:
            title = " ".join(sheet.get("name", "").split()) or "without name"
            relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            place, kind = related.get(relation, ("", ""))
            if kind != "worksheet" or place not in self.zipped:
                continue
            if sheet.get("state", "visible") != "visible":
                hidden.append(title)
                continue
            cells = Cells(self.name, shared.texts, styles, room)
            walk_xml(self.name, self.zipped.read(place), cells)
            room -= cells.count
            shared.runs.struck |= cells.runs.struck
            yield _Sheet(title, cells)
        if hidden:
            what = "1 sheet is hidden and was" if len(hidden) == 1 else f"{len(hidden)} sheets are hidden and were"
            self.notices.append(f"{what} left out: {', '.join(hidden)}.")
        if shared.runs.struck:
            self.notices.append("Struck-out text was left out.")

    def _strings(self, path: str) -> SharedStrings:
        shared = SharedStrings()
        place = next((one for one, kind in self._related(path) if kind == "sharedStrings"), "")
        if place in self.zipped:
            walk_xml(self.name, self.zipped.read(place), shared)
        return shared

    def _styles(self, path: str, *, late: bool) -> list[Style]:
        """The styles that cells refer to by their place."""
        place = next((one for one, kind in self._related(path) if kind == "styles"), "")
        if place not in self.zipped:
            return []
        root = read_xml(self.name, self.zipped.read(place))
        codes = {_number(one.get("numFmtId")): one.get("formatCode", "") for one in root.iterfind("numFmts/numFmt")}
        fonts = [_type(font) for font in root.iterfind("fonts/font")]
        styles = []
        for one in root.iterfind("cellXfs/xf"):
            font = _number(one.get("fontId"))
            shown = Format.of(_number(one.get("numFmtId")), codes, late=late)
            # where all of a cell is raised, it is raised over nothing
            styles.append(Style(shown, replace(fonts[font], script="") if font < len(fonts) else PLAIN))
        return styles

    def _related(self, path: str) -> list[tuple[str, str]]:
        return list(self._by_id(path).values())

    def _by_id(self, path: str) -> dict[str, tuple[str, str]]:
        """By id, the parts that a part refers to: where each stands, and what it is."""
        folder, file = posixpath.split(path)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self.zipped:
            return {}
        found = {}
        for one in read_xml(self.name, self.zipped.read(relations)).iter("Relationship"):
            place = posixpath.normpath(posixpath.join("/", folder, unquote(one.get("Target", ""))))
            found[one.get("Id", "")] = (place.lstrip("/"), one.get("Type", "").rpartition("/")[2])
        return found


def _type(font: etree._Element) -> Type:
    made = PLAIN
    for one in font.iterchildren(etree.Element):
        made = made.with_property(one.tag, dict(one.attrib))
    return made


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0


def _is_on(text: str) -> bool:
    return text in {"1", "true", "on"}


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether a sheet is text: one cell a line, and most of the text in long ones."""
    if any(len(line.texts) > 1 for line in lines):
        return False
    lengths = [len(line.texts[0]) for line in lines]
    return 2 * sum(length for length in lengths if length > _LONG) > sum(lengths)


def _told(cells: Cells) -> Iterator[str]:
    """What the user should know of a sheet."""
    rows = sorted(cells.hidden_rows & cells.rows.keys())
    if rows:
        yield f"{len(rows):,} hidden {'row was' if len(rows) == 1 else 'rows were'} read, from row {rows[0]} on."
    used = {column for of in cells.rows.values() for column in of}
    columns = {column for first, last in cells.hidden_columns for column in used if first <= column <= last}
    if columns:
        yield f"{len(columns):,} hidden {'column was' if len(columns) == 1 else 'columns were'} read."
    if cells.unknown:
        what = "1 cell has" if cells.unknown == 1 else f"{cells.unknown:,} cells have"
        yield f"{what} a formula without its value, so nothing; save the file in a spreadsheet and add it again."
