from __future__ import annotations

import pytest

from index.tokens import words
from index.vocabulary import Asked, Vocabulary
from index.words import WordIndex
from qa.judging.strangers import meant_by, strangers
from qa.reading.ordinary import is_ordinary
from qa.reading.question import read_question
from qa.service import Service

KNOWN = WordIndex.build(
    [
        words("Angiogenesis of the mitochondrial wall, by cisplatin and galectin-9, raises metastasis."),
        words("Prolyl hydroxylase silences PTEN in the tumour of the kidney; IL-6 is in the blood stream."),
    ]
)


def found(question: str) -> tuple[str, ...]:
    read = read_question(question)
    asked: Asked = Vocabulary().asked(read.alone)
    return strangers(read, asked, KNOWN)


@pytest.mark.parametrize(
    ("question", "strange"),
    [
        ("how does the zorbleflux pathway drive metastasis", ("zorbleflux",)),
        ("does metformin block angiogenesis?", ("metformin",)),
        ("Does cisplatin cure metastasis by ferroptosis-like means?", ("cure", "ferroptosis")),
        ("zorbleflux, zorbleflux and cisplatin", ("zorbleflux",)),
        ("does klf9 silence PTEN", ("klf9",)),
        ("was PTEN lost in 120 patients in 1999, in 12 of stage 4?", ("120", "1999")),
    ],
)
def test_a_word_that_no_document_holds_is_a_stranger(question: str, strange: tuple[str, ...]):
    """Once, as it was typed, wherever it stands."""
    assert found(question) == strange


@pytest.mark.parametrize(("letters", "strange"), [(40, ()), (41, ("x" + "k" * 40,))])
def test_what_is_longer_than_any_word_is_held_against_no_near_spelling(letters: int, strange: tuple[str, ...]):
    """There would be thousands; the library holds it without its first letter."""
    held, word = WordIndex.build([["k" * (letters - 1)]]), "x" + "k" * (letters - 1)
    assert strangers(read_question(word), Vocabulary().asked(word), held) == strange


@pytest.mark.parametrize(
    "question",
    [
        "please explain briefly what drives angiogenesis",  # everyday words
        "tell me everything about how cisplatin hijacks metastasis",
        "angiogenic effect on mitochondria",  # inflections
        "anti-angiogenic and antiangiogenic walls",
        "cis-platin and prolylhydroxylase in the bloodstream",  # one word or two
        "wich wall riases metastsis, angiogeneis and cisplatine",  # a letter away
        "behaviour of the TUMORS",  # spellings
        "il6 and IL-6",
    ],
)
def test_everyday_words_and_other_forms_of_what_is_held_are_no_strangers(question: str):
    """Inflected, made of words that are there, tied otherwise, misspelled by a letter or spelled as elsewhere."""
    assert found(question) == ()


@pytest.mark.parametrize(
    "question", ["miR-155 and miR-9999", "BRCA1 in asthma of the thyroid", "which exomiRs are in it"]
)
def test_what_is_looked_at_by_its_name_is_no_stranger(question: str):
    """Molecules, genes, diseases and organs are demanded by themselves; the word for the kind is no thing."""
    assert found(question) == ()


def test_another_number_is_another_name():
    """A letter away from a word is a misspelling; from a name with a number it is another molecule."""
    assert found("does galectn raise il7") == ("il7",)
    assert found("does cisplatn raise il6") == ()


@pytest.mark.parametrize("word", ["curbs", "hijacked", "Favour", "shown", "women"])
def test_words_of_every_day_are_ordinary_in_any_form(word: str):
    """Inflected, irregular, British and capitalised."""
    assert is_ordinary(word)


@pytest.mark.parametrize("thing", ["ferroptosis", "metformin", "keratin", "zorbleflux"])
def test_evidence_on_all_but_a_stranger_is_no_whole_answer(starter: Service, thing: str):
    """However much of the rest it holds; the reason names what stands nowhere."""
    plain = starter.search("how does miR-21 promote metastasis in colorectal cancer").support
    support = starter.search(f"how does miR-21 promote metastasis by {thing} in colorectal cancer").support
    assert (plain.verdict, support.verdict != "supported", support.case) == ("supported", True, "unknown-name")
    assert support.reason.startswith(f"{thing} is named nowhere in these documents")


def test_a_stranger_among_words_that_are_there_is_named(starter: Service):
    """Where it does not answer either, and where nothing else is named."""
    reason = starter.search("how does zorbleflux change sourdough in colorectal cancer").support.reason
    assert reason == "zorbleflux and sourdough are named nowhere in these documents, unlike colorectal cancer."
    reason = starter.search("how does zorbleflux change the release of exosomes").support.reason
    assert reason == "zorbleflux is named nowhere in these documents, unlike exosomes."


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("metastsis", "metastasis"),  # a letter left out
        ("angiogenessis", "angiogenesis"),  # put in
        ("kidnoy", "kidney"),  # another
        ("riases", "raises"),  # two exchanged
        ("mitochondri", ""),  # nothing stands there in such a form
        ("metastasis", ""),  # it is there
        ("brought", ""),  # an everyday word
        ("zorbleflux", ""),
        ("klf2", ""),  # KLF2 is no slip for KLF3
        ("wal", ""),  # too short to tell
    ],
)
def test_what_may_be_a_slip_of_the_pen_is_told(typed: str, meant: str):
    """By a word of the library, in full."""
    held = {"metastasis", "angiogenesis", "kidney", "raises", "tumour"}
    assert meant_by(typed, KNOWN, held.__contains__) == meant
