from __future__ import annotations

import pytest

from index.kind import is_kind, one_kind
from index.mentions import asks_for_molecules, symbols_in
from index.tokens import words

SPELLINGS = [
    "miR",
    "miRs",
    "MIR",
    "mirs",
    "miRNA",
    "miRNAs",
    "mi-RNA",
    "microRNA",
    "MicroRNAs",
    "micro RNA",
    "micro-RNAs",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_the_kind_is_one_word(spelling: str):
    """Whoever asks for miRs finds what is written of microRNAs, and names nothing by it."""
    assert words(f"{spelling} of gulls") == ["microrna", "gull"]
    assert asks_for_molecules(f"which {spelling} silence KRIT1")
    assert symbols_in(f"which {spelling} silence KRIT1") == ["KRIT1"]


@pytest.mark.parametrize("spelling", ["exomiR", "exomiRs", "exo-miR", "exo-miRNAs", "ExomiRNA"])
def test_an_exomir_is_an_exosomal_microrna(spelling: str):
    """In words as in kind."""
    assert words(spelling) == words("exosomal microRNA")
    assert asks_for_molecules(f"which {spelling} silence KRIT1")
    assert symbols_in(spelling) == []


@pytest.mark.parametrize("text", ["miracle", "Miriam", "admire", "mRNA", "lncRNA", "antagomir", "RNA"])
def test_other_words_are_not_the_kind(text: str):
    """Whatever stands in them."""
    assert one_kind(text) == text
    assert not is_kind(text)


def test_a_name_is_no_word_for_the_kind():
    """Its stem is the same word, and belongs to it."""
    assert words("miR-21") == ["mir:mir-21"]
    assert not is_kind("miR-21")
