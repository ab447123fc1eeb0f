from __future__ import annotations

import pytest

from index.mentions import asks_for_molecules, find_mentions, symbols_in
from index.vocabulary import Vocabulary
from index.words import WordIndex

TEXTS = [
    "miR-21 in liver cancer",
    "PTEN in the liver",
    "miR-210 with galectin-9",
    "asthma of the young",
    "pre-term asthma",
    "cisplatin-resistant cells",
    "CD8 T cells with E-cadherin",
    "lymphocytes with VE-cadherin on αvβ5",
    "OXPHOS goes with c-Src/TGF-β1/Caspase-3",
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("does miR-21 target PTEN and ZO-1", ["PTEN", "ZO-1"]),
        ("LMP1-positive vesicles", ["LMP1"]),
        ("what does galectin-9 do", ["galectin-9"]),
        ("caveolin-1 in week-long tests", ["caveolin-1"]),
        ("EMT of CAFs in the TME", []),
        ("a base set", []),
        ("E-cadherin, VE-cadherins and a D-dimer", ["E-cadherin", "VE-cadherins"]),
        ("integrin αvβ6 or TGFβ1, at 10μm", ["αvβ6", "TGFβ1"]),
        ("HIF-2α, TGF-β1, IL-1β and C/EBPβ", ["HIF-2α", "TGF-β1", "IL-1β", "C/EBPβ"]),
        ("BACKGROUND: PTEN is lost. METHODS: none. CONCLUSIONS: ALL is well", ["PTEN"]),
        ("WHAT IS EMT", []),
    ],
)
def test_genes_are_told_by_their_looks(text: str, found: list[str]):
    """Capitals and digits, a word with a number or tied to a letter, Greek letters among others.

    Cells, processes, headings, shouted words and units are none.
    """
    assert symbols_in(text) == found


def mentioned(question: str) -> list[tuple[str, str, list[int]]]:
    vocabulary = Vocabulary()
    known = WordIndex.build([vocabulary.record_words(text, "d") for text in TEXTS])
    found = find_mentions(question, vocabulary.asked(question), known)
    return [(one.kind, one.text, one.positions.tolist()) for one in found]


def test_each_kind_says_who_names_it():
    """Molecules first; a cancer is more than its organ."""
    assert mentioned("does miR-21 act on PTEN in liver cancer") == [
        ("molecule", "miR-21", [0]),
        ("symbol", "PTEN", [1]),
        ("cancer", "liver cancer", [0]),
    ]
    assert mentioned("what is in the liver") == [("organ", "liver", [0, 1])]
    assert mentioned("galectin-9?") == [("symbol", "galectin-9", [2])]


def test_near_symbols_are_not_each_other():
    """A cell that carries CD8 is no CD4; nor is one cadherin or integrin another."""
    assert mentioned("CD8") == [("symbol", "CD8", [6])]
    assert mentioned("CD4 T cells") == [("symbol", "CD4", [])]
    assert mentioned("E-cadherin") == [("symbol", "E-cadherin", [6])]
    assert mentioned("αvβ6") == [("symbol", "αvβ6", [])]
    assert mentioned("TGF-β1") == mentioned("TGF-β1 ") == [("symbol", "TGF-β1", [8])]
    assert mentioned("TGF-β2") == [("symbol", "TGF-β2", [])]
    assert mentioned("αvβ5") == [("symbol", "αvβ5", [7])]


def test_a_symbol_is_found_whatever_its_last_letter_and_beside_a_slash():
    """A stemmer takes the s of OXPHOS; what slashes tie is several."""
    assert mentioned("OXPHOS") == [("symbol", "OXPHOS", [8])]
    assert mentioned("Caspase-3") == [("symbol", "Caspase-3", [8])]


def test_a_disease_of_several_words_is_held_by_who_holds_them_all():
    """One that shares "pre" alone does not."""
    assert mentioned("asthma") == [("disease", "asthma", [3, 4])]
    assert mentioned("pre-eclampsia") == [("disease", "pre-eclampsia", [])]


def test_a_drug_is_held_by_who_names_it_and_any_of_several_will_do():
    """It comes after the molecules; one that nobody names has no holder."""
    assert mentioned("does miR-21 go with cisplatin") == [("molecule", "miR-21", [0]), ("drug", "cisplatin", [5])]
    assert mentioned("gefitinib or cisplatin") == [("drug", "gefitinib and cisplatin", [5])]
    assert mentioned("gefitinib") == [("drug", "gefitinib", [])]


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("which microRNAs are in plasma", True),
        ("what other exosomal miRNAs", True),
        ("what did they say about microRNAs", False),
        ("what is told of microRNAs about the liver", True),
        ("what are the exosomal microRNAs in plasma", True),
        ("what is the size of microRNAs", False),
        ("what is a miRNA?", False),
        ("what percentage of genes do microRNAs regulate", False),
        ("in which year were microRNAs found", False),
    ],
)
def test_what_is_said_about_the_kind_is_no_member_of_it(question: str, asks: bool):
    """Which of them do something is."""
    assert asks_for_molecules(question) == asks
