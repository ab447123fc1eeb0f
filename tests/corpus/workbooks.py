"""Workbooks made for tests: by openpyxl, or part by part where openpyxl would not write what is wanted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


def workbook(**sheets: Callable[[Worksheet], object]) -> bytes:
    """A workbook of these sheets, each filled by its function."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, fill in sheets.items():
        fill(book.create_sheet(name))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rows(*lines: tuple[object, ...]) -> Callable[[Worksheet], None]:
    """What fills a sheet with these lines; an empty one is a blank row."""

    def fill(sheet: Worksheet) -> None:
        for number, line in enumerate(lines, start=1):
            for column, value in enumerate(line, start=1):
                sheet.cell(number, column).value = value

    return fill


def raw(sheet: str, *, strings: str = "", styles: str = "", more: Mapping[str, str] | None = None) -> bytes:
    """A workbook whose one sheet, `S`, has this in its `worksheet` element, and these shared strings and styles."""
    parts = {
        "_rels/.rels": f'{_RELATIONS}<Relationship Id="a" Type="{_RELATED}/officeDocument" Target="/xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATED}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_RELATIONS}<Relationship Id="r1" Type="{_RELATED}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{_RELATED}/sharedStrings" '
        f'Target="sharedStrings.xml"/><Relationship Id="r3" Type="{_RELATED}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {_MAIN}>{sheet}</worksheet>",
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {_MAIN}>{styles}</styleSheet>",
        **(more or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return file.getvalue()
