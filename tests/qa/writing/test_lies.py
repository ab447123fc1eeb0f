"""What a lying and an honest model may say: the fixed sets of lies and paraphrases over the starter documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from qa.results import Answer, Sentence
from qa.service import Service
from qa.settings import Settings
from qa.writing.drafts import drafts
from qa.writing.writer import ModelWriter, judged
from tests.playing import Stage, saying
from tests.qa.writing.examples import Example, examples

LEAST: float = 0.9
"""The share of paraphrases that must pass."""
MISREAD: Final = {
    "more-true-20": "what stands before a “not” is not denied: “X is not the only source” must not deny X",
}
"""The paraphrases of the second set that are flagged although they are true, each with the reason."""


@pytest.fixture(scope="module")
def lies(starter: Service) -> list[Example]:
    """False sentences, each with the evidence it cites."""
    return list(examples("lies", starter))


@pytest.fixture(scope="module")
def paraphrases(starter: Service) -> list[Example]:
    """True sentences, each with the evidence it cites."""
    return list(examples("paraphrases", starter))


def heard(example: Example) -> Sentence:
    """What becomes of the sentence, read as a model writes it."""
    (draft,) = drafts([example.written])
    assert (draft.text, draft.cited) == (example.text, example.cited)
    return judged(draft, {piece.rank: piece for piece in example.shown})


def test_the_sets_are_as_large_as_they_should_be(lies: list[Example], paraphrases: list[Example]):
    """Sixty of the six kinds of lies that the contract names, a few of other kinds, and sixty paraphrases."""
    kinds = [example.kind for example in lies]
    named = ("near-name", "other-cancer", "direction", "negation", "number", "citation")
    assert [kinds.count(kind) for kind in named] == [10] * 6
    assert len(paraphrases) == 60


def test_no_lie_is_taken_for_checked(lies: list[Example]):
    """Whatever its kind."""
    believed = [(example.id, example.text) for example in lies if heard(example).check != "flagged"]
    assert believed == []


def test_nearly_every_paraphrase_is(paraphrases: list[Example]):
    """At least nine in ten."""
    doubted = [(example.id, example.text) for example in paraphrases if heard(example).check == "flagged"]
    assert len(doubted) <= (1 - LEAST) * len(paraphrases), doubted


def test_no_lie_of_others_is_taken_for_checked(starter: Service):
    """Nor one of a second set, of more kinds, whose authors had not read the checks."""
    believed = [(lie.id, lie.text) for lie in examples("more_lies", starter) if heard(lie).check != "flagged"]
    assert believed == []


def test_nearly_every_paraphrase_of_others_is(starter: Service):
    """All but those that are known to be misread, which are fewer than one in ten."""
    told = list(examples("more_paraphrases", starter))
    doubted = {paraphrase.id for paraphrase in told if heard(paraphrase).check == "flagged"}
    assert doubted == set(MISREAD)
    assert len(MISREAD) <= (1 - LEAST) * len(told)


def test_a_lying_model_says_nothing_that_is_shown_as_checked(starter: Service, playing: Stage, lies: list[Example]):
    """It says each over its connection, of the evidence that it cites; the papers are quoted instead."""
    writer = ModelWriter(Settings(llm_base_url=playing.url, llm_model="liar"))
    found = starter.search("how does miR-21 promote metastasis in colorectal cancer")
    instead = Answer("Quoted.", (Sentence("Quoted.", (1,), "verbatim"),), "extractive")
    for example in lies:
        playing.part = saying(example.written, most=50)
        told = list(writer.write(replace(found, evidence=example.shown), instead))
        assert told == list(instead.sentences)
