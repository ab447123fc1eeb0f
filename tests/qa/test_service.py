from __future__ import annotations

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import (
    EncoderError,
    InputError,
    LibraryMismatch,
    LibraryMissing,
    QuestionError,
    UnknownDocument,
    UnreadableFile,
)
from corpus.summaries import DocumentSummary
from index.intake import Source, take_in
from qa.removing import remove_documents
from qa.results import AskResponse, Lead, SearchResponse, Sentence
from qa.scope import Scope
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder
from tests.qa.conftest import FERN, MOSS

QUOKKA = "which moss shelters a lonely quokka"


def untimed(response: SearchResponse) -> SearchResponse:
    """The response without how long it took."""
    return replace(response, took_ms={})


def ids(summaries: tuple[DocumentSummary, ...]) -> list[str]:
    """The documents' ids."""
    return [summary.id for summary in summaries]


def found(service: Service, question: str = QUOKKA) -> set[str]:
    """The documents that a search finds."""
    return {piece.document.id for piece in service.search(question).evidence}


# -- asking


def test_a_search_finds_the_sentence_that_says_it(small: Service):
    """First, with its paper, its section and its span."""
    first = small.search(QUOKKA).evidence[0]
    assert (first.document.id, first.section, first.rank) == ("moss", "Growth", 1)
    assert "lonely quokka" in first.text
    assert small.reading("moss").document.text[first.start : first.end] == first.text


def test_a_response_says_what_it_was_made_from(small: Service):
    """The question as asked and as understood, the library, the encoder and the settings."""
    response = small.search("  What does miR-21 do at the north\nshore? ", history=["what is a gill"])
    assert response.question == "What does miR-21 do at the north shore?"
    assert response.interpreted.question == response.question
    assert [(name.text, name.name, name.type) for name in response.interpreted.names] == [("miR-21", "miR-21", "mirna")]
    assert response.library == small.library()
    assert (response.library.documents, response.library.encoder) == (2, "hashed")
    assert response.settings == Settings().shaping()
    assert all(took >= 0 for took in response.took_ms.values())


def test_history_is_taken_in(small: Service):
    """A turn is searched for as it was understood."""
    response = small.search("and miR-210?", history=["which moss drinks miR-21"])
    assert response.interpreted.question == "which moss drinks miR-210"
    assert response.evidence[0].document.id == "moss"


@pytest.mark.parametrize("k", [0, -1, 101])
def test_a_count_out_of_range_is_refused(small: Service, k: int):
    """By search, ask and stream alike."""
    for call in (small.search, small.ask):
        with pytest.raises(InputError, match="between 1 and 100"):
            call(QUOKKA, k=k)
    with pytest.raises(InputError, match="between 1 and 100"):
        next(small.stream(QUOKKA, k=k))


@pytest.mark.parametrize("k", [1, 2, 100])
def test_no_more_evidence_than_asked_for(small: Service, k: int):
    """And no less where there is enough; a smaller count is the beginning of a greater one."""
    everything = small.search(QUOKKA, k=100).evidence
    assert small.search(QUOKKA, k=k).evidence == everything[:k]
    assert len(small.search(QUOKKA, k=k).evidence) == min(k, len(everything))


def test_a_bad_question_is_refused_before_anything_is_searched(small: Service):
    """With the error that says why."""
    with pytest.raises(QuestionError, match="empty"):
        small.search(" ")
    with pytest.raises(QuestionError, match="2,001"):
        small.ask("x" * 2001)


def test_documents_limit_where_is_searched(small: Service):
    """The best record of the one document comes first, though another answers better."""
    assert {piece.document.id for piece in small.search(QUOKKA, scope=Scope(documents=("kelp",))).evidence} == {"kelp"}
    assert small.search(QUOKKA, scope=Scope(documents=("kelp", "moss"))).evidence == small.search(QUOKKA).evidence


def test_kinds_limit_what_is_found(small: Service):
    """Rows alone, passages alone, or both."""
    question = "miR-21 on the shore"
    assert {piece.kind for piece in small.search(question, scope=Scope(kinds=("row",))).evidence} == {"row"}
    assert {piece.kind for piece in small.search(question, scope=Scope(kinds=("passage",))).evidence} == {"passage"}
    assert small.search(question, scope=Scope(kinds=("passage", "row"))).evidence == small.search(question).evidence


def test_where_nothing_may_be_found_the_answer_is_absent(small: Service):
    """No document, or no row in the documents: an answer all the same."""
    for scope in (Scope(documents=()), Scope(documents=("moss",), kinds=("row",)), Scope(names=("miR-9",))):
        response = small.ask(QUOKKA, scope=scope)
        assert response.evidence == ()
        assert (response.support.verdict, response.support.case) == ("absent", "off-topic")
        assert response.support.reason.startswith("The filters leave nothing to search")
        assert response.answer.sentences == ()
        assert response.answer.text


