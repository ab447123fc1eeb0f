"""The view of a document: what is drawn, what is highlighted, what is linked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.assemble import read_document
from corpus.records import Block, Document, Reading, Reference
from qa.results import Caution
from qa.service import Service
from web.source import Line, Piece, SourceView, asked_span, source_view

TEXT = "On parcels\n\nWalls\n\nThey fold [1-3].\n\nA\tB\n\nx [3]\t\tz\n\n1. Ito A. Walls.\n\n3. Cruz B. Folds."
BLOCKS = (
    Block("title", 0, 10),
    Block("heading", 12, 17, level=1),
    Block("paragraph", 19, 35),
    Block("header", 37, 40, table=1),
    Block("row", 42, 50, table=1),
    Block("reference", 52, 68),
    Block("reference", 70, 87),
)
REFERENCES = (
    Reference("parcels", "1", 52, 68, TEXT[52:68], doi="10.1000/walls"),
    Reference("parcels", "3", 70, 87, TEXT[70:87]),
)


def reading(text: str = TEXT, blocks: tuple[Block, ...] = BLOCKS, references=REFERENCES) -> Reading:
    document = Document(
        "parcels", "On parcels", (), None, None, None, "parcels.txt", "upload:parcels.txt", "0" * 64, text, blocks
    )
    return Reading(document, (), (), references)


def lines(view: SourceView) -> list[Line]:
    return [line for node in view.nodes for line in node.lines]


def pieces(view: SourceView) -> list[Piece]:
    return [piece for line in lines(view) for cell in line.cells for piece in cell]


def marked(view: SourceView) -> list[str]:
    return [piece.text for piece in pieces(view) if piece.marked]


def test_blocks_become_nodes_in_order_and_rows_and_references_stand_together():
    """A table is one node of its rows, a reference list one of its entries."""
    view = source_view(reading(), None)
    assert [(node.kind, len(node.lines), node.level) for node in view.nodes] == [
        ("title", 1, 0),
        ("heading", 1, 1),
        ("paragraph", 1, 0),
        ("table", 2, 0),
        ("references", 2, 0),
    ]


def test_two_tables_that_follow_one_another_stay_two():
    """Rows belong together only within one table."""
    blocks = (Block("row", 0, 1, table=1), Block("row", 2, 3, table=2), Block("row", 4, 5, table=2))
    view = source_view(reading("a\nb\nc", blocks, ()), None)
    assert [len(node.lines) for node in view.nodes] == [1, 2]


def test_numbers_of_markers_link_to_entries_that_exist():
    """`[1-3]` links 1 and 3, its brackets and dash stay text; an entry's own number links nowhere."""
    view = source_view(reading(), None)
    assert [(piece.text, piece.link) for piece in pieces(view) if piece.link] == [("1", "1"), ("3", "3"), ("3", "3")]
    paragraph = next(node for node in view.nodes if node.kind == "paragraph")
    assert [piece.text for piece in paragraph.lines[0].cells[0]] == ["They fold [", "1", "-", "3", "]."]


def test_raised_digits_link_where_a_document_has_no_brackets():
    """`cells.²` is a marker in a text that cites by superscripts."""
    blocks = (Block("paragraph", 0, 17), Block("reference", 18, 26))
    entry = Reference("parcels", "2", 18, 26, "2. Cruz.")
    view = source_view(reading("They fold cells.²\n2. Cruz.", blocks, (entry,)), None)
    assert [(piece.text, piece.link) for piece in pieces(view) if piece.link] == [("²", "2")]


def test_a_pointer_is_named_where_its_first_link_stands_and_its_entries_lead_back():
    """`[1-3]` at 30 and the cell `[3]` at 44: entry 1 is cited at the first alone, entry 3 at both."""
    view = source_view(reading(), None)
    assert [(piece.text, piece.cite) for piece in pieces(view) if piece.cite] == [("1", 30), ("3", 45)]
    assert [(line.reference.marker, line.cited) for line in lines(view) if line.reference] == [
        ("1", (30,)),
        ("3", (30, 45)),
    ]


def test_of_two_entries_of_one_number_the_first_is_named():
    """A fragment leads to one place; nothing points at either, since nobody knows which is meant."""
    twice = (REFERENCES[0], Reference("parcels", "1", 70, 87, TEXT[70:87]))
    view = source_view(reading(references=twice), None)
    assert [(line.named, line.cited) for line in lines(view) if line.reference] == [(True, ()), (False, ())]
    assert [piece.link for piece in pieces(view) if piece.link] == []


def test_authors_with_a_year_link_to_their_entry():
    """The whole of the citation is the link."""
    text = "They fold (Ito, 2019).\nIto, A. (2019). Walls. Foam, 1, 1."
    blocks = (Block("paragraph", 0, 22), Block("reference", 23, len(text)))
    entry = Reference("parcels", "1", 23, len(text), text[23:], authors=("Ito, A.",), year=2019)
    view = source_view(reading(text, blocks, (entry,)), None)
    assert [(piece.text, piece.link, piece.cite) for piece in pieces(view) if piece.link] == [("Ito, 2019", "1", 11)]


def test_bare_numbers_under_a_header_for_references_link():
    """Beside a count, which does not; the cautions of a row are on its line."""
    table = "| miRNA | N | Refs |\n| --- | --- | --- |\n| miR-1 | 2 | 1, 2 |"
    paper = f"# T\n\n{table}\n\n## References\n\n1. Ito A.\n2. Cruz B.\n"
    whole = read_document("t.md", paper.encode(), document_id="t", source="upload:t.md")
    told = {whole.rows[0].id: (Caution("contradicted", "The row is wrong."),)}
    view = source_view(whole, None, told)
    assert [(piece.text, piece.link) for piece in pieces(view) if piece.link] == [("1", "1"), ("2", "2")]
    assert [line.cautions for line in lines(view) if line.cautions] == list(told.values())


