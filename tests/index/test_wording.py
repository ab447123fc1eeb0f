from __future__ import annotations

import numpy as np
import pytest

from index.abbreviations import find_abbreviations
from index.concepts import Abbreviations
from index.fusion import NAMED, SAID
from index.lexicon import Entry, Lexicon
from index.ranking import Ranker
from index.tokens import words
from index.vectors import VectorIndex
from index.vocabulary import Vocabulary
from index.wording import EVERYTHING, Wording
from index.words import WordIndex

PLAIN = Wording(names=False, abbreviations=False, synonyms=False)
TEXT = "hsa-miR-21 in bowel cancer"


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        (PLAIN, "hsa mir 21 hsamir21 bowel cancer"),
        (Wording(names=True, synonyms=False), "mir:mir-21 bowel cancer"),
        (Wording(names=False, synonyms=True), "site:colorectum cancer:colorectum hsa mir 21 hsamir21 bowel cancer"),
        (EVERYTHING, "mir:mir-21 site:colorectum cancer:colorectum bowel cancer"),
    ],
)
def test_words_are_made_of_what_the_wording_says(wording, expected):
    """Without it a molecule or an organ is only the words it is written with, in records as in questions."""
    limited = Vocabulary().limited(wording)
    assert words(TEXT, wording) == expected.split()
    assert limited.record_words(TEXT, "d") == expected.split()
    assert limited.asked(TEXT).rest == tuple(expected.split())


@pytest.mark.parametrize(
    ("wording", "concepts"),
    [
        (PLAIN, set()),
        (Wording(synonyms=False), {"con"}),
        (Wording(abbreviations=False), {"lex"}),
        (EVERYTHING, {"con", "lex"}),
    ],
)
def test_a_vocabulary_is_limited_to_a_wording_in_records_and_questions(wording, concepts):
    """What papers abbreviate comes with abbreviations, the names that the user added with synonyms."""
    text = "Tidal kelp parcels (TKP) silence KRIT1"
    lexicon = Lexicon.of([Entry("HGNC:1573", "KRIT1", "gene", ("KRIT1", "CCM1"))])
    limited = Vocabulary(Abbreviations.of({"d": find_abbreviations(text)}), lexicon).limited(wording)
    made = {word.split(":")[0] for word in limited.record_words(text, "d") if ":" in word}
    asked = limited.asked("do TKP hold CCM1")
    assert made == concepts
    assert {word.split(":")[0] for group in asked.groups for word in group.concepts} == concepts


def test_without_names_no_other_molecule_is_set_back():
    """By vectors b is nearest, and plainly by words too: hsa-miR-21 is not spelled MIR21, so it leads on both sides.

    With names a shares both words asked and b only one, in both texts: ln 1.2 of ln 1.2 + ln 2; a names the molecule,
    and of b a tenth is left, below which nothing falls. That row a is contradicted counts for the product alone.
    """
    told = [("hsa-miR-21 swims", "a"), ("miR-210 swims", "b")]
    vectors = VectorIndex.build(np.array([[0, 1], [1, 0]], dtype=np.float32))
    product = Ranker(["a:0-1", "b:0-1"], vectors, WordIndex.build([words(text) for text, _ in told]), [0])
    best = {}
    for wording in (EVERYTHING, PLAIN):
        ranking = product.reworded(told, wording).rank(np.array([1, 0], dtype=np.float32), "MIR21 swims", 2, weight=0.5)
        best[wording] = [(hit.record_id, hit.score) for hit in ranking.hits]
    share = np.log(1.2) / (np.log(1.2) + np.log(2))
    assert best[EVERYTHING] == [
        ("a:0-1", pytest.approx(0.1 + 0.9 * (0.5 + NAMED) / (1 + SAID + NAMED), abs=1e-6)),
        ("b:0-1", pytest.approx((0.5 + 0.5 * share) / (1 + SAID + NAMED) / 10, abs=1e-5)),
    ]
    assert best[PLAIN][0] == ("b:0-1", pytest.approx(1 / (1 + SAID), abs=1e-6))
