"""CSV and TSV: delimiter, header, rows with their numbers, the studies that rows name, and damaged files."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.assemble import read_document
from corpus.errors import UnreadableFile
from corpus.greek import close_greek
from corpus.readers import read
from corpus.records import Reading
from tests.corpus import drafts


def reading(text: str, name: str = "rows.csv") -> Reading:
    """The reading of a file, checked."""
    data = text.encode()
    drafts.check(read(name, data))
    made = read_document(f"folder/{name}", data, document_id="t", source="s")
    drafts.check_reading(made)
    return made


def cells(made: Reading) -> list[list[str]]:
    """The texts of the cells of each row."""
    return [[cell.text for cell in row.cells] for row in made.rows]


def headers(made: Reading) -> list[str]:
    """The names of the columns."""
    return [cell.header for cell in made.rows[0].cells]


def test_each_record_is_a_row_with_the_number_a_spreadsheet_shows():
    """Lines above the header are the caption, blank ones count, a cell of two lines is one record."""
    made = reading('Table S1,,\nmiRNAs of foam,,\n\nmiRNA,Effect,n\nmiR-21,"up,\nthen down",3\n,,\nmiR-9,down,4\n')
    assert [(row.number, row.table) for row in made.rows] == [(5, "rows.csv"), (7, "rows.csv")]
    assert cells(made) == [["miR-21", "up, then down", "3"], ["miR-9", "down", "4"]]
    assert headers(made) == ["miRNA", "Effect", "n"]
    assert {row.caption for row in made.rows} == {"rows.csv. Table S1. miRNAs of foam"}
    assert (made.document.title, made.notices) == ("rows.csv", ())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "miRNA,p\nmiR-21,0.5\nmiR-9,0.1\n"),
        ("a.csv", "miRNA;p\nmiR-21;0,5\nmiR-9;0,1\n"),
        ("a.csv", "miRNA\tp\r\nmiR-21\t0,5\r\nmiR-9\t0,1\r\n"),
        ("a.csv", "miRNA|p\nmiR-21|0.5\nmiR-9|0.1\n"),
        ("a.tsv", "miRNA\tp\nmiR-21\ta,b\nmiR-9\tc,d\n"),
        ("a.CSV", "\ufeffmiRNA,p\nmiR-21,x;y\nmiR-9,z\n"),
    ],
)
def test_what_parts_the_cells_is_found(name: str, text: str):
    """Commas, semicolons with decimal commas, tabs, bars."""
    made = reading(text, name)
    assert headers(made) == ["miRNA", "p"]
    assert [row[0] for row in cells(made)] == ["miR-21", "miR-9"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1,2\n3,4\n", [["1", "2"], ["3", "4"]]),
        ("miR-21,up\nmiR-9,up\n", [["miR-21", "up"], ["miR-9", "up"]]),
        ("miR-21,up\nmiR-9,down\n", [["miR-21", "up"], ["miR-9", "down"]]),
        ("1,PTEN,up\n2,RECK,down\n", [["1", "PTEN", "up"], ["2", "RECK", "down"]]),
    ],
)
def test_a_table_without_names_of_columns_loses_no_row(text: str, told: list[list[str]]):
    """Numbers, or a first line whose values come again below, count on or are names of one kind; and it is said."""
    made = reading(text)
    assert cells(made) == told
    assert made.notices == ("No line was found that names the columns; the cells were kept without names.",)


def test_a_cell_is_its_own_text():
    """Formulae are not computed, tabs and line ends in a cell are blanks, Greek stays, an empty first cell stays so."""
    made = reading('gene,value\nA,"=1+1"\n,"@x\ty"\nB,TGF-β₁\n')
    assert cells(made) == [["A", "=1+1"], ["", "@x y"], ["B", "TGF-β₁"]]


def test_rows_of_other_lengths_are_told():
    """Longer and shorter ones, with the first of them."""
    made = reading("a,b,c\n1,x,2\n3\n4,y,5,6\n")
    assert cells(made) == [["1", "x", "2"], ["3", "", ""], ["4", "y", "5", "6"]]
    assert made.notices == (
        "Row 3 has fewer cells than the header; the missing ones were left empty.",
        "rows.csv: 1 row has more cells than the header; the cells beyond it were kept without a name.",
    )


def test_empty_cells_at_the_end_of_the_last_row_are_cells():
    """Blanks end no file; a tab parts cells there as anywhere."""
    made = reading("miRNA\tTarget\tNote\nmiR-21\tPTEN\tx\nmiR-9\t\t\n\n", "a.tsv")
    assert cells(made)[1] == ["miR-9", "", ""]
    assert made.notices == ()


def test_a_number_too_long_for_a_pmid_is_none():
    """And no part of it is."""
    made = reading("miRNA,Title,PMID\nmiR-21,Foam,123456789\nmiR-9,Tide,12345678\n")
    assert [study.pmid for study in made.references] == [None, "12345678"]


def test_a_quote_that_never_closes_swallows_nothing():
    """Quotes are then characters, and the row where it opens is named."""
    made = reading('a,b\n1,x\n2,"y\n3,z\n')
    assert cells(made) == [["1", "x"], ["2", '"y'], ["3", "z"]]
    assert made.notices[0].startswith("A quote that opens in row 3 never closes")
    long = reading('a,b\n1,"x\n' + "2,y\n" * 35_000)
    assert len(long.rows) == 35_001


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a" + b",a" * 1_000_000, "row 1 it has 1,000,001 columns, and the limit is 16,384"),
        (b"a,b,c,d\n" * 260_000, "more than 1,000,000 cells"),
        (b"a,b\n1,\x002\n", "NUL"),
        (b"a,b\n1," + b"x" * 200_000, "row 2 cannot be read .field larger"),
        (b"\n\n", "empty"),
    ],
)
def test_what_cannot_be_a_table_is_refused(data: bytes, reason: str):
    """With the row where it shows, and the limits."""
    with pytest.raises(UnreadableFile, match=reason):
        read("a.csv", data)


# -- studies


def test_a_row_cites_the_study_that_its_columns_describe():
    """Each study once, by DOI whatever its case; its place is the cell that names it."""
    made = reading(
        "miRNA,Title,DOI,PMID,Authors,Year,Journal\n"
        "miR-21,Foam and miR-21,10.1234/A,99,\"Ito K, Moss A\",2019,J Foam\n"
        "miR-9,,,,,,\n"
        "miR-22,Foam and miR-21,https://doi.org/10.1234/a,99,\"Ito K, Moss A\",2019,J Foam\n"
        "miR-31,,,77,,2020,\n"
    )  # fmt: skip
    assert [row.markers for row in made.rows] == [("1",), (), ("1",), ("2",)]
    one, two = made.references
    assert (one.title, one.doi, one.pmid, one.authors) == ("Foam and miR-21", "10.1234/a", "99", ("Ito K", "Moss A"))
    assert (one.year, one.journal, one.text) == (2019, "J Foam", "Foam and miR-21")
    assert (two.pmid, two.title, two.text) == ("77", None, "77")


@pytest.mark.parametrize(
    ("cell", "title", "year"),
    [
        ("Ito K. Foam and miR-21. J Foam 2019;4:11-19.", "Foam and miR-21", 2019),
        ("Ito et al. 2019", None, 2019),
        ("12", None, None),
        ("cohort A", None, None),
    ],
)
def test_a_column_of_references_names_studies_that_can_be_found(cell: str, title: str | None, year: int | None):
    """A citation, or author and year; a number alone or the name of a cohort names none."""
    made = reading(f"miRNA,Reference\nmiR-21,{cell}\n")
    assert [(one.title, one.year, one.text) for one in made.references] == ([(title, year, cell)] if year else [])


# -- any table


# what parts the cells is a guess where cells hold other delimiters
TEXTS = st.text("aβ ,\"'\n=1µ-", max_size=6)


# a row of blanks may part two tables
ROWS = st.lists(TEXTS, min_size=3, max_size=3).filter(lambda row: any(cell.strip() for cell in row))


@given(st.lists(ROWS, min_size=1, max_size=5))
def test_any_table_comes_back_cell_by_cell(rows: list[list[str]]):
    """As `csv` wrote it, blanks made single; each row and cell is its span of the text."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["first", "second", "third"], ["one", "two", "three"], *rows])
    expected = [[close_greek(" ".join(cell.split())) for cell in row] for row in rows]
    kept = [(number, row) for number, row in enumerate(expected, start=3) if any(row)]
    made = reading(file.getvalue())
    assert [(row.number, [cell.text for cell in row.cells]) for row in made.rows[1:]] == kept


