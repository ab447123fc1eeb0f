from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from index.names import find_names
from index.texts import told_by_headers
from index.tokens import words
from index.words import WordIndex
from qa.answering.answers import join, row_sentence, write_answer
from qa.candidates import tell
from qa.evaluation.judgments import load_questions
from qa.questions import fixed_set
from qa.reading.question import read_question
from qa.results import (
    Answer,
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
from qa.serial import to_json
from qa.service import Service
from tests.encoders import HashedEncoder

SUPPORTED = Support("supported", 0.9, None, "It is here.")
ABSENT = Support("absent", 0.1, "off-topic", "These documents are about something else.")
KELP = DocumentCard("kelp", "Kelp letters", (), None, None, "kelp.md")


def piece(rank: int, text: str, row: RowCard | None = None, score: float = 1.0) -> Evidence:
    """A piece of evidence with this text."""
    kind = "row" if row else "passage"
    return Evidence(rank, f"kelp:{rank}", kind, text, score, KELP, None, None, 0, len(text), row, (), (), "")


def written(question: str, found: Sequence[Evidence], most: int = 6, support: Support = SUPPORTED) -> Answer:
    """The answer from this evidence, of a library that holds it and no more."""
    known = WordIndex.build([words(each.text) for each in found])
    return write_answer(read_question(question), found, support, known, most)


@pytest.fixture(scope="module")
def asked(starter: Service) -> list[AskResponse]:
    """The answer to every question of the fixed set, over the starter documents."""
    return [starter.ask(question.question, history=question.history) for question in load_questions(fixed_set())]


def test_where_drugs_are_asked_for_what_names_one_is_said():
    """Where something does; a drug that is named already is asked about, not for."""
    found = [piece(1, "Kelp resists drugs by foam."), piece(2, "Foam makes kelp resist cisplatin, a drug of old.")]
    for question, said in (
        ("Which drugs does kelp resist?", ["Foam makes kelp resist cisplatin, a drug of old."]),
        ("What drug resistance has kelp by foam?", ["Kelp resists drugs by foam."]),
    ):
        assert [sentence.text for sentence in written(question, found).sentences][:1] == said
    only = [piece(1, "Kelp resists drugs by foam.")]
    assert [sentence.text for sentence in written("Which drugs does kelp resist?", only).sentences] == [only[0].text]


def test_a_process_that_is_named_in_other_words_is_said():
    """Where no sentence names it as such, each of its words counts."""
    text = "Kelp cells show resistance to therapies. Stones stay warm."
    answer = written("drug resistance", [piece(1, text)])
    assert [sentence.text for sentence in answer.sentences] == ["Kelp cells show resistance to therapies."]


def test_every_sentence_stands_word_for_word_at_its_places(starter: Service, asked: list[AskResponse]):
    """A passage's sentence at one, within its evidence; of a row each cell that is told, in order, by its header."""
    texts = {summary.id: starter.reading(summary.id).document.text for summary in starter.documents()}
    for response in asked:
        shown = {evidence.rank: evidence for evidence in response.evidence}
        for sentence in response.answer.sentences:
            (rank,) = sentence.evidence
            stood = [texts[place.document][place.start : place.end] for place in sentence.places]
            if row := shown[rank].row:
                headers = {(cell.start, cell.end): cell.header for cell in row.cells}
                named = [headers[place.start, place.end] for place in sentence.places]
                assert sentence.text == told_by_headers(zip(named, stood, strict=True))
            else:
                assert [sentence.text] == stood
                assert shown[rank].start <= sentence.places[0].start < sentence.places[0].end <= shown[rank].end
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


def test_no_sentence_is_said_twice(asked: list[AskResponse]):
    """Nor are there more than the settings allow."""
    for response in asked:
        texts = [sentence.text for sentence in response.answer.sentences]
        assert len(set(texts)) == len(texts) <= response.settings["sentences"]


def test_the_text_of_an_answer_is_its_lead_then_its_sentences_with_their_ranks(asked: list[AskResponse]):
    """So that a reader of plain text sees the citations too; one that is absent has no lead."""
    for response in asked:
        answer = response.answer
        if answer.sentences:
            assert answer.text == f"{answer.lead}\n{join(answer.sentences)}"
            assert answer.lead.split(" ", 1)[0] == str(len(answer.sentences))
        else:
            assert (answer.lead, answer.disagreements) == ("", ())
        assert answer.writer == "extractive"


def test_an_answer_made_twice_is_the_same_byte_for_byte(starter: Service, asked: list[AskResponse]):
    """All of the response but how long it took, by services that know nothing of one another."""
    other = Service(starter.path, starter.settings, HashedEncoder())
    tell.cache_clear()
    for question, response in list(zip(load_questions(fixed_set()), asked, strict=True))[::15]:
        again = other.ask(question.question, history=question.history)
        assert to_json(replace(again, took_ms={})) == to_json(replace(response, took_ms={}))
    other.close()


def test_the_order_is_that_of_an_explanation():
    """Asked how: first what names genes, then effects, then what is seen in patients; asked what is there, by rank."""
    found = [
        piece(1, "Plasma levels of miR-21 correlate with metastasis."),
        piece(2, "By miR-21 metastasis spreads along tides."),
        piece(3, "Gulls with miR-21 and PTEN lower metastasis."),
    ]
    how = written("how does miR-21 drive metastasis", found)
    assert [sentence.evidence for sentence in how.sentences] == [(3,), (2,), (1,)]
    which = written("which gulls and tides go with miR-21 and metastasis", found)
    assert [sentence.evidence for sentence in which.sentences] == [(2,), (3,)]


def test_a_sentence_that_points_back_comes_after_the_one_it_needs():
    """Though it alone names genes, and the other stands in evidence of a lower rank."""
    text = "Green tides carry miR-21. This silences PTEN in gulls."
    first, second = text[:25], text[26:]
    found = [replace(piece(1, second), start=26, end=len(text)), replace(piece(2, first), end=25)]
    answer = written("how do tides with miR-21 silence PTEN", found)
    assert [(sentence.text, sentence.evidence) for sentence in answer.sentences] == [(first, (2,)), (second, (1,))]
    alone = written("how do tides with miR-21 silence PTEN", found[:1])
    assert alone.sentences == ()


def test_where_nothing_can_be_said_the_answer_says_why():
    """All there is speaks of another molecule: no sentence, and no empty text."""
    answer = written("which tides carry miR-21", [piece(1, "Tides carry miR-210.")])
    assert answer.sentences == ()
    assert answer.text == answer.lead
    assert answer.text.startswith("Evidence was found, but none of it is said here")


def test_sentences_are_joined_with_their_ranks():
    """In brackets, in order."""
    sentences = (Sentence("Tides rise.", (1,), "verbatim"), Sentence("Gulls sleep.", (2, 4), "verbatim"))
    assert join(sentences) == "Tides rise. [1] Gulls sleep. [2, 4]"


def test_an_absent_answer_says_so_and_why():
    """In its text, though evidence is there."""
    answer = written("which tides carry foam", [piece(1, "Tides carry foam.")], 4, ABSENT)
    assert answer.text == "Not in these documents. These documents are about something else."
    assert answer.sentences == ()


def test_no_more_sentences_than_wanted():
    """However much evidence there is."""
    found = [
        piece(1, "Tides carry foam to gulls."),
        piece(2, "Foam and tides wake lizards."),
        piece(3, "Tides drown foam beside zeppelins."),
    ]
    for most in (1, 2, 3):
        assert 1 <= len(written("which tides carry foam", found, most).sentences) <= most
    (only,) = written("which tides carry foam", found, 1).sentences
    assert only.evidence == (1,)


def test_the_sentence_that_answers_is_taken_not_its_neighbour():
    """Of a passage only what speaks to the question is said."""
    passage = piece(1, "Gulls sleep late. Tides carry foam. Lizards nap.")
    (sentence,) = written("which tides carry foam", [passage], 1).sentences
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


@pytest.mark.parametrize("kind", ["contradicted", "merged", "slid"])
def test_a_row_that_may_be_false_is_shown_but_never_said(kind: str):
    """Another caution does not silence a row, and what stands below the false one is said in its place."""
    row = RowCard("Table 1", 1, "", (CellCard("Carrier", "Tides carry foam", False, 0, 16),))
    first = piece(1, "Tides carry foam", row)
    second = piece(2, "Foam rides on tides.", score=0.9)
    said = written("which tides carry foam", [replace(first, cautions=(Caution(kind, "x"),)), second], 3)
    assert [sentence.evidence for sentence in said.sentences] == [(2,)]
    told = written("which tides carry foam", [replace(first, cautions=(Caution("unverified", "x"),))], 3)
    assert [sentence.text for sentence in told.sentences] == ["Carrier: Tides carry foam"]


def test_evidence_on_another_cancer_is_left_out_where_there_is_some_on_the_one_asked_about():
    """A metastasis to the liver is no liver cancer; where no evidence is on the cancer asked about, all counts."""
    elsewhere = piece(1, "In colorectal cancer miR-21 acts on metastasis to the liver.")
    here = piece(2, "In hepatoma miR-21 acts on fibroblasts.")
    (sentence,) = written("how does miR-21 act in liver cancer", [elsewhere, here], 4).sentences
    assert (sentence.text, sentence.evidence) == (here.text, (2,))
    (sentence,) = written("how does miR-21 act in liver cancer", [elsewhere], 4).sentences
    assert sentence.evidence == (1,)


def test_an_answer_keeps_to_the_molecules_a_search_was_limited_to(starter: Service):
    """A question that names none, over passages that name several: no sentence is on others alone."""
    limited = starter.ask("exosomal microRNAs in angiogenesis", scope=Scope(names=("miR-21",)), k=20)
    said = [{name.base for name in find_names(sentence.text)} for sentence in limited.answer.sentences]
    assert said
    assert all(not names or "miR-21" in names for names in said)
    shown = {name.base for piece in limited.evidence for name in find_names(piece.text)}
    assert shown > {"miR-21"}
