"""XLSX: what cells show, tables on sheets, merged cells, and workbooks that are none or mean harm."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from corpus.assemble import read_document
from corpus.errors import UnreadableFile
from corpus.greek import close_greek
from corpus.readers import read
from corpus.readers.markup import walk_xml
from corpus.readers.sheets.cells import Cells
from corpus.records import Reading
from tests.corpus import drafts
from tests.corpus.workbooks import raw, rows, saved, workbook


def reading(data: bytes, name: str = "Supp.xlsx") -> Reading:
    """The reading of a workbook, checked."""
    drafts.check(read(name, data))
    made = read_document(f"folder/{name}", data, document_id="t", source="s")
    drafts.check_reading(made)
    return made


def cells(made: Reading) -> list[list[str]]:
    """The texts of the cells of each row, carried ones behind a sign."""
    return [[("^" if cell.carried else "") + cell.text for cell in row.cells] for row in made.rows]


def headers(made: Reading) -> list[list[str]]:
    """The names of the columns, of each table once."""
    return [list(names) for names in dict.fromkeys(tuple(cell.header for cell in row.cells) for row in made.rows)]


def shown(value: object, code: str = "General") -> str:
    """What a cell with this value and format reads as."""

    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.append(["miRNA", "value"])
        sheet.append(["miR-21", value])
        sheet["B2"].number_format = code

    return cells(reading(workbook(S=fill)))[0][1]


# -- tables


def test_a_row_says_its_sheet_and_the_number_the_sheet_counts():
    """Each sheet is a section; lines above the header are its table's caption, notes below are no rows."""
    made = reading(
        workbook(
            miRNAs=rows(
                ("Table S1. Foam in serum",), (), ("miRNA", "target", "n"), ("miR-21", "PTEN", 3), ("miR-9", "CDH1", 4),
                (), ("n, number of patients.",),
            ),
            Drugs=rows(("drug", "dose"), ("Foamol", "5 mg")),
        )
    )  # fmt: skip
    assert [(row.table, row.number, row.section) for row in made.rows] == [
        ("Supp.xlsx, sheet miRNAs", 4, ("miRNAs",)),
        ("Supp.xlsx, sheet miRNAs", 5, ("miRNAs",)),
        ("Supp.xlsx, sheet Drugs", 2, ("Drugs",)),
    ]
    assert cells(made) == [["miR-21", "PTEN", "3"], ["miR-9", "CDH1", "4"], ["Foamol", "5 mg"]]
    assert made.rows[0].caption == "Supp.xlsx, sheet miRNAs. Table S1. Foam in serum"
    assert drafts.of(read("a.xlsx", workbook(S=rows(("a", "b"), ("x", 1), (), ("Notes: none.",)))), "footnote") == [
        "Notes: none."
    ]
    assert (made.document.title, made.notices) == ("Table S1. Foam in serum", ())


def test_tables_one_below_the_other_are_told_apart():
    """By a caption, by their own header behind a gap; a gap alone parts nothing."""
    made = reading(
        workbook(
            S=rows(
                ("miRNA", "fold"), ("miR-21", 2.5), (), ("miR-9", 1.5), (),
                ("gene", "p", "q"), ("PTEN", 0.01, 0.02), ("CDH1", 0.5, 0.6),
                ("Table S3. Drugs",), (None, "drug", None, "use"), (None, "Foamol", None, "foam"),
            )
        )
    )  # fmt: skip
    assert headers(made) == [["miRNA", "fold"], ["gene", "p", "q"], ["drug", "use"]]
    assert [row.number for row in made.rows] == [2, 4, 7, 8, 11]
    assert made.rows[-1].caption == "Supp.xlsx, sheet S. Table S3. Drugs"


def test_a_row_of_words_behind_a_gap_is_no_header():
    """It may lack a number only because nothing was measured."""
    made = reading(workbook(S=rows(("miRNA", "fold"), ("miR-21", 2.5), (), ("miR-9", "n.d."), ("miR-31", 3))))
    assert headers(made) == [["miRNA", "fold"]]
    assert [row.number for row in made.rows] == [2, 4, 5]


