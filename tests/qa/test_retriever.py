from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from threading import Event, Semaphore

import pytest

from corpus.errors import EncoderError, LibraryMismatch, UnknownDocument
from index.identity import Coming, Vectors
from index.intake import Source, sources_of, take_in
from index.library import Library
from index.ranking import MODES
from qa.evaluation.judgments import load_questions
from qa.questions import fixed_set
from qa.reading.question import read_question
from qa.retriever import Retriever, Stopwatch
from qa.scope import Scope
from qa.settings import Settings
from tests.encoders import HashedEncoder
from tests.qa.conftest import KELP

QUOKKA = read_question("which moss shelters a lonely quokka")


@pytest.fixture
def opened(library) -> Iterator[Library]:
    """The library of two papers, open."""
    opened = Library.open(library)
    yield opened
    opened.close()


@pytest.fixture
def retriever(opened: Library) -> Retriever:
    """A retriever over it."""
    return Retriever(opened, HashedEncoder(), Settings())


def test_another_model_than_the_librarys_is_refused(opened: Library):
    """By name, by weights and by dimension."""
    for other in (HashedEncoder(model="another"), HashedEncoder(dimension=256)):
        with pytest.raises(LibraryMismatch, match="hashed"):
            Retriever(opened, other, Settings())


def test_a_short_ranking_is_the_beginning_of_a_long_one(starter):
    """How much is shown changes neither order nor score; what is measured at 100 is what is shown at 10."""
    for question in load_questions(fixed_set())[::6]:
        long = starter.search(question.question, history=question.history, k=100).evidence
        assert starter.search(question.question, history=question.history, k=10).evidence == long[:10]


@pytest.mark.parametrize("mode", MODES)
def test_every_order_is_total(starter, mode):
    """Score downwards, equal scores by record id, ranks from 1 without a gap: in every mode, for every question."""
    for question in load_questions(fixed_set())[::6]:
        found = starter.search(question.question, history=question.history, k=100, mode=mode).evidence
        assert [piece.rank for piece in found] == list(range(1, len(found) + 1))
        assert all((-one.score, one.id) < (-other.score, other.id) for one, other in pairwise(found))


def test_the_question_that_stands_alone_is_what_is_searched_for(opened: Library):
    """Not the turn as it was typed."""
    encoder = HashedEncoder()
    Retriever(opened, encoder, Settings()).search(read_question("and miR-210?", ["which moss drinks miR-21"]))
    assert encoder.encoded == ["which moss drinks miR-210"]


def test_the_weight_of_the_words_is_a_setting(opened: Library):
    """At 1 the order is that of the words, at 0 that of the vectors; no molecule is named that would count too."""
    question = read_question("which quokka rides the tides")
    for weight, mode in ((1.0, "words"), (0.0, "dense")):
        fused = Retriever(opened, HashedEncoder(), Settings(words_weight=weight)).search(question)
        alone = Retriever(opened, HashedEncoder(), Settings()).search(question, mode=mode)
        assert [piece.id for piece in fused.evidence] == [piece.id for piece in alone.evidence]


def test_filters_hold_in_every_mode(retriever: Retriever):
    """Of one document, of one kind, or both."""
    for mode in MODES:
        found = retriever.search(QUOKKA, scope=Scope(documents=("kelp",), kinds=("row",)), mode=mode).evidence
        assert {(piece.document.id, piece.kind) for piece in found} <= {("kelp", "row")}
        assert found or mode == "words"


def test_an_unknown_document_is_refused_before_anything_is_encoded(opened: Library):
    """The message names it."""
    encoder = HashedEncoder()
    with pytest.raises(UnknownDocument, match="'nessie'"):
        Retriever(opened, encoder, Settings()).search(QUOKKA, scope=Scope(documents=("kelp", "nessie")))
    assert encoder.encoded == []


def test_each_stage_is_timed_by_name(retriever: Retriever):
    """In the order they run."""
    assert list(retriever.search(QUOKKA).took_ms) == ["filter", "encode", "wait", "rank", "look up", "weigh", "cite"]