# -- what other spreadsheets write


@pytest.mark.parametrize("stated", ["sep=;", '"sep=;"', "SEP=;;;"])
def test_the_line_that_states_what_parts_cells_is_no_row(stated: str):
    """As Excel writes and reads it; rows are counted behind it, as Excel does."""
    made = reading(f"{stated}\r\nmiRNA;p,q\r\nmiR-21;0,5\r\n")
    assert headers(made) == ["miRNA", "p,q"]
    assert [row.number for row in made.rows] == [2]


def test_tables_one_below_the_other_are_told_apart():
    """Each has its own header, caption and notes; rows go on with the file's numbers."""
    made = reading(
        "miRNA,n\nmiR-21,3\n,\nTable S2. Drugs,\ndrug,dose\nFoamol,5\n,\nNotes: doses are in mg.,\n", name="a.csv"
    )
    assert [(row.number, row.caption) for row in made.rows] == [(2, "a.csv"), (6, "a.csv. Table S2. Drugs")]
    assert [[cell.header for cell in row.cells] for row in made.rows] == [["miRNA", "n"], ["drug", "dose"]]


def test_genes_that_became_days_are_noticed():
    """With their rows; SEPT2 itself is no day, and days in a column of days are right."""
    made = reading("gene,taken\nPTEN,3-Mar\n2-Sep,4-Mar\nSEPT2,5-Mar\nCDH1,6-Mar\n1-Mar,7-Mar\n")
    (notice,) = made.notices
    assert notice.startswith("Rows 3 and 6 have a day (2-Sep) in the column gene, where names stand")


def test_a_long_cell_of_digits_is_soon_known_for_no_number():
    """As many steps as it has characters, not their square."""
    assert cells(reading("a,b\n1," + "1" * 100_000 + "x\n2,3\n"))[1] == ["2", "3"]


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("Table S3. Foam in serum", "Table S3. Foam in serum"),
        ("Table S3", "rows.csv"),
        ("made on Tuesday by a program", "rows.csv"),
        ("Table S3 of the paper doi:10.1234/foam", "rows.csv"),
    ],
)
def test_a_line_with_a_label_above_the_table_is_the_title(above: str, title: str):
    """It needs words behind the label; a DOI is another paper's."""
    assert reading(f"{above}\nmiRNA,n\nmiR-21,3\nmiR-9,4\n").document.title == title


def test_of_several_titled_tables_none_gives_the_title():
    tables = (f"Table S{n}. Foam in serum\nmiRNA,n\nmiR-21,{n}\nmiR-9,4\n" for n in (1, 2))
    made = reading("\n".join(tables))
    assert (made.document.title, len({row.table for row in made.rows}), len(made.rows)) == ("rows.csv", 1, 4)