def test_a_bold_line_names_the_columns_whatever_it_says():
    """Years over columns of numbers are no values."""

    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        rows((2019, 2020), (1.5, 2.5), (2020, 3))(sheet)
        for cell in sheet[1]:
            cell.font = Font(bold=True)

    made = reading(workbook(S=fill))
    assert headers(made) == [["2019", "2020"]]
    assert cells(made) == [["1.5", "2.5"], ["2020", "3"]]


def test_a_header_over_two_rows_names_each_column_by_both():
    """Merged cells reach over columns and down."""

    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        rows(("miRNA", "serum", None, "urine", None), (None, "mean", "sd", "mean", "sd"), ("miR-21", 1, 2, 3, 4))(sheet)
        for region in ("A1:A2", "B1:C1", "D1:E1"):
            sheet.merge_cells(region)

    assert headers(reading(workbook(S=fill))) == [["miRNA", "serum mean", "serum sd", "urine mean", "urine sd"]]


def test_units_below_the_names_belong_to_them():
    """A line of nothing but brackets is no row."""
    made = reading(workbook(S=rows(("drug", "dose", "time"), (None, "(mg)", "[h]"), ("Foamol", 5, 2))))
    assert headers(made) == [["drug", "dose (mg)", "time [h]"]]


def test_a_header_that_lacks_a_name_loses_no_row():
    """However empty the first rows are, and however much a later one looks like a header of all columns."""
    made = reading(
        workbook(S=rows(("miRNA", "up", "n"), ("a", "", ""), ("b", "", ""), ("c", "_", "<", "1<"), ("d", 1, 1, 1)))
    )
    assert [row.cells[0].text for row in made.rows] == ["a", "b", "c", "d"]


def test_notes_above_a_table_are_no_rows():
    """Neither in one cell nor in two."""
    made = reading(workbook(S=rows(("By", "Cruz"), ("On", "foam"), ("gene", "n", "p"), ("PTEN", 1, 2), ("CDH1", 3, 4))))
    assert headers(made) == [["gene", "n", "p"]]
    assert [row.number for row in made.rows] == [4, 5]


def test_merged_cells_are_carried_to_what_they_span_and_marked():
    """Down and to the right; one over all columns is a heading between rows, no value of each."""

    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        rows(
            ("cancer", "miRNA", "target", "n"), ("gastric", "miR-21", "PTEN", 1), (None, "miR-9", "both", None),
            ("Others",), ("colon", None, "CDH1", 2),
        )(sheet)  # fmt: skip
        for region in ("A2:A3", "C3:D3", "A4:D4"):
            sheet.merge_cells(region)

    made = reading(workbook(S=fill))
    assert cells(made) == [
        ["gastric", "miR-21", "PTEN", "1"],
        ["^gastric", "miR-9", "both", "^both"],
        ["Others", "", "", ""],
        ["colon", "", "CDH1", "2"],
    ]
    assert made.rows[1].cells[0].spanned


def test_a_sheet_of_sentences_is_read_as_text():
    """Explanations of columns can be found."""
    made = reading(
        workbook(
            Legend=rows(
                ("Foam was taken from the serum of forty patients who had not been treated before the study began.",),
                ("Targets of miR-21 are those that two of three programs foretell and an experiment bears out.",),
            )
        )
    )
    assert [passage.section for passage in made.passages] == [("Legend",), ("Legend",)]
    assert made.rows == ()


