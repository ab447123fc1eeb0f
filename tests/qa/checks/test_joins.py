"""Two true things are not taken for one, nor a cause for what it brings about."""

from __future__ import annotations

import pytest

from qa.checks import check_sentence
from qa.checks.joins import caused, pairs
from qa.checks.terms import find_terms
from tests.qa.checks.conftest import piece


@pytest.mark.parametrize(
    "text",
    [
        "It silences KLF2, so that PTEN falls.",
        "By silencing KLF2, miR-25 lowers PTEN.",
        "PTEN falls because KLF2 is lost.",
        "It lowers KLF2 and thereby weakens PTEN.",
    ],
)
def test_a_cause_is_known_from_what_it_brings_about(text: str) -> None:
    """Whichever stands first."""
    assert caused(find_terms(text)) == {("klf2", "pten")}


def test_two_facts_of_two_papers_are_not_joined_into_one() -> None:
    """Each may be told; that the one brings about the other may not."""
    evidence = [piece("miR-21 lowers PTEN.", rank=1), piece("miR-21 lowers KRIT1.", rank=2)]
    assert check_sentence("miR-21 lowers PTEN and KRIT1.", evidence) == ()
    assert check_sentence("miR-21 lowers PTEN and thereby KRIT1.", evidence)


def test_a_cause_and_its_effect_are_not_exchanged() -> None:
    """What falls because another is silenced is no target."""
    evidence = [piece("miR-25 silences KLF2, so that occludin and PTEN fall.")]
    assert check_sentence("miR-25 silences KLF2, and so PTEN falls.", evidence) == ()
    assert check_sentence("miR-25 silences PTEN, so that KLF2 falls.", evidence)
    assert check_sentence("miR-25 targets PTEN.", evidence)


def test_respectively_pairs_two_lists() -> None:
    """The first with the first, of the last two lists that are as long."""
    told = find_terms("KLF2 and PTEN act in the lung and the liver, respectively.")
    assert pairs(told) == (("klf2", "site:lung"), ("pten", "site:liver"))
    assert pairs(find_terms("KLF2 and PTEN act in the lung and the liver.")) == ()


def test_what_is_paired_must_be_paired_by_the_evidence() -> None:
    """Exchanged, or only told of together, it is not."""
    apart = [piece("miR-9 targets PTEN, whereas miR-155 targets KLF2.")]
    assert check_sentence("miR-9 and miR-155 target PTEN and KLF2, respectively.", apart) == ()
    assert check_sentence("miR-9 and miR-155 target KLF2 and PTEN, respectively.", apart)
    together = [piece("miR-9 and miR-155 target PTEN and KLF2.")]
    assert check_sentence("miR-9 and miR-155 target PTEN and KLF2, respectively.", together)
