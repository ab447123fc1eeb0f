from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Block, BlockKind
from corpus.tables import Row, Table, is_reference_column, read_tables, table_label


def laid_out(*lines: tuple[BlockKind, int, str]) -> tuple[str, list[Block]]:
    """A text of (kind, table, line) and its blocks, each without outer blanks as readers give them."""
    text, blocks = "", []
    for kind, table, line in lines:
        start = len(text) + len(line) - len(line.lstrip())
        blocks.append(Block(kind, start, start + len(line.strip()), table=table))
        text += line + "\n"
    return text, blocks


def shown(row: Row) -> list[str]:
    """A row's cells, `^` before what was carried down."""
    return [("^" if cell.carried else "") + cell.text for cell in row.cells]


def rows_of(*lines: str, header: str = "miRNA\tCancer\tTarget\tRefs") -> tuple[str, Table]:
    text, blocks = laid_out(("header", 1, header), *(("row", 1, line) for line in lines))
    (table,) = read_tables(text, blocks)
    return text, table


def test_leading_empty_cells_are_carried_down_and_marked():
    """Cells before a row's first own cell take the text above, through rows that carry it themselves."""
    _, table = rows_of("miR-1\tlung\tA\t[1]", "\tliver\tB\t[2]", "\t\tC\t[3]")
    assert [shown(row) for row in table.rows] == [
        ["miR-1", "lung", "A", "[1]"],
        ["^miR-1", "liver", "B", "[2]"],
        ["^miR-1", "^liver", "C", "[3]"],
    ]


def test_an_empty_cell_after_an_own_one_stays_empty():
    """A gap within a row is nobody's, and the last column never gets another row's reference."""
    _, table = rows_of("miR-1\tlung\tA\t[1]", "miR-2\t\tB\t", "\tliver\t\t[4]")
    assert [shown(row) for row in table.rows[1:]] == [["miR-2", "", "B", ""], ["^miR-2", "liver", "", "[4]"]]


def test_nothing_is_carried_over_from_the_group_before():
    """A new first cell begins a group: what stands right of it in the group above is not carried past it."""
    _, table = rows_of("miR-1\tlung\tA\t[1]", "miR-2\t\tB\t[2]", "\t\tC\t[3]")
    assert shown(table.rows[2]) == ["^miR-2", "", "C", "[3]"]


def test_cells_stand_where_their_text_stands():
    """An own cell's span is in its row, a carried one's in the row above, an empty one's is empty."""
    text, table = rows_of("miR-1\t lung \tA\t[1]", "\t\tC")
    first, second = table.rows
    assert [text[cell.start : cell.end] for cell in second.cells] == ["miR-1", "lung", "C", ""]
    assert (second.cells[1].start, second.cells[1].end) == (first.cells[1].start, first.cells[1].end)
    assert second.cells[3].start == second.cells[3].end
    assert text[second.start : second.end] == "\t\tC"


def test_ragged_rows_lose_nothing():
    """A short row is filled with empty cells, and cells beyond the header are kept without a name."""
    _, table = rows_of("miR-1\tlung", "miR-2\tliver\tB\t[2]\tand more")
    assert shown(table.rows[0]) == ["miR-1", "lung", "", ""]
    assert [(cell.header, cell.text) for cell in table.rows[1].cells[3:]] == [("Refs", "[2]"), ("", "and more")]


def test_rows_are_numbered_over_the_pages_of_one_table():
    """A table that goes on after others keeps its caption, its numbers and what it carries."""
    text, blocks = laid_out(
        ("caption", 1, "Table 1. First things"),
        ("header", 1, "miRNA\tTarget"),
        ("row", 1, "miR-1\tA"),
        ("caption", 2, "Table S2 Others"),
        ("row", 2, "x\ty"),
        ("caption", 1, "Table 1 Cont."),
        ("header", 1, "miRNA\tTarget"),
        ("row", 1, "\tB"),
    )
    first, second = read_tables(text, blocks)
    assert (first.label, first.caption) == ("Table 1", "Table 1. First things")
    assert [(row.number, shown(row)) for row in first.rows] == [(1, ["miR-1", "A"]), (2, ["^miR-1", "B"])]
    assert (second.label, [cell.header for cell in second.rows[0].cells]) == ("Table S2", ["", ""])


def test_two_header_rows_are_one_header():
    """Header rows that follow each other are read column by column."""
    text, blocks = laid_out(("header", 1, "Mice\tMice"), ("header", 1, "young\told\tall"), ("row", 1, "1\t2\t3"))
    (table,) = read_tables(text, blocks)
    assert [cell.header for cell in table.rows[0].cells] == ["Mice young", "Mice old", "all"]


@pytest.mark.parametrize(
    ("caption", "label"),
    [
        ("Table 1 Overview", "Table 1"),
        ("TABLE S2. Primers", "Table S2"),
        ("Tab. 3: Doses", "Table 3"),
        ("Supplementary Table 4", "Supplementary Table 4"),
        ("Table IV", "Table IV"),
        ("Doses of Table 3", None),
        ("Tables are useful", None),
    ],
)
def test_a_label_is_what_the_caption_begins_with(caption, label):
    """The label is read in any case; without one, a table has its number."""
    assert table_label(caption) == label


def test_a_table_without_a_label_has_its_number():
    """`Table N` counts the tables of the document."""
    assert Table(number=3, caption="Doses").label == "Table 3"


@pytest.mark.parametrize("header", ["Ref", "Refs.", "References", "Reference no.", "Citation"])
def test_a_column_of_references_is_known_by_its_header(header):
    """In the forms that tables have; a column of sources is none."""
    assert is_reference_column(header)
    assert not is_reference_column("Source")


@given(st.lists(st.lists(st.sampled_from(["", "", "a", "b c", "[1]"]), min_size=1, max_size=5), max_size=12))
def test_every_own_cell_is_kept_and_every_carried_cell_is_real(grid):
    """Whatever the table, its own cells are the text's, and carried ones stand higher up in the same column."""
    lines = [line for line in ("\t".join(cells) for cells in grid) if line.strip()]
    text, table = rows_of(*lines, header="A\tB\tC")
    assert [row.number for row in table.rows] == list(range(1, len(lines) + 1))
    seen: list[list[str]] = []
    for line, row in zip(lines, table.rows, strict=True):
        own = [cell.text for cell in row.cells if not cell.carried and cell.text]
        assert own == [cell for cell in line.split("\t") if cell]
        for column, cell in enumerate(row.cells):
            assert text[cell.start : cell.end] == cell.text
            if cell.carried:
                assert cell.end <= row.start
                assert any(column < len(above) and above[column] == cell.text for above in seen)
                assert not any(line.split("\t")[: column + 1])
        seen.append([cell.text for cell in row.cells])