# -- cells


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.050000000000000003, "General", "0.05"),
        (0.1 + 0.2, "General", "0.3"),
        (1e-5, "General", "1E-05"),
        (12345678901, "General", "12345678901"),
        (-0.5, "General", "-0.5"),
        (0.05, "0%", "5%"),
        (0.1234, "0.0%", "12.3%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (0.5, "0.0##", "0.5"),
        (2.345, "0.00", "2.35"),
        (0.00000421, "0.00E+00", "4.21E-06"),
        (0.000012, "0.00", "1.2E-05"),
        (0, "0.00", "0.00"),
        (5, '0" mg"', "5 mg"),
        (0.0004, '[<0.001]"<0.001";0.000', "0.0004"),
        (3, "@", "3"),
        (dt.date(2024, 3, 1), "m/d/yyyy", "2024-03-01"),
        (dt.datetime(2024, 3, 1, 13, 5), "yyyy-mm-dd h:mm", "2024-03-01 13:05"),  # noqa: DTZ001 (cells have none)
        (dt.time(13, 5, 9), "h:mm:ss", "13:05:09"),
        (dt.timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        (dt.date(2006, 9, 2), "d-mmm", "2-Sep"),
        (dt.date(2006, 9, 1), "mmm-yy", "2006-09"),
        (59, "yyyy-mm-dd", "1900-02-28"),
        (61, "yyyy-mm-dd", "1900-03-01"),
        (-4, "yyyy-mm-dd", "-4"),
        (True, "General", "TRUE"),
        ("#N/A", "General", "#N/A"),
        ("TGF-β\n x", "General", "TGF-β x"),
        ("a_x000D_b", "General", "a b"),
        (" =1+1", "General", "=1+1"),
    ],
)  # fmt: skip
def test_a_cell_is_what_a_spreadsheet_shows(value: object, code: str, text: str):
    """Numbers as they are formatted, days as ISO 8601 has them, nothing computed; nothing small is shown as zero."""
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("run", "text"),
    [
        (TextBlock(InlineFont(vertAlign="superscript"), "a"), "miR-21ᵃ"),
        (TextBlock(InlineFont(vertAlign="superscript"), "0"), "miR-21⁰"),
        (TextBlock(InlineFont(vertAlign="superscript"), "β"), "miR-21^{β}"),
        (TextBlock(InlineFont(vertAlign="subscript"), "2"), "miR-21₂"),
        (TextBlock(InlineFont(rFont="Symbol"), "b"), "miR-21β"),
        (TextBlock(InlineFont(strike=True), "0"), "miR-21"),
        (TextBlock(InlineFont(b=True), "0"), "miR-210"),
    ],
)
def test_raised_lowered_and_symbol_letters_stay_what_they_are(run: TextBlock, text: str):
    """Else a note behind miR-21 would make another molecule of it."""
    assert shown(CellRichText("miR-21", run)) == text


def test_a_cell_that_is_struck_out_as_a_whole_is_left_out_and_told():
    """A number no less than a name."""

    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        rows(("miRNA", "fold"), ("miR-21", 2), ("miR-9", 3))(sheet)
        for place in ("A3", "B2"):
            sheet[place].font = Font(strike=True)

    made = reading(workbook(S=fill))
    assert [[cell.text for cell in row.cells] for row in made.rows] == [["miR-21", ""], ["", "3"]]
    assert "Struck-out text was left out." in made.notices


def test_a_cell_that_is_raised_as_a_whole_is_its_own_text():
    """It is raised over nothing."""

    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        rows(("miRNA", "fold"), ("miR-21", 2), ("miR-9", 3))(sheet)
        sheet["A2"].font = Font(vertAlign="superscript")

    assert reading(workbook(S=fill)).rows[0].cells[0].text == "miR-21"


def test_what_is_struck_out_or_hidden_or_not_computed_is_told():
    """Hidden sheets are left out, hidden rows are read."""
    book = openpyxl.Workbook()
    sheet = book.active
    rows(("gene", "n", "m"), ("PTEN", 1, "=B2+1"), ("CDH1", 2, None))(sheet)
    sheet["A4"] = CellRichText("FOAM", TextBlock(InlineFont(strike=True), "2"))
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    rows(("secret", "x"), ("y", 1))(book.create_sheet("Old"))
    book["Old"].sheet_state = "hidden"
    made = reading(saved(book))
    assert cells(made) == [["PTEN", "1", ""], ["CDH1", "2", ""], ["FOAM", "", ""]]
    assert made.notices == (
        "1 sheet is hidden and was left out: Old.",
        "Struck-out text was left out.",
        "Sheet Sheet: 1 hidden row was read, from row 3 on.",
        "Sheet Sheet: 1 hidden column was read.",
        "Sheet Sheet: 1 cell has a formula without its value, so nothing; save the file in a spreadsheet and add it "
        "again.",
    )


