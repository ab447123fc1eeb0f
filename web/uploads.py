"""What a request adds: uploaded files and named articles, told of while they are taken in."""

from __future__ import annotations

import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Final, Literal, Self

from fastapi import UploadFile

from corpus.errors import FetchError, InputError, LibraryError, UnreadableFile
from corpus.readers import check_size
from index import intake
from index.intake import Source
from qa.adding import Stopped, Watch
from qa.fetching.articles import not_named
from qa.fetching.identifiers import Identifier, read_identifier
from qa.service import Service
from qa.stopping import Stop
from web.problems import KINDS, Problem, UploadError, problem_of
from web.schema import Encoding, Outcome, Paper, Step, Upload

MOST_IDENTIFIERS: Final = 50
"""Articles that one request may name."""

_MAX_NAME: Final = 200
_DEPTH: Final = 20
"""Folders above a file that tell it from one of the same name."""


def safe_name(given: str | None) -> str:
    r"""A file's name without folders, control characters or leading dots; at most 200 characters.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\papers\\a b.txt"), safe_name("..")
    ('passwd', 'a b.txt', 'unnamed')
    """
    last = (given or "").replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs"}).strip().lstrip(".")
    return shown[-_MAX_NAME:].strip() or "unnamed"


def place_of(given: str | None) -> str:
    """What tells an upload from others: its safe name, after those of the folders it was dropped in.

    It names nothing on a disk; a file of the same place replaces the one before.

    >>> place_of("notes/may/kelp.md"), place_of("../../kelp.md")
    ('upload:notes/may/kelp.md', 'upload:kelp.md')
    """
    *folders, last = (given or "").replace("\\", "/").split("/")
    above = [safe_name(folder) for folder in folders if folder.strip(". ")]
    return "upload:" + "/".join([*above[-_DEPTH:], safe_name(last)])


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a request adds.

    Attributes:
        sources: the files, in order.
        identifiers: of articles, in order, each once.
        neither: what should name an article and does not.
    """

    sources: tuple[Source, ...]
    identifiers: tuple[Identifier, ...] = ()
    neither: tuple[str, ...] = ()

    @classmethod
    def of(cls, files: Sequence[UploadFile], named: Sequence[str]) -> Self:
        """The files, and what the texts name, parted by blanks; an empty field, as a browser sends it, is no file.

        Raises:
            InputError: too many articles are named.
        """
        sources = tuple(_source(file) for file in files if file.filename or file.size)
        words = [word for text in named for word in _joined(text).split()]
        if len(words) > MOST_IDENTIFIERS:
            msg = f"{len(words)} articles are named, and {MOST_IDENTIFIERS} may be at a time; name fewer."
            raise InputError(msg)
        found = {word: read_identifier(word) for word in words}
        identifiers = dict.fromkeys(identifier for identifier in found.values() if identifier)
        return cls(sources, tuple(identifiers), tuple(word for word, identifier in found.items() if not identifier))

    def __bool__(self) -> bool:
        return bool(self.sources or self.identifiers or self.neither)

    @property
    def names(self) -> tuple[str, ...]:
        """Every file and article, as it is told of before it has an outcome."""
        return (*(source.name for source in self.sources), *map(str, self.identifiers), *self.neither)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that is so from now on: `what` is of the kind that the name says."""

    name: Literal["begun", "fetching", "reading", "encoding", "outcome", "done"]
    what: Upload | Step | Encoding | Outcome | tuple[Outcome, ...]


def happenings(service: Service, incoming: Incoming, stop: Stop) -> Generator[Happening, None, None]:
    """`begun`, then each file or article as it is fetched, read and encoded, each `outcome`, and all of them: `done`.

    An error of the library itself ends with it: what was not told of has failed. Closed before its end, or where `stop`
    is said, no more is taken in.

    Raises:
        UploadError: the library took nothing, from an error of its own.
    """
    run = _Run(service, incoming, stop)
    yield Happening("begun", Upload(files=incoming.names))
    working = threading.Thread(target=run.work, name="adding", daemon=True)
    working.start()
    try:
        while (happening := run.queue.get()) is not None:
            yield happening
    finally:
        stop.say()
        working.join()
    if run.error is not None:
        raise run.error
    yield Happening("done", run.all_outcomes())


def receive(service: Service, incoming: Incoming, stop: Stop) -> tuple[Outcome, ...]:
    """Everything that can be taken in is in the library; one outcome each.

    Raises:
        UploadError: nothing was added, and nothing was there already.
    """
    outcomes: tuple[Outcome, ...] = ()
    with closing(happenings(service, incoming, stop)) as told:
        for happening in told:
            if isinstance(happening.what, tuple):
                outcomes = happening.what
    if all(outcome.document is None for outcome in outcomes):
        raise UploadError(_nothing_added(outcomes, incoming))
    return outcomes


