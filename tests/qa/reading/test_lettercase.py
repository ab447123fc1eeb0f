"""Symbols typed in small letters are read as the library writes them, and nothing else is."""

from __future__ import annotations

import pytest

from index.intake import sources_of, take_in
from qa.evaluation.judgments import load_questions
from qa.questions import fixed_set
from qa.reading.lettercase import LetterCase
from qa.reading.question import read_question
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder

PAPER = """# Kites

## Lift

PTEN holds KRAS back in kites, and PTENs do. Ask whether a Kite is a KITE at all. EGFR [1] rises with VEGFA.

PTEN GOES WITH MOSS AND FERN IN ALL OF THESE.

NF-κB moves with TGF-β; TNF-a and TNF-α are two. HIF-1α, C/EBPβ and αvβ5 rest with CD147, MMP-9 and MMP2019.

The kite lncH19 and the kite XIST meet; lncSAIL and SAIL part.

A met kite has MET and galectin-3. Klf2 falls, p53 rises. Kites of miR-21 and TAR-GET fly, as do cats.

## References

1. Ito A. HIPK2 by night. Wind Notes 2019;4:1-9.
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> LetterCase:
    """How a library of one paper writes words."""
    folder = tmp_path_factory.mktemp("kites")
    (folder / "kites.md").write_text(PAPER, encoding="utf-8")
    take_in(folder / "library", HashedEncoder(), sources_of([folder / "kites.md"]))
    opened = Service(folder / "library", Settings(), HashedEncoder()).opened()
    return LetterCase(opened.ranker.words, opened.store)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("does pten hold kras back?", "does PTEN hold KRAS back?"),
        ("what of vegfa, ptens and hipk2", "what of VEGFA, PTENs and HIPK2"),
        # somewhere it is a word, or it stands in capitals only where all does
        ("is a kite a bird", "is a kite a bird"),
        ("where is moss or fern", "where is moss or fern"),
        # it is an everyday word, part of a name, or nowhere
        ("who met them", "who met them"),
        ("is mir-21 or pre-pten or tar-get there", "is mir-21 or pre-pten or tar-get there"),
        ("what of brca1 and zorbleflux", "what of brca1 and zorbleflux"),
        ("PTEN and Kras", "PTEN and Kras"),
        # a Greek letter that no keyboard has, but not where the library has the other
        (
            "how does NF-kB or NFkB act on TGF-b, IL-1b and TNF-a?",
            "how does NF-κB or NFκB act on TGF-β, IL-1b and TNF-a?",
        ),
        ("what of klf2 and p53", "what of Klf2 and p53"),
        ("HIF-1a, HIF1A, CEBPB, avb5 and avb6", "HIF-1α, HIF1α, CEBPβ, αvβ5 and avb6"),
        # in two words, or with and without what kind of RNA it is
        ("CD 147, MMP 9, HIF 7 and in HIPK2 2019", "CD147, MMP9, HIF 7 and in HIPK2 2019"),
        ("klf 2, mmp 9, galectin 3 in 2 of 3", "Klf2, mmp9, galectin-3 in 2 of 3"),
        ("H19, lnc-H19, lncXIST, SAIL and lncSAIL", "lncH19, lncH19, XIST, SAIL and lncSAIL"),
    ],
)
def test_what_the_library_writes_in_capitals_throughout_is_meant(case: LetterCase, typed: str, read: str):
    """The text that was asked stays as it was typed."""
    found = case.of(read_question(typed))
    assert (found.text, found.alone) == (typed, read)


def test_of_a_question_that_follows_on_all_is_read_so(case: LetterCase):
    """What the history adds as well."""
    found = case.of(read_question("and kras?", ["does pten rise in kites?"]))
    assert found.alone == "does PTEN rise in kites (KRAS)?"


def test_small_letters_answer_no_question_that_capitals_do_not(starter: Service):
    """What the fixed set has not in these documents is in none of them either where it is typed in small letters."""
    wrong = []
    for one in load_questions(fixed_set()):
        asked = starter.search(one.question, history=one.history).support.verdict
        small = starter.search(one.question.lower(), history=[turn.lower() for turn in one.history]).support.verdict
        if asked == "absent" and small == "supported":
            wrong.append(one.question)
    assert wrong == []


def test_it_is_told_how_a_question_was_read(starter: Service):
    """With the symbol that was found in it."""
    told = starter.search("which mirs inhibit pten in gastric cancer").interpreted
    assert told.question == "which mirs inhibit PTEN in gastric cancer"
    assert ("PTEN", "symbol") in [(name.name, name.type) for name in told.names]
