"""One library, one encoder and their settings, behind everything a user can do: ask, search, add, remove, look.

Safe to share between threads. A library changed by another process is noticed at the next question.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Final, Literal, Self

from corpus.errors import EncoderError, InputError, UnreadableFile
from corpus.pictures import Renderer
from corpus.records import Reading
from corpus.summaries import DocumentSummary
from index.aside import Aside
from index.encoder import Encoder, SentenceEncoder
from index.library import Library, changing, current_generation
from index.names import find_names
from index.ranking import Mode
from index.reranker import open_reranker
from index.sites import find_sites
from qa.answering.answers import write_answer
from qa.citations import cautions
from qa.conversations.store import Conversations, forget_answers
from qa.forms import Format, Writer
from qa.mechanisms.questions import is_mechanism_question
from qa.pictures import Picture, page_picture, shown_pages
from qa.reading.question import ReadQuestion, interpreted, read_question
from qa.results import AskResponse, Caution, Lead, LibraryCard, Mechanism, MechanismResponse, Part, SearchResponse
from qa.retriever import Retriever, Stopwatch
from qa.scope import EVERYTHING, Scope
from qa.settings import Settings
from qa.shelf import Shelf
from qa.stopping import Stop
from qa.writing.choosing import chosen, open_writer

if TYPE_CHECKING:
    from index.intake import Outcome, Source
    from qa.adding import Watch
    from qa.fetching.identifiers import Identifier
    from qa.mechanisms.table import MechanismTable

_MOST: Final = 100
"""Pieces of evidence that may be asked for."""


@dataclass(frozen=True, slots=True)
class Added:
    """A file that was read into the library; `notices` say what the reader should know of the reading."""

    document: DocumentSummary
    status: Literal["added", "replaced", "unchanged"]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class _Opened:
    library: Library
    retriever: Retriever
    card: LibraryCard
    shelf: Shelf

    @cached_property
    def table(self) -> MechanismTable:
        from qa.mechanisms.table import MechanismTable

        return MechanismTable(self.library, self.retriever)


class Service:
    """Answers from the library in `path`.

    Raises:
        LibraryMissing: there is none.
        LibraryDamaged, LibraryMismatch: it cannot be used as it is.
        EncoderError: a model that is set is not on this machine.
    """

    def __init__(self, path: Path, settings: Settings, encoder: Encoder) -> None:
        self.path = path
        self.settings = settings
        self.encoder = encoder
        self.conversations = Conversations.of(path, settings)
        self._reranker = open_reranker(settings.reranker)
        self._model = open_writer(settings)
        self._renderer = Renderer()
        self._lock = Lock()
        self._opened = self._open()
        self._warm = Event()
        self._failed: EncoderError | None = None

    @classmethod
    def open(cls, library: Path, *, settings: Settings | None = None, encoder: Encoder | None = None) -> Self:
        """A service over the library; the model is loaded in the background, and `ready` tells when it is there."""
        chosen = settings or Settings.read()
        service = cls(library, chosen, encoder or SentenceEncoder(chosen.model))
        Aside(service.warm)
        return service

    def warm(self) -> None:
        """Every model of this machine is in memory and has run once, or one is known to fail."""
        try:
            self.encoder.encode(["warm"])
            if self._reranker is not None:
                self._reranker.scores("warm", ["warm"])
            if self._model is not None:
                self._model.warm()
        except EncoderError as error:
            self._failed = error
        self._warm.set()

    def ready(self) -> bool:
        """True once the library is open and the model loaded.

        Raises:
            EncoderError: the model cannot be loaded.
        """
        if self._failed is not None:
            raise self._failed
        return self._warm.is_set()

    def read(self, question: str, history: Sequence[str] = ()) -> ReadQuestion:
        """A question as it is searched for in the library as it is now; arguments and errors as those of `search`."""
        return self._current().retriever.as_written(read_question(question, history))

    def search(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        k: int = 10,
        scope: Scope = EVERYTHING,
        mode: Mode = "fused",
    ) -> SearchResponse:
        """Ranked evidence for the question.

        Args:
            history: earlier questions, oldest first.
            k: how many pieces of evidence at most, 1 to 100.
            scope: what the search is limited to.
            mode: how to rank; other than `fused` only to compare.

        Raises:
            QuestionError: the question cannot be asked.
            InputError: `k` is out of range.
            UnknownDocument: a document that the search is limited to is not in the library.
        """
        read, opened = read_question(question, history), self._current()
        return self._search(opened, opened.retriever.as_written(read), k=k, scope=scope, mode=mode)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        k: int = 10,
        scope: Scope = EVERYTHING,
        writer: Writer | None = None,
        stop: Stop | None = None,
    ) -> AskResponse:
        """Ranked evidence and an answer written from it; arguments and errors as those of `stream`."""
        *_, last = self.stream(question, history=history, k=k, scope=scope, writer=writer, stop=stop)
        assert isinstance(last, AskResponse)  # noqa: S101 (the stream ends so; tells the type checker)
        return last

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        k: int = 10,
        scope: Scope = EVERYTHING,
        writer: Writer | None = None,
        stop: Stop | None = None,
    ) -> Generator[Part, None, None]:
        """The evidence as soon as it is there, the lead, then each sentence of the answer, then the whole response.

        Where the documents do not answer there is no lead and no sentence.

        Closed before its end, or where `stop` is said, whatever is still at work on it ends.

        Arguments and errors as those of `search`; a `BadSetting` too where a language model should write and none is
        set. By default it writes where one is set; where there is nothing to quote, none is asked.
        """
        model, asked, opened = chosen(self._model, writer), read_question(question, history), self._current()
        read = opened.retriever.as_written(asked)
        yield (response := self._search(opened, read, k=k, scope=scope))
        watch = Stopwatch(dict(response.took_ms))
        with watch.stage("answer"):
            known = opened.library.ranker.words
            limits = tuple(name for text in scope.names for name in find_names(text))
            cancers = frozenset(site.site for text in scope.cancers for site in find_sites(text))
            most = self.settings.sentences
            answer = write_answer(read, response.evidence, response.support, known, most, limits, cancers)
        if answer.lead:
            yield Lead(answer.lead, answer.disagreements)
        if model is None or not answer.sentences:
            yield from answer.sentences
        else:
            with watch.stage("model"):
                answer = yield from model.write(response, answer, [read.names, limits], stop)
        said: tuple[Mechanism, ...] = ()
        if is_mechanism_question(read):
            with watch.stage("mechanisms"):
                said = opened.table.answers(read, response.evidence, response.support, scope)
        yield AskResponse(
            response.question,
            response.interpreted,
            response.evidence,
            response.support,
            response.library,
            response.settings,
            watch.took_ms,
            answer,
            said,
        )

    def mechanisms(
        self,
        question: str | None = None,
        *,
        history: Sequence[str] = (),
        scope: Scope = EVERYTHING,
        limit: int = 100,
        offset: int = 0,
    ) -> MechanismResponse:
        """What the library says of mechanisms; of a question, what its best 100 pieces of evidence say.

        Args:
            history: questions before that one, oldest first.
            limit: how many at most, 1 to 1,000.
            offset: how many to leave out before.

        Raises:
            QuestionError, InputError, UnknownDocument: as `search`; `limit` or `offset` is out of range.
        """
        from qa.mechanisms.table import checked_page

        checked_page(limit, offset)
        opened = self._current()
        if question is None:
            found, unread = opened.table.whole(scope)
        else:
            read, unread = opened.retriever.as_written(read_question(question, history)), 0
            response = self._search(opened, read, k=_MOST, scope=scope)
            found = opened.table.answers(read, response.evidence, response.support, scope)
        shown = opened.table.entries(found[offset : offset + limit])
        return MechanismResponse(question, shown, len(found), offset, limit, unread, opened.card)

    def export(self, response: SearchResponse | AskResponse, form: Format) -> str:
        """A response of this service in a format of `qa.exports`.

        Raises:
            UnknownDocument: a paper of its evidence has been removed since.
        """
        from qa.exports import export

        return export(response, form, self._current().library.store)

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Every document of the library, by id."""
        return self._current().retriever.summaries

    def shelf(self) -> Shelf:
        """The papers as they are looked through, in the order of their titles."""
        return self._current().shelf

    def reading(self, document_id: str) -> Reading:
        """One document with everything that can be cited from it.

        Raises:
            UnknownDocument: no such id.
        """
        return self._current().library.store.reading(document_id)

    def pages(self, document_id: str) -> int:
        """How many pages of a document can be shown; 0 where it has none, and for an unknown id."""
        return shown_pages(self.opened(), document_id)

    def picture(self, document_id: str, number: int, width: int) -> Picture:
        """A page of a document, counted from 1, to be drawn `width` pixels wide.

        Raises:
            UnknownDocument, UnknownPage: no such id, or no such page that can be shown.
            InputError: `width` is out of range.
        """
        return page_picture(self.opened, self._renderer, document_id, number, width)

    def cautions(self, reading: Reading) -> dict[str, tuple[Caution, ...]]:
        """The reasons to read rows of a document with care, by record id; rows without any are left out."""
        store = self._current().library.store
        found = {row.id: cautions(row, store.check(row.id)) for row in reading.rows}
        return {record_id: told for record_id, told in found.items() if told}

    def library(self) -> LibraryCard:
        """Which library this is."""
        return self._current().card

    def opened(self) -> Library:
        """The library as it is now, open for reading."""
        return self._current().library

    def add(self, name: str, data: bytes) -> Added:
        """The file is in the library, in place of an upload of the same name.

        Raises:
            UnreadableFile: it gives no document.
            LibraryBusy, StorageFull: the library is as it was.
        """
        from index.intake import Source

        with changing(self.path):  # until it has been looked up, so that nobody takes it out in between
            (outcome,) = self.add_all([Source(name, f"upload:{name}", lambda: data)])
            if outcome.status == "unreadable":
                raise UnreadableFile(name, " ".join(outcome.notices))
            document = self.shelf().papers[outcome.document_id or ""]
        status = "replaced" if outcome.status == "moved" else outcome.status  # only files that lie on a disk are moved
        return Added(document, status, outcome.notices)

    def add_all(
        self,
        sources: Sequence[Source],
        identifiers: Sequence[Identifier] = (),
        watch: Watch | None = None,
        stop: Stop | None = None,
    ) -> tuple[Outcome, ...]:
        """Every file that can be read and every article that can be fetched is in it; as `qa.adding.add_all`."""
        from qa.adding import Watch, add_all

        try:
            return add_all(self.path, self.encoder, self.settings, sources, identifiers, watch or Watch(), stop)
        finally:
            self._current()  # so that no answer is kept which quotes what was replaced

    def remove(self, document_id: str) -> None:
        """The document, with everything cut from it, is in the library no more.

        Raises:
            UnknownDocument: no such id.
            LibraryBusy, StorageFull: the library is as it was.
        """
        from qa.removing import remove_documents

        remove_documents(self.path, self.encoder, [document_id], self.settings.choice)

    def close(self) -> None:
        """The library is let go."""
        self._renderer.close()
        self._opened.library.close()

    def _open(self) -> _Opened:
        library = Library.open(self.path, self.settings.choice)
        manifest = library.manifest
        card = LibraryCard(manifest.hash, manifest.documents, manifest.records, manifest.encoder.model)
        try:
            retriever = Retriever(library, self.encoder, self.settings, self._reranker)
            shelf = Shelf(retriever.summaries, library.store)
            opened = _Opened(library, retriever, card, shelf)
        except BaseException:
            library.close()
            raise
        forget_answers(self.path, card.hash)  # those there are may quote papers that are gone
        return opened

    def _current(self) -> _Opened:
        """The library as it is on disk now, opened again where it has changed."""
        if current_generation(self.path) != self._opened.library.generation:
            with self._lock:
                if current_generation(self.path) != self._opened.library.generation:
                    # the old one is left to those who are still reading it, and to the garbage collector
                    self._opened = self._open()
        return self._opened

    def _search(
        self,
        opened: _Opened,
        read: ReadQuestion,
        *,
        k: int,
        scope: Scope,
        mode: Mode = "fused",
    ) -> SearchResponse:
        if not 1 <= k <= _MOST:
            msg = f"k must lie between 1 and {_MOST}; it is {k}."
            raise InputError(msg)
        found = opened.retriever.search(read, k=k, scope=scope, mode=mode)
        return SearchResponse(
            read.text,
            interpreted(read),
            found.evidence,
            found.support,
            opened.card,
            self.settings.shaping(),
            found.took_ms,
        )
