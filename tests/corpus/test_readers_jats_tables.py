"""Tables of JATS: spans, heads, citations and notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.greek import close_greek
from tests.corpus import drafts
from tests.corpus.jats import article, draft, reading


def table(rows: str, **more: str) -> list[list[str]]:
    """The cells of each row of the table with these rows, `^` before what is carried."""
    made = reading(article(f"<table-wrap><label>Table 1</label><table>{rows}</table></table-wrap>", **more))
    return [[("^" if cell.carried else "") + cell.text for cell in row.cells] for row in made.rows]


def test_spans_of_rows_and_columns_are_carried_and_say_so():
    """Down and across; what begins a row by itself is one cell; heads of several rows are joined over their columns."""
    rows = """<thead><tr><th rowspan="2">miRNA</th><th colspan="2">Effect</th></tr><tr><th>in</th><th>out</th></tr>
    </thead><tbody><tr><td colspan="3">Group</td></tr><tr><td rowspan="2">miR-21</td><td>up</td><td>a</td></tr>
    <tr><td colspan="2">none</td></tr></tbody>"""
    wrap = f"<table-wrap><label>Table 1</label><caption><p>Foam</p></caption><table>{rows}</table></table-wrap>"
    made = reading(article(wrap))
    assert table(rows) == [["Group", "", ""], ["miR-21", "up", "a"], ["^miR-21", "none", "^none"]]
    assert [cell.header for cell in made.rows[1].cells] == ["miRNA", "Effect in", "Effect out"]
    assert all(cell.spanned for row in made.rows for cell in row.cells if cell.carried)
    assert {(row.table, row.caption) for row in made.rows} == {("Table 1", "Table 1. Foam")}


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ('<tr><td rowspan="9">a</td><td colspan="9">b</td></tr><tr><td>c</td></tr>', [["a", "b"], ["^a", "c"]]),
        ('<tr><td rowspan="2"/><td>b</td></tr><tr><td>c</td></tr>', [["", "b"], ["", "c"]]),
        ("<tr><td/><td>b</td></tr><tr><td/><td>c</td></tr>", [["", "b"], ["", "c"]]),
        ('<tr><td rowspan="x">a</td><td colspan="-1">b</td></tr>', [["a", "b"]]),
        ("<tr><td>a</td></tr><tr><td>b</td><td>c</td></tr>", [["a", ""], ["b", "c"]]),
        (
            '<tr><td rowspan="2">a</td><td rowspan="2">b</td></tr><tr></tr><tr><td>c</td><td>d</td></tr>',
            [["a", "b"], ["c", "d"]],
        ),
        (
            "<tr><td><p>a</p><p>b</p></td><td>c<break/>d<list><list-item><p>e</p></list-item></list></td></tr>",
            [["a b", "c d e"]],
        ),
        ("<tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr>", [["1", "2"]]),
        ("<tr><td><bold>A</bold></td><td><bold>B</bold></td></tr><tr><td>1</td><td>2</td></tr>", [["1", "2"]]),
        (
            '<tgroup cols="3"><colspec colname="c1"/><colspec colname="c2"/><colspec colname="c3"/><tbody><row>'
            '<entry morerows="1">a</entry><entry namest="c2" nameend="c3">b</entry></row>'
            '<row><entry colname="c3">d</entry></row></tbody></tgroup>',
            [["a", "b", "^b"], ["^a", "", "d"]],
        ),
    ],
)  # fmt: skip
def test_cells_are_in_their_columns(rows: str, cells: list[list[str]]):
    """Spans beyond the table, empty ones, ragged rows, blocks in cells, heads without `thead`, and tables of CALS."""
    assert table(rows) == cells


def test_a_row_cites_what_its_cells_and_the_cells_that_reach_it_cite():
    """By pointers in any form, the bare numbers of a column of references among them."""
    rows = """<thead><tr><th>Study</th><th>miRNA</th><th>Ref</th></tr></thead><tbody>
    <tr><td rowspan="2"><xref ref-type="bibr" rid="r2">Reed, 2020</xref></td><td>miR-210</td><td/></tr>
    <tr><td>miR-21</td><td><xref ref-type="bibr" rid="r1">1</xref></td></tr>
    <tr><td>none</td><td>miR-9</td><td>4</td></tr></tbody>"""
    made = reading(article(f"<table-wrap><table>{rows}</table></table-wrap>"))
    assert [row.markers for row in made.rows] == [("2",), ("1", "2"), ("4",)]


def test_notes_under_a_table_are_no_rows():
    """Those of its foot, of its last row, and of its cells."""
    wrap = """<table-wrap><label>Tabelle 3</label><table><tbody><tr>
    <td>a<xref ref-type="table-fn" rid="n"><sup>a</sup></xref></td><td>b</td></tr></tbody>
    <tfoot><tr><td colspan="2">Source.</td></tr></tfoot></table>
    <table-wrap-foot><fn id="n"><label>a</label><p>Low.</p></fn><p>EV: vesicle</p></table-wrap-foot></table-wrap>"""
    made = reading(article(wrap, ""))
    assert [(row.text, row.table) for row in made.rows] == [("aᵃ\tb", "Tabelle 3")]
    assert drafts.of(draft(article(wrap, "")), "footnote") == ["Source.", "a Low.", "EV: vesicle"]


def test_a_table_that_is_a_picture_is_told():
    """Its caption is kept; of two forms of a table the one with cells counts."""
    wraps = """<table-wrap><label>Table 1</label><caption><p>Foam</p></caption><graphic/></table-wrap>
    <table-wrap><label>Table 2</label><alternatives><graphic/><table><tr><td>a</td><td>b</td></tr></table>
    </alternatives></table-wrap>"""
    made = reading(article(wraps, ""))
    assert [row.table for row in made.rows] == ["Table 2"]
    assert made.notices == ("1 table is only a picture in this file; no row could be read from there.",)


WORD = st.text("aβ1 ²µ-", max_size=4).map(str.strip)


@st.composite
def grids(draw: st.DrawFn) -> tuple[str, list[list[str]]]:
    """A table whose cells tile a grid, and the text at each place of each row that has text of its own."""
    height, width = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    covered = {row: {} for row in range(height)}
    markup = f"<thead><tr>{'<th>H</th>' * width}</tr></thead>"
    expected = []
    for top in range(height):
        cells, own = "", False
        for left in range(width):
            if left in covered[top]:
                continue
            right = left + 1
            while right < width and right not in covered[top] and draw(st.booleans()):
                right += 1
            down, word = draw(st.integers(1, height - top)), draw(WORD)
            for row in range(top, top + down):
                covered[row] |= dict.fromkeys(range(left, right), word)
            cells += f'<td rowspan="{down}" colspan="{right - left}">{word}</td>'
            own = own or bool(word)
            if width > 1 and right - left == width:  # a row by itself heads those below
                covered[top] |= dict.fromkeys(range(1, width), "")
        markup += f"<tr>{cells}</tr>"
        expected += [[covered[top][column] for column in range(width)]] if own else []
    return markup, expected


@given(grids())
def test_every_place_of_any_grid_has_the_text_of_the_cell_that_covers_it(made: tuple[str, list[list[str]]]):
    """Own or carried; each cell and row is its span of the text. Rows without text of their own are left out."""
    rows, expected = made
    read = reading(article(f"<p>Foam.</p><table-wrap><table>{rows}</table></table-wrap>", ""))
    told = [[close_greek(" ".join(word.split())) for word in row] for row in expected]
    assert [[cell.text for cell in row.cells] for row in read.rows] == told


@given(st.lists(st.tuples(st.integers(1, 5), WORD, st.lists(WORD, max_size=3)), max_size=6))
def test_any_sections_and_paragraphs_stand_where_they_say(sections: list[tuple[int, str, list[str]]]):
    """Every paragraph with a printing letter is a block, in order, and every passage is its span of the text."""
    body = "".join(
        "<sec>" * depth + f"<title>{title}</title>" + "".join(f"<p>{word}</p>" for word in words) + "</sec>" * depth
        for depth, title, words in sections
    )
    read = reading(article(f"<p>Foam.</p>{body}", ""))
    kept = [block for block in read.document.blocks if block.kind == "paragraph"]
    expected = [close_greek(" ".join(word.split())) for _, _, words in sections for word in words if word]
    assert [read.document.text[block.start : block.end] for block in kept] == ["Foam.", *expected]
