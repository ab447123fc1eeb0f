"""Halves of words and sentences."""

import pytest

from corpus.joining import goes_on, is_open, join_all, joined, words_of


@pytest.mark.parametrize(
    "text",
    [
        "cells in",
        "a factor,",
        "both responses;",
        "as shown by Wang et al.[48]",
        "(see e.g.",
        "factor-1",
        "shown [8]",
        "in-",
    ],
)
def test_a_broken_off_text_is_open(text):
    """Without final punctuation, or with the point of an abbreviation, more must follow."""
    assert is_open(text)


@pytest.mark.parametrize(
    "text",
    [
        "It fell.",
        "It fell.[8]",
        "It fell. [8,9]",
        "It fell.^[8]",
        "It fell.¹²",
        "It “fell.”",
        "So:",
        "It fell.12,13",
        "why?",
    ],
)
def test_a_finished_text_is_not_open(text):
    """A marker after the full stop, in any style, does not open it again."""
    assert not is_open(text)


def test_what_begins_in_lower_case_or_with_a_bracket_goes_on():
    """A capital goes on only where the first half needs another word."""
    assert goes_on("linked to", "the onset")
    assert goes_on("factor-1", "(HIF-1) rose")
    assert goes_on("secreted by", "HUVEC cells")
    assert not goes_on("a short line", "Another line")


def test_a_parted_word_is_put_together():
    """The hyphen of a line end goes, and the blank with it."""
    assert joined("activities in-", "cluding growth", words_of("including")) == "activities including growth"
    assert joined("angio-", "genesis", words_of("")) == "angiogenesis"


def test_a_hyphen_of_its_own_stays():
    """A word known with its hyphen keeps it, as do two known words, a number and a Greek letter."""
    assert joined("a pre-", "metastatic niche", words_of("the pre-metastatic")) == "a pre-metastatic niche"
    assert joined("tumor-", "derived", words_of("tumor and derived, tumor and derived")) == "tumor-derived"
    assert joined("miR-", "21 rose", words_of("")) == "miR-21 rose"
    assert joined("TGF-", "β rose", words_of("")) == "TGF-β rose"
    assert joined("a dash -", "then", words_of("")) == "a dash - then"


def test_a_name_in_capitals_that_the_text_has_whole_is_put_together():
    """Where it is known with the hyphen, or not at all, the hyphen stays: near names are never made equal."""
    assert joined("the miR-", "NAs rose", words_of("many miRNAs")) == "the miRNAs rose"
    assert joined("cells (MD-", "SCs) rose", words_of("MDSCs")) == "cells (MDSCs) rose"
    assert joined("the PD-", "LA rose", words_of("PDLA and PD-LA")) == "the PD-LA rose"
    assert joined("the PD-", "LA rose", words_of("")) == "the PD-LA rose"


def test_the_last_of_several_tied_words_is_put_together():
    """Unless its first half is a word of its own."""
    assert joined("protease-acti-", "vated", words_of("activated")) == "protease-activated"
    assert joined("receptor-posi-", "tive", words_of("")) == "receptor-positive"
    assert joined("state-of-", "the-art", words_of("of the of the")) == "state-of-the-art"
    assert joined("the α-", "smooth", words_of("")) == "the α-smooth"


def test_many_pieces_become_one_line():
    """Each joins to the one before; blank pieces vanish."""
    assert join_all(["one in-", "  ", "cluding", "PI3K/", "AKT"], words_of("including")) == "one including PI3K/AKT"
