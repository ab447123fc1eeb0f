from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.names import find_names
from index.tokens import words
from index.words import WordIndex
from qa.answering.facets import asking
from qa.answering.selection import choose
from qa.candidates import candidates
from qa.reading.question import read_question
from qa.results import Evidence
from tests.qa.pieces import cited, piece, row


def chosen(
    question: str, *found: Evidence, most: int = 6, limits: str = "", cancers: frozenset[str] = frozenset()
) -> list[str]:
    """The texts of what is chosen, sorted by rank, of a library that holds this evidence and no more."""
    known = WordIndex.build([words(each.text) for each in found])
    asked = asking(read_question(question), known, cancers)
    said = choose(asked, candidates(found), found, most, find_names(limits))
    return [one.text for one in sorted(said, key=lambda one: (one.rank, one.start))]


def pieces(*texts: str) -> Sequence[Evidence]:
    """Passages of these texts, each far from the others."""
    return [piece(rank, text, start=1000 * rank) for rank, text in enumerate(texts, start=1)]


def test_each_molecule_that_was_asked_for_has_its_sentence():
    """One that names none of its own says nothing."""
    told = pieces("Foam: miR-21 targets PTEN.", "In kelp miR-9 targets PTEN.", "Many molecules target PTEN in gulls.")
    assert chosen("which miRNAs target PTEN", *told) == [told[0].text, told[1].text]


def test_a_narrow_question_has_one_answer():
    """What holds a small share of what the best holds is left out, though it is evidence."""
    told = pieces("miR-21 silences FBXW7 and MOAP1 in kelp.", "miR-9 drifts in kelp.")
    assert chosen("Which microRNA silences FBXW7 and MOAP1?", *told) == [told[0].text]


def test_where_a_gene_is_asked_about_every_sentence_names_it():
    """Not one that shares only its other words; all are taken where none names the gene."""
    told = pieces("In kelp miR-21 targets PTEN.", "In kelp miR-9 targets KRIT1.", "In kelp miR-7 targets FBXW7.")
    assert chosen("which miRNAs target PTEN in kelp", *told) == [told[0].text]
    assert chosen("which miRNAs target SOCS1 in kelp", *told) == [one.text for one in told]


def test_where_what_lowers_a_thing_is_asked_for_what_raises_it_is_no_answer():
    """Nor what merely goes with it; where none is plainly said to lower it, there is nothing to tell them apart by."""
    up, down = pieces("In kelp miR-21 promotes metastasis.", "In kelp miR-9 suppresses metastasis.")
    assert chosen("which miRNAs inhibit metastasis in kelp", up, down) == [down.text]
    assert chosen("which miRNAs inhibit metastasis in kelp", up) == [up.text]
    assert chosen("which miRNAs promote metastasis in kelp", up) == [up.text]


def test_what_stands_beside_a_sentence_on_the_molecule_is_not_on_it():
    """It must point back to it."""
    told = piece(1, "Kelp holds miR-21. MicroRNAs drown PTEN in foam.")
    assert chosen("how does miR-21 drown PTEN in foam", told) == ["Kelp holds miR-21."]


def test_of_two_that_say_the_same_the_whole_sentence_is_chosen():
    """One that begins amid a sentence is the last resort, though it ranks first."""
    broken, whole = pieces("of gulls that miR-21 drowns PTEN in foam.", "In gulls miR-21 drowns PTEN in foam.")
    assert chosen("how does miR-21 drown PTEN in foam", broken, whole, most=1) == [whole.text]
    assert chosen("how does miR-21 drown PTEN in foam", broken) == [broken.text]


def test_what_adds_a_part_is_chosen_before_what_repeats_one():
    """Of two more sentences the one on the other half of the question, though it ranks lower."""
    told = pieces(
        "miR-21 lowers PTEN in gulls.", "In gulls miR-21 lowers PTEN.", "miR-21 opens tight junctions in kelp."
    )
    assert chosen("what does miR-21 do in gulls and in kelp", *told, most=2) == [told[0].text, told[2].text]