def test_a_limit_that_nothing_meets_is_named(small: Service):
    """So that a slip of the pen is found; where each is met but no record meets all, none is."""
    asked = small.ask(QUOKKA, scope=Scope(names=("miR-21", "foobar"), cancers=("lunng",)))
    named = "nothing here is on “foobar” and “lunng”"
    assert (
        asked.support.reason == f"The filters leave nothing to search in this library: {named}; loosen or remove one."
    )
    reason = small.ask(QUOKKA, scope=Scope(documents=("moss",), kinds=("row",))).support.reason
    assert reason == "The filters leave nothing to search in this library; loosen or remove one."


def test_an_unknown_document_is_an_error_that_names_it(small: Service):
    """Wherever an id is taken."""
    for call in (
        lambda: small.search(QUOKKA, scope=Scope(documents=("moss", "atlantis"))),
        lambda: small.reading("atlantis"),
        lambda: small.remove("atlantis"),
        lambda: remove_documents(small.path, small.encoder, ["moss", "atlantis"]),
    ):
        with pytest.raises(UnknownDocument, match="'atlantis'"):
            call()
    assert ids(small.documents()) == ["kelp", "moss"]


def test_a_stream_is_evidence_then_the_lead_then_sentences_then_the_whole(small: Service):
    """And the whole is what ask gives."""
    first, lead, *sentences, last = small.stream("which moss drinks fog with miR-210")
    assert isinstance(first, SearchResponse)
    assert isinstance(last, AskResponse)
    assert sentences
    assert all(isinstance(sentence, Sentence) for sentence in sentences)
    assert tuple(sentences) == last.answer.sentences
    assert lead == Lead(last.answer.lead, last.answer.disagreements)
    assert (first.evidence, first.support, first.interpreted) == (last.evidence, last.support, last.interpreted)
    assert untimed(last) == untimed(small.ask("which moss drinks fog with miR-210"))


def test_asking_answers_from_what_a_search_finds(small: Service):
    """Same evidence, same verdict."""
    searched, asked = small.search(QUOKKA), small.ask(QUOKKA)
    assert (searched.evidence, searched.support) == (asked.evidence, asked.support)
    assert asked.took_ms.keys() - searched.took_ms.keys() == {"answer"}


# -- opening


def test_no_library_is_an_error_that_says_how_to_make_one(tmp_path: Path):
    """And makes no folder."""
    with pytest.raises(LibraryMissing, match="exocite add"):
        Service(tmp_path / "none", Settings(), HashedEncoder())
    with pytest.raises(LibraryMissing):
        remove_documents(tmp_path / "none", HashedEncoder(), ["x"])
    assert not (tmp_path / "none").exists()


def test_a_library_of_another_model_is_not_opened(library: Path):
    """Its vectors would mean something else."""
    with pytest.raises(LibraryMismatch, match="hashed"):
        Service(library, Settings(), HashedEncoder(model="another"))


def test_a_service_is_ready_once_its_model_has_run(small: Service):
    """Not before."""
    assert not small.ready()
    small.warm()
    assert small.ready()


def test_open_warms_in_the_background(library: Path):
    """The caller does not wait for the model, which is held back here until it is let go."""
    encoder, gate = HashedEncoder(), threading.Event()

    class Slow(HashedEncoder):
        def encode(self, texts, progress=None):
            gate.wait(30)
            return encoder.encode(texts, progress)

    service = Service.open(library, settings=Settings(), encoder=Slow())
    assert not service.ready()
    gate.set()
    next(thread for thread in threading.enumerate() if thread.name == "aside").join(30)
    assert service.ready()
    service.close()


def test_a_model_that_cannot_be_loaded_is_told_by_ready(library: Path):
    """Each time it is asked."""

    class Broken(HashedEncoder):
        def encode(self, *_):
            raise EncoderError("The model cannot be loaded.")

    service = Service(library, Settings(), Broken())
    service.warm()
    for _ in range(2):
        with pytest.raises(EncoderError, match="cannot be loaded"):
            service.ready()
    service.close()


# -- changing


def test_a_file_is_added_once_and_replaced_when_it_changes(small: Service):
    """Its id stays; what it said before is gone."""
    first = small.add("fern.md", FERN.encode())
    assert (first.status, first.document.id, first.document.passages) == ("added", "fern", 1)
    assert small.add("fern.md", FERN.encode()).status == "unchanged"
    second = small.add("fern.md", FERN.replace("lantern", "glowworm").encode())
    assert (second.status, second.document.id) == ("replaced", "fern")
    assert ids(small.documents()) == ["fern", "kelp", "moss"]
    assert "glowworm" in small.search("which glowworm shows them").evidence[0].text
    assert not any("lantern" in piece.text for piece in small.search("lantern", k=100).evidence)