class Beginning(HashedEncoder):
    """An encoder that can begin; gives no vector until it is let go, and never one of a text that holds "fog"."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go = Semaphore(0), Event()
        self.told: list[str] = []

    def begin(self, text: str) -> Coming:
        """At once."""
        self.told.append("begun")
        self.begun.release()
        return lambda: self._given(text)

    def _given(self, text: str) -> Vectors:
        self.go.wait()
        self.told.append("given")
        if "fog" in text:
            raise EncoderError("no fog")
        return self.encode([text])


def test_a_question_is_encoded_while_another_one_waits_for_its_vector(opened: Library):
    """It is begun, whichever has the turn to go on; both find what they find alone."""
    encoder, other = Beginning(), read_question("which target does miR-21 silence in the gills")
    alone = [Retriever(opened, HashedEncoder(), Settings()).search(question).evidence for question in (QUOKKA, other)]
    retriever = Retriever(opened, encoder, Settings())
    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(retriever.search, question) for question in (QUOKKA, other)]
        begun = [encoder.begun.acquire(timeout=60) for _ in asked]  # an end to waiting where it is not begun
        encoder.go.set()
        assert begun == [True, True]
        assert [each.result().evidence for each in asked] == alone


def test_a_question_is_begun_before_its_turn_and_has_its_vector_in_it(opened: Library, engine, monkeypatch):
    """There are no turns where another engine is waited for."""
    encoder = Beginning()

    class Turn:
        def __enter__(self) -> None:
            encoder.told.append("turn")

        def __exit__(self, *_: object) -> None:
            encoder.told.append("over")

    monkeypatch.setattr("qa.retriever.Lock", Turn)
    encoder.go.set()
    assert Retriever(opened, encoder, Settings()).search(QUOKKA).evidence
    assert encoder.told == (["begun", "turn", "given", "over"] if engine == "faiss" else ["begun", "given"])


def test_a_question_that_cannot_be_encoded_holds_up_no_other(opened: Library):
    """It is told so, and the next one is answered."""
    encoder = Beginning()
    encoder.go.set()
    retriever = Retriever(opened, encoder, Settings())
    with pytest.raises(EncoderError, match="no fog"):
        retriever.search(read_question("what shelters in the fog"))
    assert retriever.search(QUOKKA).evidence


def test_a_stopwatch_notes_a_stage_that_failed():
    """In milliseconds, under its name."""
    watch = Stopwatch()
    with pytest.raises(ZeroDivisionError), watch.stage("divide"):
        _ = 1 / 0
    assert list(watch.took_ms) == ["divide"]
    assert watch.took_ms["divide"] >= 0


def test_evidence_brings_the_studies_it_cites(retriever: Retriever):
    """In the order of its markers, from its own document's list."""
    first = retriever.search(read_question("what silences KRIT1 in the gills")).evidence[0]
    assert first.document.id == "kelp"
    assert (first.references[0].marker, first.references[0].doi) == ("1", "10.1000/sea.4")


@pytest.fixture
def thrice(tmp_path: Path, papers: Path) -> Iterator[Retriever]:
    """A retriever over the two papers, kelp in three copies, which by titles and DOIs are three papers."""
    for name, title in (("a", "An almanac of foam"), ("z", "Zones of the shore")):
        copy = KELP.replace("Kelp letters", title).replace("10.1000/kelp.1", f"10.1000/{name}.1")
        (papers / f"{name}.md").write_text(copy, encoding="utf-8")
    take_in(tmp_path / "thrice", HashedEncoder(), sources_of([papers]))
    opened = Library.open(tmp_path / "thrice")
    yield Retriever(opened, HashedEncoder(), Settings())
    opened.close()


@pytest.mark.parametrize("mode", MODES)
def test_copies_stand_behind_everything_else(thrice: Retriever, mode):
    """Three of kelp's and one of moss's are new; six are copies; scores tell the order, and ranks have no gap."""
    found = thrice.search(read_question("what silences KRIT1 in the gills"), k=100, mode=mode).evidence
    texts = [piece.text for piece in found]
    assert len(texts) == 10
    assert set(texts[:4]) == set(texts)
    assert [piece.document.id for piece in found[:4]] == ["a", "a", "a", "moss"]
    assert [piece.rank for piece in found] == list(range(1, 11))
    assert all((-one.score, one.id) < (-other.score, other.id) for one, other in pairwise(found))


def test_copies_never_take_the_place_of_something_new(tmp_path: Path):
    """Sixty copies of the best record and eleven others: the ten shown are the best and nine others."""
    moss = [f"# Moss {i}\n\nGreen moss drinks {'fog ' * i}." for i in range(1, 12)]
    kelp = [f"# Kelp {i}\n\nTidal parcels silence KRIT1 in the gills." for i in range(60)]
    papers = [Source(f"p{i:02}.md", f"upload:p{i}", text.encode) for i, text in enumerate((*kelp, *moss))]
    take_in(tmp_path / "many", HashedEncoder(), papers)
    opened = Library.open(tmp_path / "many")
    found = Retriever(opened, HashedEncoder(), Settings()).search(read_question("what silences KRIT1 in the gills"))
    opened.close()
    assert [piece.document.id for piece in found.evidence] == ["p00", *(f"p{i}" for i in range(60, 69))]