def test_the_same_study_told_again_counts_less_than_another():
    """Both say the same beside that; the price of a longer answer is paid for the other study alone."""
    first, again, other = pieces("miR-21 lowers PTEN [4].", "PTEN: miR-21 lowers [4].", "PTEN: miR-21 lowers [5].")
    same, new = replace(again, references=(cited("4"),)), replace(other, references=(cited("5", "Another."),))
    first = replace(first, references=(cited("4"),))
    assert chosen("how does miR-21 lower PTEN", first, same, new, most=2) == [first.text, new.text]


def test_a_sentence_on_another_molecule_is_never_said():
    """Not even where it goes on from one on the molecule asked about."""
    told = piece(1, "Kelp holds miR-21. This drowns miR-210 in foam.")
    assert chosen("how does miR-21 drown in foam", told) == ["Kelp holds miR-21."]


def test_a_sentence_that_goes_on_brings_the_one_that_names_the_molecule():
    """Where there is room for both; where not, it is left out."""
    told = piece(1, "Kelp holds miR-21. This drowns PTEN in foam.")
    assert chosen("how does miR-21 drown PTEN in foam", told) == ["Kelp holds miR-21.", "This drowns PTEN in foam."]
    assert chosen("how does miR-21 in kelp drown PTEN in foam", told, most=1) == ["Kelp holds miR-21."]


def test_what_a_search_was_limited_to_limits_what_is_said():
    """A question that names no molecule, and a limit that does."""
    told = pieces("Foam carries miR-21.", "Foam carries miR-210.", "Foam carries gulls.")
    assert chosen("what does foam carry", *told, limits="miR-21") == [told[0].text, told[2].text]


def test_what_a_search_was_limited_to_the_cancer_of_is_said():
    """What names another is not; what names none may be, where its evidence is on that cancer."""
    told = (
        piece(1, "miR-21 wakes liver cancer by night.", start=1000),
        piece(2, "miR-9 wakes lung cancer. Foam wakes miR-7 too.", start=2000),
    )
    assert chosen("which miRNAs wake", *told, cancers=frozenset({"lung"})) == [
        "miR-9 wakes lung cancer.",
        "Foam wakes miR-7 too.",
    ]
    assert len(chosen("which miRNAs wake", *told)) == 3


def test_a_near_symbol_is_not_said_for_the_one_asked_about():
    """Where nothing names that; something else of another name may be."""
    near, other = pieces("miR-21 lowers VE-cadherin in foam.", "miR-9 changes the glue of foam.")
    assert chosen("which miRNA changes N-cadherin in foam", near, other) == [other.text]
    assert chosen("which miRNA changes VE-cadherin in foam", near, other) == [near.text]


def test_a_sentence_on_a_study_of_others_is_not_said_within_a_limit():
    """It names no molecule itself; the title of what it cites does. One that cites studies of both may be said."""
    told = (
        piece(1, "Foam sinks by night [1].", cites=(cited("1", "miR-210 of foam."),)),
        piece(2, "Foam rises by day [2].", cites=(cited("2", "miR-21 of foam."), cited("1", "miR-210 of foam."))),
        piece(3, "Foam stays [1,2].", cites=(cited("1", "miR-210 of foam."), cited("2", "miR-21 of foam."))),
    )
    assert chosen("what does foam do", *told, limits="miR-21") == ["Foam rises by day [2].", "Foam stays [1,2]."]
    assert chosen("what does foam do", *told)[0] == "Foam sinks by night [1]."


def test_a_row_with_slid_cells_gives_way_to_a_sentence():
    """Equal in all else."""
    slid = row(1, caution="unverified", Kelp="miR-21 lowers PTEN")
    told = piece(2, "Kelp: miR-21 lowers PTEN", start=50)
    assert chosen("does miR-21 lower PTEN in kelp", slid, told, most=1) == [told.text]


def test_no_evidence_gives_no_sentence():
    """And no error."""
    assert chosen("what does miR-21 do") == []
