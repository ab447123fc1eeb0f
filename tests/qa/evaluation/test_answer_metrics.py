from __future__ import annotations

import pytest

from corpus.records import Reference
from qa.evaluation.answer_metrics import (
    DEFINITIONS,
    LOWER_IS_BETTER,
    Said,
    count_words,
    covered,
    covered_by_each,
    redundancy,
    repeats,
    share,
)
from qa.evaluation.judgments import Nugget

ITO = Reference("d", "1", 0, 1, "1. Ito", authors=("Ito A",), year=2019)
CITED = {"d:0-9": (ITO,), "d:9-20": ()}


def nugget(*terms: str, study: str | None = None) -> Nugget:
    """A fact that answers."""
    return Nugget(terms, study, 2)


def test_a_fact_is_said_by_the_sentences_on_one_piece_of_evidence_together():
    """miR-21 in one sentence and KRIT1 in the next, both on d:0-9."""
    said = [Said("miR-21 goes ashore.", ("d:0-9",)), Said("There KRIT1 falls.", ("d:0-9",))]
    assert covered([nugget("miR-21", "KRIT1")], said, CITED) == {0}
    assert covered_by_each([nugget("miR-21", "KRIT1")], said, CITED) == [set(), set()]


def test_a_fact_is_not_pieced_together_from_two_pieces_of_evidence():
    """One says miR-21, the other KRIT1: neither says that they belong together."""
    said = [Said("miR-21 goes ashore.", ("d:0-9",)), Said("There KRIT1 falls.", ("d:9-20",))]
    assert covered([nugget("miR-21", "KRIT1")], said, CITED) == set()


def test_no_term_reaches_from_one_sentence_into_the_next():
    """One ends with "tight", the next begins with "junction"."""
    said = [Said("miR-21 holds tight", ("d:0-9",)), Said("junction of the bay", ("d:0-9",))]
    assert covered([nugget("tight junction"), nugget("miR-21")], said, CITED) == {1}


def test_a_fact_needs_its_study():
    """Only d:0-9 cites Ito 2019; a sentence that stands on both is borne out by the one that does."""
    fact = [nugget("KRIT1", study="Ito 2019")]
    assert covered(fact, [Said("KRIT1 falls.", ("d:9-20",))], CITED) == set()
    assert covered(fact, [Said("KRIT1 falls.", ("d:9-20", "d:0-9"))], CITED) == {0}


def test_near_names_say_other_facts():
    """What is said of miR-210 is not said of miR-21."""
    assert covered([nugget("miR-21", "KRIT1")], [Said("miR-210 silences KRIT1.", ("d:0-9",))], CITED) == set()


def test_what_stands_on_nothing_says_no_fact():
    """As a flagged sentence does."""
    assert covered([nugget("KRIT1")], [Said("KRIT1 falls.", ())], CITED) == set()


def test_a_share_of_nothing_is_none():
    """Two of the three; and of no facts there is no share."""
    assert share({0, 2, 7}, {0, 1, 2}) == pytest.approx(2 / 3)
    assert share(set(), {0}) == 0.0
    assert share({0}, set()) is None


def test_redundancy_by_hand():
    """Of a, b, c the words a (1) and b (2) of 6 were said, then of c, d nothing but c (3 of 7): (1/2 + 3/7) / 2."""
    weight = {"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}.__getitem__
    assert redundancy([["a", "b"], ["a", "b", "c", "c"], ["c", "d"]], weight) == pytest.approx((1 / 2 + 3 / 7) / 2)


def test_the_same_again_is_all_redundant_and_something_new_not_at_all():
    """1 and 0; a sentence without words repeats nothing; of a single sentence there is no saying."""
    assert redundancy([["a", "b"], ["b", "a"]], lambda _: 0.5) == 1.0
    assert redundancy([["a"], ["b"], []], lambda _: 0.5) == 0.0
    assert redundancy([["a"]], lambda _: 0.5) is None
    assert redundancy([], lambda _: 0.5) is None


def test_repeats_by_hand():
    """Of three sentences that say a fact the second says only the first's again; one without a fact does not count."""
    assert repeats([{0}, set(), {0}, {0, 1}]) == pytest.approx(1 / 3)
    assert repeats([set(), set()]) is None


def test_words_are_counted_as_a_reader_does():
    """Dashes and bars are none; what hyphens tie together is one."""
    assert count_words("4 findings on miR-21", "cargo: PTEN – lost; | 2") == 8


def test_every_figure_of_which_lower_is_better_is_defined_and_says_so():
    """A reader of the list learns which way is up."""
    assert LOWER_IS_BETTER - {"words"} == {name for name, text in DEFINITIONS.items() if "lower is better" in text}
