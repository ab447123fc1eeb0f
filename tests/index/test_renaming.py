"""Every record that names something else is found by its words, whatever it calls it."""

from __future__ import annotations

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
    "An all trans retinoic acid (ATRA) cure.",
    "Abbreviations: ZO-1: Zonula occludens; TJP1: Tight junction protein 1 (another name for ZO-1)",
    "Abbreviations: HCC: hepatocellular carcinoma; ZO-1: Zonula occludens 1 (another name for HCC)",
)
NAMES = (
    "HCC", "HCCs", "hepatocellular carcinomas", "Hepatocellular Carcinoma", "hollow coastal cliff", "TNF-alpha", "TNFα",
    "tumor necrosis factor α", "ZO 1", "ZO1", "ZO-1", "zonula occludens-1", "early study of metastasis", "ESM",
    "transforming growth factor beta 1", "TGFβ1", "TGF-β1", "TGF-beta1", "MRE", "microRNA response elements", "ATRA",
    "TJP1", "tight junction protein 1",
    "all-trans-retinoic acid", "miR-21", "the the",
)  # fmt: skip


def abbreviations(told: list[str]) -> Abbreviations:
    """What these documents define, each by its number."""
    ways = [find_glossary if text.startswith("Abbreviations:") else find_abbreviations for text in told]
    return Abbreviations.of({str(place): ways[place](text) for place, text in enumerate(told)})


def difference(old: Abbreviations, new: Abbreviations) -> Changed:
    """What changes from one to the other, where any of four documents may have come or gone."""
    return new.glossary.changed(old.glossary, "0123")


some = st.lists(st.sampled_from(DEFINITIONS), max_size=4)
texts = st.lists(
    st.lists(st.sampled_from((*NAMES, "and", "of", "2")), max_size=4).map(" ".join), min_size=1, max_size=6
)


@given(some, some, texts)
def test_no_text_that_names_something_else_is_overlooked(before, after, told):
    """Of a document that defines nothing itself, as of one that does, once its own definitions are compared."""
    old, new = abbreviations(before), abbreviations(after)
    changed = difference(old, new)
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
    changed = difference(abbreviations([]), abbreviations([definition]))
    assert renamed(changed, WordIndex.build([words(text) for text in texts])).tolist() == expected


def test_where_nothing_has_changed_nothing_is_found():
    """The same definitions by other documents change no name."""
    changed = difference(abbreviations([DEFINITIONS[0], DEFINITIONS[0]]), abbreviations([DEFINITIONS[0]]))
    assert renamed(changed, WordIndex.build([["hcc"]])).tolist() == []