def test_the_same_content_under_another_name_is_kept_once(small: Service):
    """And the user is told under which."""
    again = small.add("copy.md", MOSS.encode())
    assert (again.status, again.document.id) == ("unchanged", "moss")
    assert "moss.md" in " ".join(again.notices)


def test_two_files_of_one_name_stand_side_by_side(small: Service):
    """A file of a folder and an upload of the same name are two documents."""
    added = small.add("moss.md", FERN.encode())
    assert added.status == "added"
    assert len(small.documents()) == 3
    assert added.document.id != "moss"


@pytest.mark.parametrize("data", [b"", b"   \n", b"%PDF-1.7\n", b"\x00\x01\x02", b"\x7fELF" + bytes(range(256))])
def test_an_unreadable_file_changes_nothing(small: Service, data: bytes):
    """The error says which file and what to do."""
    before = small.library()
    with pytest.raises(UnreadableFile, match=r"bad\.txt: .+\."):
        small.add("bad.txt", data)
    assert small.library() == before
    assert ids(small.documents()) == ["kelp", "moss"]


def test_a_removed_document_is_gone_at_the_next_question(small: Service):
    """From the list, from what is found, and as a place to search."""
    assert "moss" in found(small)
    small.remove("moss")
    assert "moss" not in found(small)
    assert ids(small.documents()) == ["kelp"]
    with pytest.raises(UnknownDocument):
        small.search(QUOKKA, scope=Scope(documents=("moss",)))
    with pytest.raises(UnknownDocument):
        small.remove("moss")


def test_an_emptied_library_still_answers(small: Service):
    """That these documents hold nothing on it."""
    remove_documents(small.path, small.encoder, ["moss", "kelp"])
    response = small.ask(QUOKKA)
    assert (response.evidence, response.support.verdict, response.library.records) == ((), "absent", 0)
    assert small.add("moss.md", MOSS.encode()).status == "added"
    assert found(small) == {"moss"}


def test_removing_is_all_or_nothing(small: Service):
    """One unknown id, and the known ones stay."""
    with pytest.raises(UnknownDocument):
        remove_documents(small.path, small.encoder, ["moss", "nessie"])
    assert "moss" in found(small)


def test_a_change_by_somebody_else_is_noticed_at_the_next_question(small: Service):
    """What was asked before is answered from the library as it is now."""
    before = small.search("lantern spores")
    take_in(small.path, HashedEncoder(), [Source("fern.md", "elsewhere:fern.md", FERN.encode)])
    after = small.search("lantern spores")
    assert "fern" not in {piece.document.id for piece in before.evidence}
    assert after.evidence[0].document.id == "fern"
    assert before.library.hash != after.library.hash == small.library().hash


def test_a_library_that_went_away_is_an_error_not_an_old_answer(small: Service):
    """Its folder was deleted."""
    shutil.rmtree(small.path)
    with pytest.raises(LibraryMissing):
        small.search(QUOKKA)


# -- many at once


def test_questions_asked_at_once_get_the_answers_of_questions_asked_alone(starter: Service):
    """Eight threads, six questions, each several times."""
    questions = [f"how does miR-{number} act in cancer" for number in (9, 21, 105, 155)] + ["exosomes", "PTEN"]
    alone = {question: untimed(starter.ask(question)) for question in questions}
    with ThreadPoolExecutor(8) as pool:
        asked = list(pool.map(lambda question: (question, untimed(starter.ask(question))), questions * 5))
    assert all(response == alone[question] for question, response in asked)


def test_asking_never_fails_while_documents_come_and_go(small: Service):
    """Every answer is that of the library with the document or of the one without it."""
    with_moss = untimed(small.ask(QUOKKA))
    done = threading.Event()

    def ask() -> list[AskResponse]:
        answers = []
        while not done.is_set():
            answers.append(untimed(small.ask(QUOKKA)))
        return answers

    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(ask) for _ in range(2)]
        try:
            for _ in range(4):
                small.remove("moss")
                small.add("moss.md", MOSS.encode())
        finally:
            done.set()
        answers = [answer for future in asking for answer in future.result()]
    small.remove("moss")
    without = untimed(small.ask(QUOKKA))
    assert {answer.answer for answer in answers} <= {with_moss.answer, without.answer}


def test_files_added_at_once_are_all_there(small: Service):
    """One waits for the other; none is lost."""
    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(lambda n: small.add(f"fern-{n}.md", f"{FERN}Spore {n} lands.".encode()), range(4)))
    assert {one.document.id for one in added} == {f"fern-{n}" for n in range(4)}
    assert set(ids(small.documents())) == {"kelp", "moss", *(f"fern-{n}" for n in range(4))}