def test_genes_that_became_days_are_noticed():
    """In a column of names; a column of days has them by right, SEPT2 is no day."""
    made = reading(
        workbook(
            S=rows(
                ("gene", "taken on"), ("PTEN", "3-Mar"), ("2-Sep", "4-Mar"), ("SEPT2", "5-Mar"), ("CDH1", "6-Mar"),
                (dt.date(2006, 3, 1), "7-Mar"),
            )
        )
    )  # fmt: skip
    (notice,) = made.notices
    assert notice.startswith("Sheet S: rows 3 and 6 have a day (2-Sep) in the column gene, where names stand")


def test_a_row_cites_the_study_its_columns_name_over_all_sheets():
    """A study that two sheets name is one."""
    named = rows(("miRNA", "DOI"), ("miR-21", "10.1234/a"))
    made = reading(workbook(A=named, B=named))
    assert [row.markers for row in made.rows] == [("1",), ("1",)]
    assert [one.doi for one in made.references] == ["10.1234/a"]


TEXTS = st.text("aβ ,\"'\n=1µ-⁵<&_x", max_size=6)


@settings(max_examples=40)
@example([["", "", ""], ["", "", ""], ["_", "1<", "1<"], ["1", "1", "1"], ["1", 0, 0]])
@given(st.lists(st.lists(TEXTS | st.integers(-(10**9), 10**9), min_size=3, max_size=3), min_size=1, max_size=5))
def test_any_sheet_comes_back_cell_by_cell(lines: list[list[str | int]]):
    """As openpyxl wrote it, blanks made single; each row and cell is its span of the text."""
    head = [("first", "second", "third"), ("one", "two", "three")]
    written = [(f"r{at}", *map(text_or_number, line)) for at, line in enumerate(lines)]
    made = reading(workbook(S=rows(*head, *written)))
    expected = [
        [f"r{at}", *(close_greek(" ".join(str(cell).split())) for cell in line)] for at, line in enumerate(lines)
    ]
    got = [[cell.text for cell in row.cells] for row in made.rows[1:]]
    assert [line + [""] * (4 - len(line)) for line in got] == expected


def text_or_number(cell: str | int) -> str | int:
    """A cell as it is written: openpyxl takes a text that begins with `=` for a formula."""
    return f" {cell}" if isinstance(cell, str) and cell.startswith("=") else cell


# -- other writers, and harm


def test_what_the_format_allows_and_few_write_is_read():
    """Cells without places, texts of formulas, runs, how Japanese is read aloud, errors, styles that are not there."""
    data = raw(
        "<sheetData><row><c t='s'><v>0</v></c><c t='str'><f>A1</f><v>target</v></c></row>"
        "<row><c t='inlineStr'><is><r><rPr/><t>miR-</t></r><r><t>21</t></r><rPh sb='0' eb='1'><t>x</t></rPh></is></c>"
        "<c t='e'><v>#REF!</v></c></row><row r='9'><c r='A9' t='b'><v>1</v></c><c r='B9' s='99'><v>0.5</v></c>"
        "<c r='??'><v>1e400</v></c></row></sheetData>",
        strings="<si><t>miRNA</t></si>",
    )
    assert cells(reading(data)) == [["miR-21", "#REF!"], ["TRUE", "0.5", "1e400"]]


def test_a_sheet_in_strict_form_with_prefixes_is_read():
    """What a part is called and where it stands is said by relations, in letters of any case."""
    sheet = (
        '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData>'
        '<x:row><x:c t="str"><x:v>miRNA</x:v></x:c><x:c t="str"><x:v>n</x:v></x:c></x:row>'
        '<x:row><x:c t="str"><x:v>miR-21</x:v></x:c><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    relations = (
        '<Relationships><Relationship Id="r1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" '
        'Target="/xl/Worksheets/../a%20sheet.XML"/></Relationships>'
    )
    data = raw("", more={"xl/_rels/workbook.xml.rels": relations, "xl/A sheet.xml": sheet})
    assert cells(reading(data)) == [["miR-21", "5"]]


def test_a_few_cells_far_apart_are_a_small_table():
    """Where they stand is known by their row's number; columns with nothing in them are no columns."""
    data = raw(
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="str"><v>miRNA</v></c>'
        '<c r="XFD1" t="str"><v>n</v></c></row><row r="1048576"><c r="A1048576" t="str"><v>miR-21</v></c>'
        '<c r="XFD1048576"><v>5</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1048576:XFC1048576"/></mergeCells>'
    )
    made = reading(data)
    assert (cells(made), made.rows[0].number) == ([["miR-21", "5"]], 1_048_576)


