from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.assemble import assemble, read_document
from corpus.records import Block, BlockKind, Draft, Reading
from corpus.tables import read_tables

Line = tuple[BlockKind, str]


def drafted(*lines: tuple[BlockKind, str] | tuple[BlockKind, str, int]) -> Draft:
    """A draft of (kind, text, level or table) blocks parted by blank lines, made as readers make theirs."""
    text, blocks = "", []
    for kind, words, *number in lines:
        start = len(text) + len(words) - len(words.lstrip())
        end = start + len(words.strip())
        level = number[0] if kind == "heading" else 0
        table = number[0] if kind in ("caption", "header", "row", "footnote") else None
        if end > start:
            blocks.append(Block(kind, start, end, level=level, table=table, page=2))
        text += words + "\n\n"
    return Draft(text, tuple(blocks), "A title", ("Ito K",), 2024, "10.1000/x", "J Test", ("Read as UTF-8.",))


def read(draft: Draft) -> Reading:
    return assemble(draft, document_id="d", file="d.txt", source="/x/d.txt", sha256="0" * 64)


def check_spans(reading: Reading) -> None:
    """Every record, reference, sentence and cell is exactly the text it says it is."""
    text = reading.document.text
    ids = [record.id for record in reading.records]
    assert len(set(ids)) == len(ids)
    for item in (*reading.records, *reading.references):
        assert item.start < item.end
        assert text[item.start : item.end] == item.text
    for record in reading.records:
        assert record.id == f"{reading.document.id}:{record.start}-{record.end}"
        assert record.text.strip("\t") == record.text.strip()
    for passage in reading.passages:
        assert (passage.sentences[0][0], passage.sentences[-1][1]) == (passage.start, passage.end)
    for row in reading.rows:
        for cell in row.cells:
            assert text[cell.start : cell.end] == cell.text


def test_a_document_keeps_what_its_draft_says():
    """Metadata, text, blocks and notices are handed on unchanged."""
    draft = drafted(("paragraph", "It rose."))
    reading = read(draft)
    document = reading.document
    assert (document.id, document.file, document.source, document.sha256) == ("d", "d.txt", "/x/d.txt", "0" * 64)
    assert (document.title, document.authors, document.year) == ("A title", ("Ito K",), 2024)
    assert (document.doi, document.journal) == ("10.1000/x", "J Test")
    assert (document.text, document.blocks, reading.notices) == (draft.text, draft.blocks, draft.notices)


def test_only_paragraphs_items_and_rows_are_evidence():
    """Titles, headings, captions, footnotes, references, front and back matter give no record."""
    reading = read(
        drafted(
            ("title", "A title"),
            ("front", "Ito K, Tokyo"),
            ("heading", "Results", 1),
            ("paragraph", "It rose."),
            ("item", "1. It fell."),
            ("paragraph", "* * *"),
            ("caption", "Table 1 Things", 1),
            ("header", "miRNA\tRefs", 1),
            ("row", "miR-1\t1", 1),
            ("footnote", "miR: microRNA.", 1),
            ("back", "Funding: none."),
            ("reference", "1. Ito K. A title. Cell 2018;19:1."),
        )
    )
    assert [record.text for record in reading.records] == ["It rose.", "1. It fell.", "miR-1\t1"]
    assert [record.page for record in reading.records] == [2, 2, 2]
    assert [found.title for found in reading.references] == ["A title"]
    assert (reading.rows[0].table, reading.rows[0].caption) == ("Table 1", "Table 1 Things")


def test_a_section_is_the_path_of_headings_above():
    """A heading ends those of its own level and deeper; levels may be left out."""
    reading = read(
        drafted(
            ("paragraph", "Zero."),
            ("heading", "One", 1),
            ("heading", "Two", 3),
            ("paragraph", "Alpha."),
            ("heading", "Two and\na half", 2),
            ("paragraph", "Beta."),
            ("heading", "Three", 1),
            ("row", "miR-1\tx", 1),
        )
    )
    assert [(record.text, record.section) for record in reading.records] == [
        ("Zero.", ()),
        ("Alpha.", ("One", "Two")),
        ("Beta.", ("One", "Two and a half")),
        ("miR-1\tx", ("Three",)),
    ]


REFERENCES: tuple[Line, ...] = tuple(("reference", f"{number}. Ito K. T. Cell 2018;19:1.") for number in range(1, 6))


def test_records_name_the_entries_they_cite():
    """A marker belongs to the passage it stands in; one that names no entry is set apart, in order."""
    reading = read(
        drafted(
            ("paragraph", "It rose.[9] It fell.^[2-4] [2019]"),
            ("header", "miRNA\tTarget\tRefs", 1),
            ("row", "miR-1\tA [8]\t5, 1", 1),
            ("row", "\tB\t", 1),
            ("paragraph", "Later.[7,9]"),
            *REFERENCES,
        )
    )
    assert [record.markers for record in reading.records] == [("2", "3", "4"), ("5", "1"), (), ()]
    assert reading.unresolved == ("9", "8", "7")


def test_raised_digits_cite_only_where_there_are_no_brackets():
    """A paper has one style of markers, and a raised digit that names no entry is nothing."""
    raised = read(drafted(("paragraph", "In cells.²,³ Per patient⁹ it fell."), *REFERENCES))
    assert ([passage.markers for passage in raised.passages], raised.unresolved) == ([("2", "3")], ())
    both = read(drafted(("paragraph", "In cells.²,³ Then.[4]"), *REFERENCES))
    assert [passage.markers for passage in both.passages] == [("4",)]


