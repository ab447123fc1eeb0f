from __future__ import annotations

from dataclasses import replace

import pytest

from index.tokens import words
from index.words import WordIndex
from qa.answering.facets import asking
from qa.answering.lead import counted, lead_line, studies_of
from qa.candidates import candidates
from qa.reading.question import read_question
from qa.results import AlsoCard, Evidence
from tests.qa.pieces import KELP, cited, piece, row

FOAM = replace(KELP, id="foam")


def line(question: str, *found: Evidence) -> str:
    """The lead of an answer that says all of this evidence."""
    read = read_question(question)
    known = WordIndex.build([words(each.text) for each in found])
    return lead_line(read, asking(read, known), candidates(found), {each.rank: each for each in found})


def test_the_lead_counts_what_the_sentences_stand_on():
    """Papers once each; a study once, though two papers cite it; none of evidence that is not said."""
    shared = cited("4", also=(AlsoCard("foam", "Foam", "Foam", "7"),))
    again = cited("7", also=(AlsoCard("kelp", "Kelp", "Kelp", "4"),))
    found = (
        piece(1, "In colorectal cancer miR-21 lowers PTEN [4].", cites=(shared,)),
        piece(2, "In colon cancer miR-21 lowers KRIT1 [5].", cites=(cited("5"),), start=90),
        piece(3, "In bowel cancer miR-21 binds [7].", document=FOAM, cites=(again,)),
    )
    told = line("how does miR-21 act in colorectal cancer", *found)
    assert told == "3 findings on miR-21 in colorectal cancer, from 2 papers and 2 primary studies."


def test_one_of_each_is_said_in_the_singular():
    """And no study where none is cited."""
    found = piece(1, "In colon cancer miR-21 lowers PTEN [4].", cites=(cited("4"),))
    assert line("miR-21 in colon cancer", found) == (
        "1 finding on miR-21 in colorectal cancer, from 1 paper and 1 primary study."
    )
    assert line("what does PTEN do", piece(1, "Tides carry PTEN.")) == "1 finding on PTEN, from 1 paper."


def test_a_cancer_is_told_of_the_sentences_that_are_on_it():
    """By their own words; where they name none, by the heading above or the title of what they cite."""
    named, other = piece(1, "In gastric cancer miR-21 acts."), piece(2, "In melanoma miR-21 acts.", start=50)
    assert ", 1 of them in stomach cancer, from" in line("miR-21 in gastric cancer", named, other)
    assert line("miR-21 in gastric cancer", other) == "1 finding on miR-21, not in stomach cancer, from 1 paper."
    headed = piece(1, "Here miR-21 acts.", section="Gastric cancer")
    titled = piece(1, "Here miR-21 acts [4].", cites=(cited("4", "miR-21 in gastric cancer."),))
    for one in (headed, titled):
        assert line("miR-21 in gastric cancer", one).startswith("1 finding on miR-21 in stomach cancer, from")


def test_a_cancer_asked_about_that_no_sentence_is_on_is_said_to_be_missing():
    """It is never told as where the others were found."""
    named, other = piece(1, "In gastric cancer miR-21 acts."), piece(2, "Here miR-21 acts.", start=50)
    told = line("miR-21 in gastric cancer and thyroid cancer", named)
    assert told == "1 finding on miR-21 in stomach cancer (none in thyroid cancer), from 1 paper."
    told = line("miR-21 in gastric cancer, melanoma and thyroid cancer", named, other)
    assert ", 1 of them in stomach cancer (none in skin cancer and thyroid cancer), from" in told
    told = line("miR-21 in gastric cancer and thyroid cancer", other)
    assert told == "1 finding on miR-21, not in stomach cancer and thyroid cancer, from 1 paper."


def test_a_molecule_asked_about_that_no_sentence_names_is_said_to_be_missing():
    """Near names are two: miR-210 is not found by miR-21."""
    told = line("compare miR-21 and miR-210", piece(1, "Tides carry miR-21."))
    assert told == "1 finding on miR-21 (none on miR-210), from 1 paper."


def test_where_molecules_are_asked_for_they_are_counted():
    """Each molecule once, whichever its arm."""
    found = (piece(1, "miR-21-5p and miR-9 target PTEN."), piece(2, "miR-21 targets PTEN.", start=60))
    assert line("which miRNAs target PTEN", *found) == "2 findings on PTEN, naming 2 microRNAs, from 1 paper."


def test_what_is_asked_to_lower_a_thing_and_is_not_said_to_is_told():
    """A list of what promotes metastasis is no answer to what inhibits it."""
    up, down = piece(1, "miR-21 promotes metastasis."), piece(2, "miR-9 suppresses metastasis.", start=60)
    told = line("which miRNAs inhibit metastasis", up)
    assert " naming 1 microRNA (none of them plainly said to lower metastasis), from" in told
    assert "plainly" not in line("which miRNAs inhibit metastasis", up, down)
    assert "plainly" not in line("which miRNAs promote metastasis", up)


def test_a_sentence_stands_on_the_studies_it_cites_itself():
    """Not on those of its neighbours; where nothing is cited by number, on all that its evidence cites."""
    both = (cited("4"), cited("5"))
    evidence = piece(1, "Tides rise [4]. Gulls sleep. Foam drifts [5].", cites=both)
    first, second, third = candidates([evidence])
    studies = [studies_of(one, evidence) for one in (first, second, third)]
    assert studies == [{("kelp", "4")}, set(), {("kelp", "5")}]
    unnumbered = piece(1, "Tides rise (Ito, 2019).", cites=both)
    assert studies_of(candidates([unnumbered])[0], unnumbered) == {("kelp", "4"), ("kelp", "5")}
    told = row(1, both, miRNA="miR-21")
    assert studies_of(candidates([told])[0], told) == {("kelp", "4"), ("kelp", "5")}


@pytest.mark.parametrize(("count", "told"), [(0, "no study"), (1, "1 study"), (2, "2 studies")])
def test_things_are_counted_in_words(count: int, told: str):
    """A plural of its own where adding s would be wrong."""
    assert counted(count, "study", "studies") == told