@dataclass(slots=True)
class _Run:
    """One request at work in a thread of its own, since the library tells rather than is asked."""

    service: Service
    incoming: Incoming
    stop: Stop
    queue: SimpleQueue[Happening | None] = field(default_factory=SimpleQueue)
    told: dict[intake.Outcome, Outcome] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    halted: LibraryError | None = None
    error: BaseException | None = None

    def work(self) -> None:
        """Everything is taken in, or it is known why not."""
        try:
            self._take_in()
        except Stopped:
            pass
        except LibraryError as error:
            self.halted = error
        except BaseException as error:
            self.error = error
        self.queue.put(None)

    def all_outcomes(self) -> tuple[Outcome, ...]:
        """An outcome for everything; where the library halted, those that it was too late for come last.

        Raises:
            UploadError: it was too late for all.
        """
        if self.halted is None:
            return self.outcomes
        told = tuple(self.told.values())
        late = Counter(self.incoming.names) - Counter(outcome.file for outcome in told)
        failed = tuple(Outcome(file=name, status="failed", reason=str(self.halted)) for name in late.elements())
        if not any(outcome.document for outcome in told):
            problem = problem_of(self.halted)
            raise UploadError(Problem(problem.kind, problem.detail, outcomes=told + failed, headers=problem.headers))
        return told + failed

    def _take_in(self) -> None:
        wrong = tuple(not_named(each) for each in self.incoming.neither)
        for each in wrong:
            self._tell(each)
        taken: list[intake.Outcome] = []
        *before, last = _runs(self.incoming.sources)
        for run in before:
            taken += self.service.add_all(run, (), self._watch(run), self.stop)
        if last or self.incoming.identifiers:
            taken += self.service.add_all(last, self.incoming.identifiers, self._watch(last), self.stop)
        self.outcomes = tuple(self.told[each] for each in (*taken, *wrong))

    def _watch(self, run: Sequence[Source]) -> Watch:
        names = (*(source.name for source in run), *map(str, self.incoming.identifiers))

        def reading(done: int, total: int) -> None:
            if done < min(total, len(names)):
                self.queue.put(Happening("reading", Step(file=names[done])))

        return Watch(
            told=self._tell,
            fetching=lambda identifier: self.queue.put(Happening("fetching", Step(file=str(identifier)))),
            reading=reading,
            encoding=lambda done, total: self.queue.put(Happening("encoding", Encoding(done=done, total=total))),
        )

    def _tell(self, outcome: intake.Outcome) -> None:
        self.told[outcome] = shown = self._shown(outcome)
        self.queue.put(Happening("outcome", shown))

    def _shown(self, outcome: intake.Outcome) -> Outcome:
        if outcome.status == "unreadable":
            return Outcome(file=outcome.file, status="unreadable", reason=" ".join(outcome.notices))
        # what is moved lay in a folder; it is replaced by what came from nowhere
        status = "replaced" if outcome.status == "moved" else outcome.status
        held = self.service.shelf().papers.get(outcome.document_id or "")
        return Outcome(
            file=outcome.file,
            status=status,
            document=Paper.of(held) if held else None,
            sections=outcome.sections,
            pages=outcome.pages,
            notices=outcome.notices,
            same_as=outcome.same_as or None,
        )


def _runs(sources: Sequence[Source]) -> list[list[Source]]:
    """The sources in order, in runs of different places, since of one place the second replaces the first."""
    runs: list[list[Source]] = [[]]
    for source in sources:
        if any(source.place == other.place for other in runs[-1]):
            runs.append([])
        runs[-1].append(source)
    return runs


def _source(file: UploadFile) -> Source:
    name = safe_name(file.filename)
    return Source(name, place_of(file.filename), _loading(name, file))


def _loading(name: str, file: UploadFile) -> Callable[[], bytes]:
    def load() -> bytes:
        check_size(name, file.size or 0)  # it lies on the disk until here
        file.file.seek(0)
        return file.file.read()

    return load


def _joined(text: str) -> str:
    """The text with `doi: 10…` and the like in one piece."""
    return text.replace(": ", ":")


def _nothing_added(outcomes: tuple[Outcome, ...], incoming: Incoming) -> Problem:
    reasons = " ".join(f"{outcome.file}: {outcome.reason}" for outcome in outcomes)
    return Problem(KINDS[FetchError if incoming.identifiers else UnreadableFile], reasons, outcomes=outcomes)
