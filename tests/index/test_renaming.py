"""Every record that names something else is found by its words, whatever it calls it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.abbreviations import find_abbreviations
from index.concepts import Abbreviations
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
    "An all trans retinoic acid (ATRA) cure.",
)
NAMES = (
    "HCC", "HCCs", "hepatocellular carcinomas", "Hepatocellular Carcinoma", "hollow coastal cliff", "TNF-alpha", "TNFα",
    "tumor necrosis factor α", "ZO 1", "ZO1", "ZO-1", "zonula occludens-1", "early study of metastasis", "ESM",
    "transforming growth factor beta 1", "TGFβ1", "TGF-β1", "TGF-beta1", "MRE", "microRNA response elements", "ATRA",
    "all-trans-retinoic acid", "miR-21", "the the",
)  # fmt: skip


def abbreviations(told: list[str]) -> Abbreviations:
    """What these documents define, each by its number."""
    return Abbreviations.of({str(place): find_abbreviations(text) for place, text in enumerate(told)})


some = st.lists(st.sampled_from(DEFINITIONS), max_size=4)
texts = st.lists(
    st.lists(st.sampled_from((*NAMES, "and", "of", "2")), max_size=4).map(" ".join), min_size=1, max_size=6
)


@given(some, some, texts)
def test_no_text_that_names_something_else_is_overlooked(before, after, told):
    """Of a document that defines nothing itself, as of one that does, once its own definitions are compared."""
    old, new = abbreviations(before), abbreviations(after)
    changed = new.changed(old)
    found = set(renamed(changed, WordIndex.build([words(text) for text in told])).tolist())
    for place, text in enumerate(told):
        if new.concepts(text) != old.concepts(text):
            assert place in found, text
        for document in ("0", "1"):
            own = document in changed.documents
            if not own and place not in found:
                assert new.concepts(text, document) == old.concepts(text, document)


@pytest.mark.parametrize(
    ("definition", "texts", "expected"),
    [
        (DEFINITIONS[0], ["HCC", "a carcinoma", "hepatocellular carcinomas", "HCC1", "kites"], [0, 2]),
        (DEFINITIONS[3], ["ZO1 holds", "ZO 1", "ZO-2", "zonula", "occludens"], [0, 1, 3]),
        (DEFINITIONS[6], ["kites", "moss"], [0, 1]),
    ],
)
def test_what_does_not_hold_its_words_is_left_alone(definition, texts, expected):
    """By chance some hold them all; where a name may be part of a microRNA's, nothing can be told."""
    changed = abbreviations([definition]).changed(abbreviations([]))
    assert renamed(changed, WordIndex.build([words(text) for text in texts])).tolist() == expected


def test_where_nothing_has_changed_nothing_is_found():
    """The same definitions by other documents change no name."""
    changed = abbreviations([DEFINITIONS[0]]).changed(abbreviations([DEFINITIONS[0], DEFINITIONS[0]]))
    assert renamed(changed, WordIndex.build([["hcc"]])).tolist() == []
