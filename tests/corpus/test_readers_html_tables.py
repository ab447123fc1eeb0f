"""Tables of pages: spans, heads, captions and notes, and tables that only lay out a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import read
from tests.corpus import drafts
from tests.corpus.pages import LONG, draft, reading
from tests.corpus.test_readers_jats_tables import grids


def rows(body: str) -> list[list[str]]:
    """The cells of each row on a page with this text, `^` before what is carried."""
    made = reading(f"<h1>Foam</h1><h2>A</h2><p>{LONG}</p>{body}")
    return [[("^" if cell.carried else "") + cell.text for cell in row.cells] for row in made.rows]


def captions(body: str) -> list[tuple[str, str]]:
    """Label and caption of the table of each row on a page with this text."""
    return [(row.table, row.caption) for row in reading(f"<h1>Foam</h1><h2>A</h2><p>{LONG}</p>{body}").rows]


def test_spans_are_carried_and_heads_of_several_rows_are_joined():
    """Down and across; a row by itself is one cell."""
    table = """<table><thead><tr><th rowspan=2>miRNA<th colspan=2>Effect<tr><th>in<th>out<tbody>
    <tr><td colspan=3>Group<tr><td rowspan=2>miR-21<td>up<td>a<br>b<tr><td colspan=2>none</table>"""
    assert rows(table) == [["Group", "", ""], ["miR-21", "up", "a b"], ["^miR-21", "none", "^none"]]
    made = reading(f"<p>{LONG}</p>{table}")
    assert [cell.header for cell in made.rows[1].cells] == ["miRNA", "Effect in", "Effect out"]


@pytest.mark.parametrize(
    "body",
    [
        "<table><caption>Table 1. Foams</caption>{rows}</table>",
        "<p>Table 1. Foams</p><table>{rows}</table>",
        "<h4>Table 1.</h4><p>Foams</p><table>{rows}</table>",
        "<table>{rows}</table><p>Table 1. Foams</p>",
        "<figure><figcaption>Table 1. Foams</figcaption><table>{rows}</table></figure>",
        '<div class="table-wrap"><div class="label">Table 1</div><div class="caption"><p>Foams</p></div><div>'
        '<table>{rows}</table></div><p><a href="t1">Open in a new tab</a></p></div>',
        '<section class="tw xbox" id="T1"><h3>Table 1.</h3><div><p>Foams</p></div><div>'
        "<table>{rows}</table></div></section>",
        '<div class="table-wrap"><table>{rows}</table><div>Table 1. Foams</div></div>',
    ],
)
def test_a_caption_is_found_wherever_a_page_puts_it(body: str):
    """In the table, over it, under it, and in what holds the table."""
    told = body.format(rows="<tr><th>a<th>b<tr><td>1<td>2")
    assert captions(told) == [("Table 1", "Table 1. Foams")]
    assert drafts.of(draft(f"<h1>Foam</h1><h2>A</h2><p>{LONG}</p>{told}"), "paragraph") == [LONG.strip()]


def test_a_caption_without_a_label_is_one_where_the_page_says_so():
    """By the name of its element."""
    body = '<p class="table-caption">All the foams</p><table><tr><th>a<th>b<tr><td>1<td>2</table><p>Then text.</p>'
    assert captions(body) == [("Table 1", "All the foams")]


def test_notes_under_a_table_are_no_text_and_text_is_no_note():
    """Those of its foot and in what holds it, and paragraphs that explain; a sentence after it is text."""
    table = "<table><tr><th>a<th>b<tbody><tr><td>1<td>2<tfoot><tr><td colspan=2>Source.</table>"
    body = f'<div class="table-wrap">{table}<div class="tw-foot"><p>EV: vesicle</p></div></div><p>Foam is light.</p>'
    made = draft(f"<h1>Foam</h1><h2>A</h2><p>{LONG}</p>{body}{table}<p>a: one; b: two.</p><p>Dunes move.</p>")
    assert drafts.of(made, "footnote") == ["Source.", "EV: vesicle", "Source.", "a: one; b: two."]
    assert drafts.of(made, "paragraph")[1:] == ["Foam is light.", "Dunes move."]


@pytest.mark.parametrize(
    "table",
    [
        '<table role="presentation"><tr><td>One.<td>Two.</table>',
        "<table><tr><td><h3>Head</h3>One.<td>Two.</table>",
        "<table><tr><td>One.<tr><td>Two.</table>",
        "<table><tr><td>One.<td> <tr><td><td>Two.</table>",
        "<table><tr><td>One.<td><table><tr><td>Two.</table></table>",
    ],
)
def test_a_table_that_lays_out_a_page_is_text(table: str):
    """By its role, by headings or tables in it, or since it says one thing a row."""
    assert rows(table) == []
    assert drafts.of(draft(f"<h1>Foam</h1><h2>A</h2><p>{LONG}</p>{table}"), "paragraph")[1:] == ["One.", "Two."]


def test_a_table_that_is_a_picture_is_told():
    """Its caption is kept."""
    made = draft(f"<h1>Foam</h1><h2>A</h2><p>{LONG}</p><figure><img src=x><p>Table 1. Foams</p></figure>")
    assert made.notices == ("1 table is only a picture in this file; no row could be read from there.",)
    assert drafts.of(made, "paragraph")[1:] == ["Table 1. Foams"]


@given(grids(), st.booleans())
def test_every_place_of_any_grid_has_the_text_of_the_cell_that_covers_it(made: tuple[str, list[list[str]]], cut: bool):
    """As in JATS, with the ends of cells and rows written or left out."""
    markup, _ = made
    told = markup.replace("</td>", "").replace("</tr>", "") if cut else markup
    page = reading(f"<h1>Foam</h1><h2>A</h2><p>{LONG}</p><table>{told}</table>")
    jats = read_as_jats(markup)
    assert [[cell.text for cell in row.cells] for row in page.rows] == jats


def read_as_jats(markup: str) -> list[list[str]]:
    """The cells of the same table in JATS."""
    from corpus.assemble import read_document

    wrap = f"<article><body><p>Foam.</p><table-wrap><table>{markup}</table></table-wrap></body></article>".encode()
    return [[c.text for c in row.cells] for row in read_document("a.xml", wrap, document_id="p", source="s").rows]


def test_the_sample_of_grids_reads_at_all():
    """A page of two columns by two rows, to keep the comparison above honest."""
    told = "<table><tr><th>a<th>b<tr><td rowspan=2>1<td>2<tr><td>3</table>"
    assert rows(told) == [["1", "2"], ["^1", "3"]]
    assert read("x.html", f"<p>{LONG}</p>{told}".encode()).text.endswith("1\t2\n\t3")


def test_a_table_inside_one_that_lays_out_the_page_says_nothing_of_it():
    """Old pages stand in a table; the header of the data in it is not theirs."""
    inner = "<table><tr><th>miRNA</th><th>Target</th></tr><tr><td>miR-21</td><td>PTEN</td></tr></table>"
    made = draft(f"<table><tr><td><h1>Foam</h1><h2>Text</h2><p>{LONG}</p>{inner}<p>After it.</p></td></tr></table>")
    assert drafts.of(made, "header", "row") == ["miRNA\tTarget", "miR-21\tPTEN"]
    assert drafts.of(made, "paragraph") == [LONG.strip(), "After it."]


def test_a_header_may_have_an_empty_corner():
    """The cell over a column of names is often an empty `td`; a row of one name is still a row."""
    lines = "<tr><td></td><th>Target</th><th>Fold</th></tr><tr><th>miR-21</th><td></td><td></td></tr>"
    made = draft(f"<h1>Foam</h1><p>{LONG}</p><table>{lines}</table>")
    assert drafts.of(made, "header") == ["\tTarget\tFold"]
    assert drafts.of(made, "row") == ["miR-21\t\t"]


def test_rows_outside_of_a_body_stay_where_they_stand():
    """A header row right in the table, before the body."""
    lines = "<tr><th>miRNA</th><th>Target</th></tr><tbody><tr><td>miR-21</td><td>PTEN</td></tr></tbody>"
    made = draft(f"<h1>Foam</h1><p>{LONG}</p><table>{lines}</table>")
    assert drafts.of(made, "header", "row") == ["miRNA\tTarget", "miR-21\tPTEN"]


def test_a_line_under_a_table_that_a_raised_letter_leads_is_its_note():
    """Whatever it begins with: the letter stands in a cell."""
    table = "<table><tr><th>miRNA</th><th>p</th></tr><tr><td>miR-21<sup>a</sup></td><td>0.1</td></tr></table>"
    made = draft(f"<h1>Foam</h1><p>{LONG}</p>{table}<p><sup>a</sup> p by rank.</p><p>And so on.</p>")
    assert drafts.of(made, "footnote") == ["ᵃ p by rank."]
    assert drafts.of(made, "paragraph") == [LONG.strip(), "And so on."]


def test_a_span_of_no_rows_is_one_of_all_that_are_left():
    """As HTML has it; so no cell slides under another's name."""
    header = "<tr><th>miRNA</th><th>Target</th></tr>"
    first, second = '<tr><td rowspan="0">miR-21</td><td>PTEN</td></tr>', "<tr><td>RECK</td></tr>"
    assert rows(f"<table>{header}{first}{second}</table>") == [["miR-21", "PTEN"], ["^miR-21", "RECK"]]
