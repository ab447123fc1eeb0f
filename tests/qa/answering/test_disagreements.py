from __future__ import annotations

from qa.answering.disagreements import disagreements
from qa.candidates import candidates
from qa.reading.question import read_question
from qa.results import Disagreement, Evidence
from tests.qa.pieces import cited, piece, row

PROMOTES = piece(1, "In breast cancer miR-9 promotes invasion.")
SUPPRESSES = piece(2, "In gastric cancer miR-9 suppresses metastasis.", start=90)


def found_in(question: str, *found: Evidence, said: int = 1) -> tuple[Disagreement, ...]:
    """What disagrees where the answer says the first `said` pieces."""
    every = candidates(found)
    return disagreements(read_question(question), [one for one in every if one.rank <= said], every, found)


def test_what_promotes_here_and_suppresses_there_is_said_with_where():
    """Though only one of the two is in the answer."""
    (one,) = found_in("what does miR-9 do", PROMOTES, SUPPRESSES)
    assert one.message == "miR-9 promotes invasion in breast cancer, and suppresses metastasis in stomach cancer."
    assert one.evidence == (1, 2)


def test_near_names_never_disagree():
    """miR-9 and miR-96 are two molecules."""
    other = piece(2, "In gastric cancer miR-96 suppresses metastasis.", start=90)
    assert found_in("what do miR-9 and miR-96 do", PROMOTES, other, said=2) == ()


def test_what_is_said_of_different_things_is_no_disagreement():
    """Promoting invasion and suppressing apoptosis go together."""
    other = piece(2, "In gastric cancer miR-9 suppresses apoptosis.", start=90)
    assert found_in("what does miR-9 do", PROMOTES, other, said=2) == ()


def test_what_one_piece_says_both_ways_is_left_to_the_reader():
    """It explains itself, or was not read right."""
    both = piece(1, "In breast cancer miR-9 promotes invasion. In gastric cancer miR-9 suppresses invasion.")
    assert found_in("what does miR-9 do", both) == ()


def test_a_row_that_its_study_contradicts_is_named_beside_a_sentence_on_the_same_study():
    """And only there: a sentence on another study has nothing to do with it."""
    same = piece(1, "Tides carry miR-9 [20].", cites=(cited("20"),))
    false = row(2, (cited("20"),), caution="contradicted", miRNA="miR-96")
    (one,) = found_in("what does miR-9 do", same, false)
    assert one.message == "Table 1, row 3 tells the same study otherwise, and is not said. The row says green."
    assert one.evidence == (1, 2)
    assert found_in("what does miR-9 do", piece(1, "Tides carry miR-9 [4].", cites=(cited("4"),)), false) == ()


def test_a_row_with_any_caution_is_no_party_to_a_disagreement():
    """A cell that slid would make two studies of one accord differ."""
    slid = row(2, caution="unverified", miRNA="miR-9", Effect="Suppression of metastasis")
    assert found_in("what does miR-9 do", PROMOTES, slid) == ()
    sound = row(2, miRNA="miR-9", Effect="Suppression of metastasis")
    assert len(found_in("what does miR-9 do", PROMOTES, sound)) == 1