def test_a_document_of_which_nothing_can_be_found_says_so():
    """Neither a passage nor a row; one of either is enough."""
    notice = read(drafted(("front", "Ada Ito, Quay 7"), ("reference", "1. Ito A. Lamps."))).notices[-1]
    assert notice.startswith("Nothing in it can be found, since no passage and no table row came of it; ")
    assert read(drafted(("paragraph", "It rose."))).notices == ("Read as UTF-8.",)
    assert read(drafted(("header", "Boat\tLamp", 1), ("row", "Alba\tred", 1))).notices == ("Read as UTF-8.",)


def test_rows_longer_than_the_header_are_noticed():
    """A ragged table is kept whole, and the user is told."""
    reading = read(drafted(("header", "miRNA\tTarget", 1), ("row", "miR-1\tA\tmore", 1), ("row", "miR-2", 1)))
    assert reading.notices[1:] == (
        "Table 1: 1 row has more cells than the header; the cells beyond it were kept without a name.",
    )


def test_a_draft_of_nothing_is_a_reading_of_nothing():
    """A document may hold no evidence at all."""
    reading = read(Draft("", (), "empty.txt"))
    assert (reading.records, reading.references, reading.unresolved) == ((), (), ())


def test_a_file_is_read_hashed_and_named():
    """The hash is that of the bytes, and the file's name loses its folders."""
    data = "# A title\n\nIt rose in α cells.\n".encode()
    reading = read_document("some/where/a.md", data, document_id="a", source="upload:a.md")
    assert reading.document.sha256 == hashlib.sha256(data).hexdigest()
    assert (reading.document.file, reading.document.id, reading.document.source) == ("a.md", "a", "upload:a.md")
    assert [passage.text for passage in reading.passages] == ["It rose in α cells."]
    check_spans(reading)


KINDS: list[BlockKind] = ["heading", "paragraph", "item", "caption", "header", "row", "footnote", "reference", "back"]
WORDS = st.lists(
    st.sampled_from(
        [*".\t\t \u00a0α", ". ", "[1]", "^[2-4]", "[99]", "²", "miR-21 ", "The cell ", "(", "[", "1. ", "x" * 200]
    ),
    min_size=1,
    max_size=25,
).map("".join)


@given(st.lists(st.tuples(st.sampled_from(KINDS), WORDS, st.integers(1, 3)), max_size=15))
def test_every_record_of_any_draft_is_its_text(lines):
    """Whatever a reader drafts, what is cited is what stands there, and all that may be cited is there."""
    draft = drafted(*lines)
    reading = read(draft)
    check_spans(reading)
    assert len(reading.references) == sum(block.kind == "reference" for block in draft.blocks)
    assert len(reading.rows) == sum(block.kind == "row" for block in draft.blocks)
    evidence = "".join(
        draft.text[block.start : block.end] for block in draft.blocks if block.kind in ("paragraph", "item")
    )
    kept = sum(map(str.isalnum, evidence))
    assert sum(sum(map(str.isalnum, passage.text)) for passage in reading.passages) == kept


def real(reviews: dict[str, Path], name: str) -> Reading:
    path = reviews[name]
    return read_document(path.name, path.read_bytes(), document_id=name, source=str(path))


@pytest.mark.parametrize(("name", "rows", "references"), [("tahan", 59, 108), ("camci", 0, 65)])
def test_the_real_reviews_are_read_whole(reviews, name, rows, references):
    """Every record of both is its text, every marker names an entry, and no row or entry is missing."""
    reading = real(reviews, name)
    check_spans(reading)
    assert (len(reading.rows), len(reading.references), reading.unresolved) == (rows, references, ())
    assert all(1 <= len(passage.sentences) <= 3 and len(passage.text) <= 900 for passage in reading.passages)
    assert all(passage.section for passage in reading.passages)


def test_every_entry_of_the_real_reviews_is_cited(reviews):
    """No marker is lost: all entries are cited but the one whose marker the file itself has lost from the table."""
    for name, uncited in (("tahan", {"95"}), ("camci", set())):
        reading = real(reviews, name)
        cited = {marker for record in reading.records for marker in record.markers}
        assert {found.marker for found in reading.references} - cited == uncited


def test_the_real_table_is_one_table_with_what_it_carries(reviews):
    """Rows go on over its pages under one header; merged cells are carried down and marked, no more."""
    reading = real(reviews, "tahan")
    assert {row.table for row in reading.rows} == {"Table 1"}
    assert [row.number for row in reading.rows] == list(range(1, 60))
    assert {len(row.cells) for row in reading.rows} == {7}
    assert {row.cells[6].header for row in reading.rows} == {"Refs"}
    assert all(len(row.markers) == 1 for row in reading.rows if row.number not in (1, 33))
    assert (reading.rows[0].markers, reading.rows[32].markers) == (("56", "57"), ("38", "94"))
    eighth = reading.rows[7]
    assert [cell.carried for cell in eighth.cells] == [True, True, False, False, False, False, False]
    assert [cell.text for cell in eighth.cells[:3]] == ["miR-155 & miR-155-5p", "Breast cancer", "Tumor cells"]
    # Printed with its miRNA five rows late: the cell that is empty after an own one is left so.
    assert [cell.text for cell in reading.rows[10].cells[:2]] == ["miR-21", ""]
    assert sum(cell.carried for row in reading.rows for cell in row.cells) == 51


def test_tables_of_a_document_are_read_once():
    """Two tables are told apart by the number of their blocks, though rows of one stand between the other's."""
    draft = drafted(("row", "a\tb", 2), ("row", "c\td", 1), ("row", "\te", 2))
    assert [[row.number for row in table.rows] for table in read_tables(draft.text, draft.blocks)] == [[1], [1, 2]]
    assert [(row.table, row.number, row.cells[0].text) for row in read(draft).rows] == [
        ("Table 2", 1, "a"),
        ("Table 1", 1, "c"),
        ("Table 2", 2, "a"),
    ]
