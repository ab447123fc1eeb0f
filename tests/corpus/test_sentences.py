from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


WHOLE = [
    "Ozawa et al. were early.",
    "Ozawa et al.[15] were early.",
    "Ozawa et al. (2019) were early.",
    "See Fig. 1 and Figs. 2–3 for more.",
    "Refs. 4 and 5 disagree.",
    "Grown with E. coli and S. aureus overnight.",
    "It binds the 3′ UTR. of its targets.",
    "One drug, i.e. HUVEC medium, vs. none, e.g. Plain.",
    "A change of 0.5 (P < 0.05) was seen.",
    "This is no. 5 of ten.",
    "Seen by Dr. Smith alone.",
    "Approx. 30 of them died.",
    "It was shown[3] Later by others.",
    "Given in ref. [30] of that list.",
    "Given earlier (see ref. [1]).",
    "The histone H2A.Z moved.",
    "A cocktail [a. B. C] was used.",
    "1. Blocking the release (e.g., one drug).[61]",
]


@pytest.mark.parametrize("text", WHOLE)
def test_one_sentence_stays_whole(text):
    """Abbreviations, initials, numbers, brackets and list numbers end no sentence."""
    assert cut(text) == [text]


BROKEN = [
    ("It fell. miR-155 rose.", ["It fell.", "miR-155 rose."]),
    ("It fell. α-SMA rose.", ["It fell.", "α-SMA rose."]),
    ("It fell. β-catenin rose.", ["It fell.", "β-catenin rose."]),
    ("It fell. p53 rose. mTOR fell.", ["It fell.", "p53 rose.", "mTOR fell."]),
    ("It fell. c-jun rose.", ["It fell.", "c-jun rose."]),
    ("Kept at 37 °C. Then washed.", ["Kept at 37 °C.", "Then washed."]),
    ("On S. aureus. The rest.", ["On S. aureus.", "The rest."]),
    ("It spread.[1] Focusing on it.", ["It spread.[1]", "Focusing on it."]),
    ("It leaked. [30] Exosomal ones.", ["It leaked. [30]", "Exosomal ones."]),
    ("It signals.[2,3] In this.", ["It signals.[2,3]", "In this."]),
    ("It spread.^[35,36] Furthermore.", ["It spread.^[35,36]", "Furthermore."]),
    ("It spread.[16-18] miR-21 fell.", ["It spread.[16-18]", "miR-21 fell."]),
    ("It spread.[2] [3] Then.", ["It spread.[2] [3]", "Then."]),
    ("It leaked.[22] of Ozawa too.", ["It leaked.[22]", "of Ozawa too."]),
    ("As did Ozawa et al.[15] The next.", ["As did Ozawa et al.[15]", "The next."]),
    ("It fell. [4] showed why.", ["It fell.", "[4] showed why."]),
    ("It rose[75] (Table 1). Then.", ["It rose[75] (Table 1).", "Then."]),
    ("A “division of work.” In one.", ["A “division of work.”", "In one."]),
    ("Is it so? Yes, it is!", ["Is it so?", "Yes, it is!"]),
]


@pytest.mark.parametrize(("text", "expected"), BROKEN)
def test_sentences_are_told_apart(text, expected):
    """A sentence may begin with a name in lower case, and a marker after the stop belongs to the sentence before."""
    assert cut(text) == expected


def test_a_text_without_capitals_is_still_cut():
    """Where nothing has a capital, a plain word may begin a sentence."""
    assert cut("it rose. then it fell.") == ["it rose.", "then it fell."]


def test_odd_blanks_do_no_harm():
    """A no-break space between an initial and a stop, on which sentencex panics, is a blank like others."""
    assert cut("Given by A\u00a0. Then more.") == ["Given by A\u00a0.", "Then more."]
    assert cut("By\u00a0J.\u2009Doe alone.\u00a0Then\u00a0more.") == ["By\u00a0J.\u2009Doe alone.", "Then\u00a0more."]


def test_blanks_hold_no_sentence():
    """Nothing and blanks give nothing."""
    assert sentences("") == sentences(" \n\t ") == ()


WORDS = ["miR-21", "The", "fell", "A", "A.", "1.", "et al.", "e.g."]
SIGNS = [". ", "[1]", "[2, 3]", "^[4]", *".. []()?…α😀“”，。\n\u00a0"]


@given(st.lists(st.sampled_from(WORDS + SIGNS), max_size=40))
def test_spans_cover_all_that_is_not_blank(parts):
    """Spans are in order, without outer blanks, and leave out nothing but blanks."""
    text = "".join(parts)
    place = 0
    for start, end in sentences(text):
        assert start >= place
        assert not text[place:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        place = end
    assert not text[place:].strip()
