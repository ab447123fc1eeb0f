"""The steps of each file, from where it is found to the library."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.records import Reading
from corpus.store import DocumentSummary
from corpus.workers import Job, Workers, shared
from index.encoder import Encoder, Progress
from index.intake.batch import Batch
from index.intake.held import Held, has_moved
from index.intake.outcome import Outcome, Status
from index.intake.sources import Source
from index.library import changing


def take_in(
    path: Path,
    encoder: Encoder,
    sources: Sequence[Source],
    *,
    told: Callable[[Outcome], None] | None = None,
    naming: Callable[[str], None] | None = None,
    reading: Progress | None = None,
    progress: Progress | None = None,
    workers: Workers | None = None,
) -> tuple[Outcome, ...]:
    """Every readable source is in the library in `path`; one outcome a source, in order.

    Unchanged files are skipped by their content, changed ones replace what they were. One unreadable file never stops
    the others; where nothing is new, nothing is written. Many files go in in batches, each whole: whatever ends this,
    an interrupt too, the batches before are in the library, and the same call later goes on with the rest.

    Args:
        told: called with each outcome once it is true: of an unreadable file at once, of the others, in order, when
            the library holds them.
        naming: told the name of each source when its turn comes.
        reading: told how many of the sources are read, beginning with none.
        progress: told how many of the new records of a batch are encoded.
        workers: what reads them; those of this process where none are given.

    Raises:
        LibraryBusy, LibraryDamaged, LibraryMismatch, StorageFull: of what was not told of, nothing was changed.
    """
    count, name = reading or _say_nothing, naming or _say_nothing
    with changing(path):
        intake = _Intake(path, encoder, sources, told or _say_nothing, progress)
        count(0, len(sources))
        with closing((workers or shared()).in_order(intake.tasks())) as results:
            for done, (task, result) in enumerate(results, start=1):
                name(task.source.name)
                intake.settle(task, result)
                count(done, len(sources))
        return intake.finish()


@dataclass(frozen=True, slots=True)
class _Task:
    """A file that was looked at: either its outcome is known, or what it will be once it has been read."""

    source: Source
    outcome: Outcome | None = None
    status: Status = "added"


class _Intake:
    """One run over many sources. Each goes through `_look`, a worker and `settle`, in this order."""

    def __init__(
        self,
        path: Path,
        encoder: Encoder,
        sources: Sequence[Source],
        tell: Callable[[Outcome], None],
        progress: Progress | None,
    ) -> None:
        self._sources = sources
        self._tell = tell
        self._held = Held.of(path, encoder)
        self._batch = Batch(path, encoder, self._held.records, progress)
        self._outcomes: list[Outcome] = []
        self._waiting: list[Outcome] = []

    def tasks(self) -> Iterator[tuple[_Task, Job | None]]:
        """Each source, looked at, and what there is to read."""
        digests = self._digests()
        for source in self._sources:
            try:
                yield self._look(source, digests.get(source.place))
            except UnreadableFile as error:
                yield _Task(source, Outcome.of_error(source.name, error)), None

    def settle(self, task: _Task, result: Reading | UnreadableFile | None) -> None:
        """What came of the task is known; what is new waits in the batch, which is written when it is full."""
        outcome = task.outcome or self._outcome(task, result)
        self._outcomes.append(outcome)
        if outcome.status == "unreadable":
            self._tell(outcome)
            return
        self._waiting.append(outcome)
        if self._batch.is_full or not self._batch:
            self._write()

    def finish(self) -> tuple[Outcome, ...]:
        """Everything is written and told; every outcome, in the order of the sources."""
        self._write()
        return tuple(self._outcomes)

    def _digests(self) -> dict[str, str]:
        """The digest of each source whose place is held; documents that are about to change are known from now on."""
        digests: dict[str, str] = {}
        for source in self._sources:
            if before := self._held.at(source.place):
                try:
                    digests[source.place] = hashlib.sha256(source.load()).hexdigest()
                except UnreadableFile:
                    continue  # its turn comes
                if digests[source.place] != before.sha256:
                    self._held.expect(before)
        return digests

    def _look(self, source: Source, digest: str | None) -> tuple[_Task, Job | None]:
        """The source compared with what is held: unchanged, a copy, moved, changed or new.

        Raises:
            UnreadableFile: it cannot be opened.
        """
        before = self._held.at(source.place)
        if before and digest == before.sha256:
            return _Task(source, Outcome.of_held(source.name, before)), None
        data = source.load()
        digest = hashlib.sha256(data).hexdigest()
        same = self._held.same(digest)
        status: Status = "added"
        if before:
            status, document_id = "replaced", before.id
        elif same and not has_moved(same.source, source.place):
            return _Task(source, Outcome.of_held(source.name, same)), None
        elif same:
            status, document_id = "moved", same.id
            self._held.move(same, source.place, source.name)
        else:
            document_id = self._held.free_id(source.name, digest)
        return _Task(source, None, status), Job(source.name, data, document_id, source.place)

    def _outcome(self, task: _Task, result: Reading | UnreadableFile | None) -> Outcome:
        """What was read waits to be written, unless there is none."""
        name = task.source.name
        if not isinstance(result, Reading):
            return Outcome.of_error(name, result or UnreadableFile(name, "nothing was made of it."))
        same = self._held.same(result.document.sha256)
        if same and task.status == "added":  # of which another copy was still being read when this one was looked at
            return Outcome.of_held(name, same)
        self._held.put(DocumentSummary.of(result))
        self._batch.put(result)
        return Outcome.of_reading(name, task.status, result)

    def _write(self) -> None:
        """The batch is in the library, and what waited for it is told."""
        self._batch.write()
        for outcome in self._waiting:
            self._tell(outcome)
        self._waiting.clear()


def _say_nothing(*_: object) -> None:
    pass