def test_cells_are_cut_at_tabs_and_an_empty_cell_stays():
    """The row of three cells has an empty one in the middle."""
    row = next(node for node in source_view(reading(), None).nodes if node.kind == "table").lines[1]
    assert [[piece.text for piece in cell] for cell in row.cells] == [["x [", "3", "]"], [], ["z"]]


def test_a_highlight_is_cut_at_links_and_only_its_first_piece_is_first():
    """Characters 24 to 34 are `fold [1-3]`, in five pieces."""
    view = source_view(reading(), (24, 34))
    assert marked(view) == ["fold [", "1", "-", "3", "]"]
    assert [piece.first for piece in pieces(view) if piece.marked] == [True, False, False, False, False]
    assert view.highlighted


def test_a_highlighted_row_is_marked_as_a_row():
    """The whole row is highlighted, cell by cell, and no other line is."""
    view = source_view(reading(), (42, 50))
    assert marked(view) == ["x [", "3", "]", "z"]
    assert [line.start for line in lines(view) if line.marked] == [42]


def test_a_reference_entry_knows_itself():
    """Its marker names it on the page."""
    entries = [line.reference.marker for line in lines(source_view(reading(), None)) if line.reference]
    assert entries == ["1", "3"]


def test_nothing_is_highlighted_between_blocks():
    """A span of blanks alone highlights nothing, and the view says so."""
    view = source_view(reading(), (17, 19))
    assert marked(view) == []
    assert not view.highlighted


def test_the_outline_holds_headings_of_the_first_two_levels():
    """A third level would make it longer than it helps."""
    blocks = (Block("heading", 0, 1, level=1), Block("heading", 2, 3, level=2), Block("heading", 4, 5, level=3))
    view = source_view(reading("a\nb\nc", blocks, ()), None)
    assert [(entry.text, entry.level, entry.start) for entry in view.outline] == [("a", 1, 0), ("b", 2, 2)]


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_the_marked_characters_are_exactly_the_span(first: int, last: int):
    """For every span: what is marked is the span's text but the line ends and tabs between blocks and cells."""
    start, end = sorted((first, last))
    view = source_view(reading(), (start, end))
    inside = "".join(TEXT[i] for i in range(start, end) if any(b.start <= i < b.end for b in BLOCKS))
    assert "".join(marked(view)) == inside.replace("\t", "")
    assert sum(piece.first for piece in pieces(view)) == bool(marked(view))


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_a_highlight_changes_no_character(first: int, last: int):
    """The text drawn is the same with any highlight as without."""
    drawn = "".join(piece.text for piece in pieces(source_view(reading(), (first, last))))
    assert drawn == "".join(piece.text for piece in pieces(source_view(reading(), None)))


def test_a_span_must_be_two_whole_numbers_in_order_within_the_text():
    """Everything else gives no span and a note that says what is wrong."""
    assert asked_span("0", "20", 20) == ((0, 20), None)
    assert asked_span(None, None, 20) == (None, None)
    notes = {pair: asked_span(*pair, 20) for pair in [("x", "3"), ("3", None), ("-1", "3"), ("3", "3"), ("9", "3")]}
    assert [span for span, _ in notes.values()] == [None] * 5
    assert "whole numbers" in (notes[("x", "3")][1] or "")
    assert "whole numbers" in (notes[("-1", "3")][1] or "")
    assert "9 to 3, which is nothing" in (notes[("9", "3")][1] or "")
    assert "has 20" in (asked_span("0", "21", 20)[1] or "")


@given(st.text(max_size=30) | st.none(), st.text(max_size=30) | st.none())
def test_no_address_breaks_the_span(start: str | None, end: str | None):
    """Whatever is typed, there is a span inside the text, or a note, or neither was asked for."""
    span, note = asked_span(start, end, 50)
    assert (span is None) == (note is not None or (start is None and end is None))
    assert span is None or 0 <= span[0] < span[1] <= 50


def test_node_kinds_are_drawn_as_given():
    """Front matter, back matter, captions and footnotes each stand by themselves."""
    kinds = ("front", "caption", "footnote", "back")
    blocks = tuple(Block(kind, place * 2, place * 2 + 1) for place, kind in enumerate(kinds))
    view = source_view(reading("a\nb\nc\nd", blocks, ()), None)
    assert [node.kind for node in view.nodes] == list(kinds)


def check_highlights(reading: Reading) -> None:
    """Each record's marks are its characters but the blanks between blocks and cells, and no others."""
    assert reading.records
    for record in reading.records:
        shown = "".join(marked(source_view(reading, (record.start, record.end))))
        assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", record.text)


def test_every_record_of_the_starter_documents_is_highlighted_exactly(service: Service):
    """The highlight is the record's span, passage or row."""
    for summary in service.documents():
        check_highlights(service.reading(summary.id))


@pytest.mark.parametrize("author", ["camci", "tahan"])
def test_every_record_of_the_real_reviews_is_highlighted_exactly(reviews: dict[str, Path], author: str):
    """The same for text taken from PDFs."""
    file = reviews[author]
    check_highlights(read_document(file.name, file.read_bytes(), document_id=author, source=str(file)))
