"""Every record that names something else is found by its words, whatever it calls it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.abbreviations import find_abbreviations, find_glossary
from index.concepts import Abbreviations
from index.glossary import Changed
from index.renaming import renamed
from index.tokens import words
from index.words import WordIndex

DEFINITIONS = (
    "Gulls fear hepatocellular carcinoma (HCC).",
    "Gulls like hollow coastal cliffs (HCC).",
    "The tumour necrosis factor alpha (TNF-α) warms them.",
    "A zonula occludens 1 (ZO-1) holds.",
    "Early studies of metastases (ESM) failed.",
    "They use transforming growth factor β1 (TGFβ1) there.",
    "The microRNA response element (MRE) is short.",
    "A mi-RNA response element (MIRE) is too.",
    "An exo-miR response element (EMRE) is not.",
    "An all trans retinoic acid (ATRA) cure.",
    "They measured interleukin-6 (IL-6) twice.",
    "The tumour marker 2 (TM2) rose.",
    "The human eider receptor (HER) is shy.",
    "A myocardial infarction (MI) is rare.",
    "Human serum albumin (HSA) is not.",
    "Abbreviations: ZO-1: Zonula occludens; TJP1: Tight junction protein 1 (another name for ZO-1)",
    "Abbreviations: HCC: hepatocellular carcinoma; ZO-1: Zonula occludens 1 (another name for HCC)",
)
NAMES = (
    "HCC", "HCCs", "hepatocellular carcinomas", "Hepatocellular Carcinoma", "hollow coastal cliff", "TNF-alpha", "TNFα",
    "tumor necrosis factor α", "ZO 1", "ZO1", "ZO-1", "zonula occludens-1", "early study of metastasis", "ESM",
    "transforming growth factor beta 1", "TGFβ1", "TGF-β1", "TGF-beta1", "MRE", "microRNA response elements",
    "miRNA response element", "mi-RNA response elements", "exo-miR response element", "ATRA",
    "TJP1", "tight junction protein 1",
    "all-trans-retinoic acid", "miR-21", "the the", "interleukin6", "interleukin 6", "Interleukins-6", "IL6", "IL-6",
    "tumour marker 2", "tumor markers2", "TM-2", "HER", "HERs", "her", "MI", "MI-RNA-21", "HSA", "HSA-mir-21", "-",
    "microRNA-21", "HSA-miR-21",
)  # fmt: skip


def abbreviations(told: list[str]) -> Abbreviations:
    """What these documents define, each by its number."""
    ways = [find_glossary if text.startswith("Abbreviations:") else find_abbreviations for text in told]
    return Abbreviations.of({str(place): ways[place](text) for place, text in enumerate(told)})


def difference(old: Abbreviations, new: Abbreviations) -> Changed:
    """What changes from one to the other, where any of four documents may have come or gone."""
    return new.glossary.changed(old.glossary, "0123")


def index_of(told: list[str]) -> WordIndex:
    """The words of these texts."""
    return WordIndex.build([words(text) for text in told])


def reading(told: list[str]) -> Callable[[str], list[int]]:
    """Finds those of these texts that hold some letters in a row."""
    return lambda letters: [place for place, text in enumerate(told) if letters in text]


some = st.lists(st.sampled_from(DEFINITIONS), max_size=4)
texts = st.lists(
    st.lists(st.sampled_from((*NAMES, "and", "of", "2")), max_size=4).map(" ".join), min_size=1, max_size=6
)


@given(some, some, texts)
def test_no_text_that_names_something_else_is_overlooked(before, after, told):
    """Of a document that defines nothing itself, as of one that does, once its own definitions are compared."""
    old, new = abbreviations(before), abbreviations(after)
    changed = difference(old, new)
    found = set(renamed(changed, index_of(told), reading(told)).tolist())
    for place, text in enumerate(told):
        if new.concepts(text) != old.concepts(text):
            assert place in found, text
        for document in ("0", "1")[: len(after)]:
            own = document in changed.documents
            if not own and place not in found:
                assert new.concepts(text, document) == old.concepts(text, document)


@pytest.mark.parametrize(
    ("definition", "texts", "expected"),
    [
        (DEFINITIONS[0], ["HCC", "a carcinoma", "hepatocellular carcinomas", "HCC1", "kites"], [0, 2]),
        (DEFINITIONS[3], ["ZO1 holds", "ZO 1", "ZO-2", "zonula", "zonula occludens1"], [0, 1, 4]),
        (DEFINITIONS[6], ["kites", "an element in response to miR-21", "no element of miR-21", "MRE"], [1, 3]),
        (DEFINITIONS[10], ["interleukin6 rose", "interleukin-6", "interleukin-8", "IL-6", "IL6", "IL-8"], [0, 1, 3, 4]),
        (DEFINITIONS[11], ["tumor marker2", "tumours", "marker 2 of a tumour", "TM2"], [0, 2, 3]),
        (DEFINITIONS[12], ["her kite", "HER", "MOTHERS"], [1, 2]),
    ],
)
def test_what_does_not_hold_its_words_is_left_alone(definition, texts, expected):
    """By chance some hold them all; a microRNA's name may hide some, and letters of no word are read for."""
    changed = difference(abbreviations([]), abbreviations([definition]))
    assert renamed(changed, index_of(texts), reading(texts)).tolist() == expected


def test_where_nothing_has_changed_nothing_is_found():
    """The same definitions by other documents change no name."""
    changed = difference(abbreviations([DEFINITIONS[0], DEFINITIONS[0]]), abbreviations([DEFINITIONS[0]]))
    assert renamed(changed, index_of(["HCC"]), reading(["HCC"])).tolist() == []
