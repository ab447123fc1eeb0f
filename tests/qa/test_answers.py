from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from index.names import find_names
from qa.answers import join, row_sentence, write_answer
from qa.judgments import load_questions
from qa.question import read_question
from qa.questions import fixed_set
from qa.results import (
    AskResponse,
    Caution,
    CellCard,
    DocumentCard,
    Evidence,
    RowCard,
    Sentence,
    Support,
)
from qa.scope import Scope
from qa.service import Service

SUPPORTED = Support("supported", 0.9, None, "It is here.")
ABSENT = Support("absent", 0.1, "off-topic", "These documents are about something else.")
KELP = DocumentCard("kelp", "Kelp letters", (), None, None, "kelp.md")


def piece(rank: int, text: str, row: RowCard | None = None, score: float = 1.0) -> Evidence:
    """A piece of evidence with this text."""
    kind = "row" if row else "passage"
    return Evidence(rank, f"kelp:{rank}", kind, text, score, KELP, None, None, 0, len(text), row, (), (), "")


@pytest.fixture(scope="module")
def asked(starter: Service) -> list[AskResponse]:
    """The answer to every question of the fixed set, over the starter documents."""
    return [starter.ask(question.question, history=question.history) for question in load_questions(fixed_set())]


def test_every_sentence_stands_word_for_word_in_its_evidence(asked: list[AskResponse]):
    """A passage's sentence between the same characters, a row's told by its headers."""
    for response in asked:
        shown = {evidence.rank: evidence for evidence in response.evidence}
        for sentence in response.answer.sentences:
            (rank,) = sentence.evidence
            evidence = shown[rank]
            assert sentence.text in ([row_sentence(evidence)] if evidence.row else evidence.text)
            assert sentence.check == "verbatim"


def test_what_is_not_absent_is_answered_and_what_is_absent_is_not(asked: list[AskResponse]):
    """No empty answer, and no sentence under "not in these documents"."""
    assert {response.support.verdict for response in asked} == {"supported", "partial", "absent"}
    for response in asked:
        assert bool(response.answer.sentences) == (response.support.verdict != "absent")


def test_an_answer_names_the_molecule_it_was_asked_about(asked: list[AskResponse]):
    """No sentence of an answer on miR-21 speaks of another molecule alone."""
    for response in asked:
        about = {name.base for name in find_names(response.interpreted.question)}
        for sentence in response.answer.sentences:
            named = {name.base for name in find_names(sentence.text)}
            assert not about or not named or about & named


def test_no_sentence_is_said_twice_and_evidence_keeps_its_order(asked: list[AskResponse]):
    """Sentences follow the ranks of what they stand on."""
    for response in asked:
        texts = [sentence.text for sentence in response.answer.sentences]
        assert len(set(texts)) == len(texts) <= response.settings["sentences"]
        assert all(one.evidence <= other.evidence for one, other in pairwise(response.answer.sentences))


def test_the_text_of_an_answer_is_its_sentences_with_their_ranks(asked: list[AskResponse]):
    """So that a reader of plain text sees the citations too."""
    for response in asked:
        if response.answer.sentences:
            assert response.answer.text == join(response.answer.sentences)
        assert response.answer.writer == "extractive"


def test_sentences_are_joined_with_their_ranks():
    """In brackets, in order."""
    sentences = (Sentence("Tides rise.", (1,), "verbatim"), Sentence("Gulls sleep.", (2, 4), "verbatim"))
    assert join(sentences) == "Tides rise. [1] Gulls sleep. [2, 4]"


def test_an_absent_answer_says_so_and_why(starter: Service):
    """In its text, though evidence is there."""
    question, known = read_question("which tides carry foam"), starter.opened().ranker.words
    answer = write_answer(question, [piece(1, "Tides carry foam.")], ABSENT, known, 4)
    assert answer.text == "Not in these documents. These documents are about something else."
    assert answer.sentences == ()