DIAGONAL = "".join(f"<row r='{n}'><c r='{get_column_letter(n)}{n}'><v>1</v></c></row>" for n in range(1, 1_500))
MANY_ROWS = "".join(f"<row><c><v>{n}</v></c></row>" for n in range(2_000))
MANY_REGIONS = "<mergeCells>" + '<mergeCell ref="A1:A2001"/>' * 1_000 + "</mergeCells>"
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><sst>&a;</sst>'
MANY_SHEETS = "<workbook><sheets>" + "<sheet/>" * 501 + "</sheets></workbook>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (workbook(S=rows()), "there is no text in the file"),
        (workbook(S=lambda sheet: setattr(sheet["C3"], "font", Font(bold=True))), "there is no text in the file"),
        (raw("<sheetData><row><c><v>1</v></row>"), "not well-formed XML"),
        (raw("<sheetData/>").replace(b"PK\x01\x02", b"PK\x01\x03"), "damaged zip"),
        (raw("", more={"xl/workbook.xml": MANY_SHEETS}), "more than 500 sheets"),
        (raw("", more={"xl/sharedStrings.xml": OUTSIDE}), "its XML has declarations of its own"),
        (raw(" " * 20_000_000), "unzipped it grows to more than"),
        (raw(f"<sheetData>{DIAGONAL}</sheetData>"), "lie so far apart"),
        (raw(f"<sheetData>{MANY_ROWS}</sheetData>{MANY_REGIONS}"), "too many merged cells"),
        (raw("<a>" * 300 + "</a>" * 300), "not well-formed XML .*[Dd]epth"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_what_gives_no_table_or_means_harm_is_refused(data: bytes, reason: str):
    """Soon, and with what to do."""
    with pytest.raises(UnreadableFile, match=reason):
        read("a.xlsx", data)


def test_cells_are_counted_while_they_are_read():
    """The one that is too much ends the reading."""
    with pytest.raises(UnreadableFile, match="it has more than 1,000,000 cells with text"):
        walk_xml("a.xlsx", f"<sheetData>{MANY_ROWS}</sheetData>".encode(), Cells("a.xlsx", [], [], 1_999))


def test_a_workbook_of_charts_alone_has_no_text():
    """A chart sheet has no cells."""
    book = openpyxl.Workbook()
    book.create_chartsheet("Chart")
    with pytest.raises(UnreadableFile, match="there is no text in the file"):
        read("a.xlsx", saved(book))


WHOLE = (
    "<cols><col min='2' max='2' hidden='1'/></cols><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c>"
    "<c r='B1' t='str'><v>n</v></c></row><row r='2' hidden='1'><c r='A2' t='s' s='1'><v>1</v></c><c r='B2' s='1'>"
    "<f>1+1</f><v>2</v></c></row></sheetData><mergeCells><mergeCell ref='A2:A3'/></mergeCells>"
)
STRINGS = "<si><t>miRNA</t></si><si><r><rPr><vertAlign val='superscript'/></rPr><t>miR-21</t></r></si>"
STYLES = (
    "<numFmts><numFmt numFmtId='164' formatCode='0.0'/></numFmts><fonts><font/><font><b/></font></fonts>"
    "<cellXfs><xf/><xf fontId='1' numFmtId='164'/></cellXfs>"
)


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_sheet_gives_a_document_or_a_clear_line(data: st.DataObject):
    """Whatever is cut from one of its parts or put into it, nothing else is ever raised."""
    parts = [WHOLE, STRINGS, STYLES]
    at = data.draw(st.integers(0, 2))
    start, length = data.draw(st.integers(0, len(parts[at]))), data.draw(st.integers(0, 20))
    other = data.draw(st.sampled_from(["", "'", "<", "</c>", "-1", "9" * 20, "XFD1048577", "٣", "<v>", "&x;", "\x01"]))
    parts[at] = parts[at][:start] + other + parts[at][start + length :]
    with suppress(UnreadableFile):
        reading(raw(parts[0], strings=parts[1], styles=parts[2]))
