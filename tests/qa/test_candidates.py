from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa.candidates import candidates, row_sentence, said_cells, tell
from qa.results import Place
from tests.qa.pieces import cited, piece, row


def test_a_passage_is_its_sentences_each_at_its_place():
    """In characters of the document, not of the passage."""
    one, two = candidates([piece(1, "Tides rise. Gulls sleep.", start=100)])
    assert (one.text, one.places, one.start) == ("Tides rise.", (Place("kelp", 100, 111),), 100)
    assert (two.text, two.places, two.start) == ("Gulls sleep.", (Place("kelp", 112, 124),), 112)


def test_a_row_is_one_sentence_with_a_place_for_each_cell_that_is_told():
    """Empty cells have none."""
    (told,) = candidates([row(1, miRNA="miR-21", Target="–", Effect="drift")])
    assert told.text == "miRNA: miR-21; Effect: drift"
    assert told.places == (Place("kelp", 0, 6), Place("kelp", 9, 14))


def test_the_number_and_the_year_of_a_cited_study_are_left_to_its_citation():
    """Where the row cites none, they are said: nothing else would tell them."""
    cells = {"miRNA": "miR-21", "Year": "2018", "Refs": "[20]"}
    assert [cell.text for cell in said_cells(row(1, (cited("20"),), **cells))] == ["miR-21"]
    assert [cell.text for cell in said_cells(row(1, **cells))] == ["miR-21", "2018", "[20]"]
    assert row_sentence(row(1, (cited("20"),), **cells)) == "miRNA: miR-21; Year: 2018; Refs: [20]"


def test_what_has_no_word_but_names_and_numbers_is_no_candidate():
    """Cells of a table that was read as text; nor what announces a list. A short sentence is one."""
    said = candidates(
        [piece(1, "miR-1290 2.1 0.002"), piece(4, "Gulls eat:"), piece(2, "miR-21 ↑ PTEN."), piece(3, "miR-21 rises.")]
    )
    assert [one.text for one in said] == ["miR-21 rises."]


def test_rows_that_may_be_false_are_no_candidates():
    """Contradicted by their study, slid, or two run together; a cell that was carried down is no such reason."""
    for caution, count in (("contradicted", 0), ("merged", 0), ("slid", 0), ("unverified", 1)):
        assert len(candidates([row(1, caution=caution, miRNA="miR-21")])) == count


def test_a_sentence_follows_the_one_before_it_wherever_that_was_found():
    """In the same evidence, or in evidence that ends where its own begins; never in another paper."""
    first, second, third = candidates([piece(1, "Gulls sleep. They dream.", start=12), piece(2, "Tides rise.")])
    assert (first.before, second.before, third.before) == (third, first, None)
    assert candidates([piece(1, "Gulls sleep.", start=50), piece(2, "Tides rise.")])[0].before is None


def test_what_points_back_is_told_from_what_stands_by_itself():
    """By how it begins."""
    backward = (
        "This, in turn, raises AKT.",
        "It silences PTEN.",
        "Moreover, these cells migrate.",
        "Similarly, miR-9 acts.",
    )
    alone = ("Thistles rise.", "Moreover, miR-21 silences PTEN.", "Italian gulls sleep.")
    assert all(tell(text).back for text in backward)
    assert not any(tell(text).back for text in alone)


def test_what_a_sentence_names_is_told_apart_by_kind():
    """Molecules without arms, genes folded, cancers apart from organs."""
    told = tell("Exosomal miR-21-5p lowers ZO-1 and p53 in gastric cancer that spreads to the liver [30,31].")
    assert told.molecules == {"miR-21"}
    assert "zo1" in told.genes
    assert (told.cancers, told.organs) == ({"stomach"}, {"stomach", "liver"})
    assert told.markers == {"30", "31"}


@given(st.lists(st.text(alphabet="aB1. -\n[]", min_size=1, max_size=30).filter(str.strip), min_size=1, max_size=4))
def test_every_sentence_is_the_very_characters_of_its_place(texts: list[str]):
    """Whatever the text."""
    document = "\n".join(texts)
    start, found = 0, []
    for rank, text in enumerate(texts, start=1):
        found.append(piece(rank, text, start=start))
        start += len(text) + 1
    for one in candidates(found):
        (place,) = one.places
        assert document[place.start : place.end] == one.text