def test_no_more_sentences_than_wanted(starter: Service):
    """However much evidence there is."""
    question, known = read_question("which tides carry foam"), starter.opened().ranker.words
    found = [
        piece(1, "Tides carry foam to gulls."),
        piece(2, "Foam and tides wake lizards."),
        piece(3, "Tides drown foam beside zeppelins."),
    ]
    for most in (1, 2, 3):
        assert 1 <= len(write_answer(question, found, SUPPORTED, known, most).sentences) <= most
    (only,) = write_answer(question, found, SUPPORTED, known, 1).sentences
    assert only.evidence == (1,)


def test_the_sentence_that_answers_is_taken_not_its_neighbour(starter: Service):
    """Of a passage only what speaks to the question is said."""
    question, known = read_question("which tides carry foam"), starter.opened().ranker.words
    passage = piece(1, "Gulls sleep late. Tides carry foam. Lizards nap.")
    (sentence,) = write_answer(question, [passage], SUPPORTED, known, 1).sentences
    assert sentence.text == "Tides carry foam."


def test_a_row_is_told_by_its_headers_without_its_empty_cells():
    """A dash is an empty cell; a cell without a header stands alone."""
    cells = (
        CellCard("miRNA", "miR-21", True),
        CellCard("", "north", False),
        CellCard("Target", "–", False),
        CellCard("Year", "", False),
        CellCard("Effect", "drift", False),
    )
    row = piece(1, "…", RowCard("Table 1", 1, "", cells))
    assert row_sentence(row) == "miRNA: miR-21; north; Effect: drift"
    assert row_sentence(piece(1, "No row.")) == ""
    assert Caution("unverified", "x") not in row.cautions


@pytest.mark.parametrize("kind", ["contradicted", "merged"])
def test_a_row_that_may_be_false_is_shown_but_never_said(starter: Service, kind: str):
    """Another caution does not silence a row, and what stands below the false one is said in its place."""
    question, known = read_question("which tides carry foam"), starter.opened().ranker.words
    row = RowCard("Table 1", 1, "", (CellCard("Carrier", "Tides carry foam", False),))
    first = piece(1, "Tides carry foam", row)
    second = piece(2, "Foam rides on tides.", score=0.9)
    said = write_answer(question, [replace(first, cautions=(Caution(kind, "x"),)), second], SUPPORTED, known, 3)
    assert [sentence.evidence for sentence in said.sentences] == [(2,)]
    told = write_answer(question, [replace(first, cautions=(Caution("unverified", "x"),))], SUPPORTED, known, 3)
    assert [sentence.text for sentence in told.sentences] == ["Carrier: Tides carry foam"]


def test_evidence_on_another_cancer_is_left_out_where_there_is_some_on_the_one_asked_about(starter: Service):
    """A metastasis to the liver is no liver cancer; where no evidence is on the cancer asked about, all counts."""
    question, known = read_question("how does miR-21 act in liver cancer"), starter.opened().ranker.words
    elsewhere = piece(1, "In colorectal cancer miR-21 acts on metastasis to the liver.")
    here = piece(2, "In hepatoma miR-21 acts on fibroblasts.")
    (sentence,) = write_answer(question, [elsewhere, here], SUPPORTED, known, 4).sentences
    assert (sentence.text, sentence.evidence) == (here.text, (2,))
    (sentence,) = write_answer(question, [elsewhere], SUPPORTED, known, 4).sentences
    assert sentence.evidence == (1,)


def test_an_answer_keeps_to_the_molecules_a_search_was_limited_to(starter: Service):
    """A question that names none, over passages that name several: no sentence is on others alone."""
    limited = starter.ask("exosomal microRNAs in angiogenesis", scope=Scope(names=("miR-21",)), k=20)
    said = [{name.base for name in find_names(sentence.text)} for sentence in limited.answer.sentences]
    assert said
    assert all(not names or "miR-21" in names for names in said)
    shown = {name.base for piece in limited.evidence for name in find_names(piece.text)}
    assert shown > {"miR-21"}
