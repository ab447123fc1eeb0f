"""The steps of each file, from where it is found to the library."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.describing import described, known_as, without_copy
from corpus.errors import UnreadableFile
from corpus.origins import Copy, Origin
from corpus.records import Reading
from corpus.summaries import DocumentSummary
from corpus.twins import kinship, sameness
from corpus.workers import Job, Workers, shared
from corpus.worth import advantage
from index.encoder import Encoder, Progress
from index.engineplace import AS_REMEMBERED, EngineChoice
from index.intake.batch import Batch
from index.intake.held import Held, has_moved
from index.intake.outcome import Outcome, Status
from index.intake.sources import Source
from index.intake.twins import Twins
from index.library import changing, place_of


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
    orphans: Collection[str] = (),
    engine: EngineChoice = AS_REMEMBERED,
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
        orphans: ids of documents whose own file is gone; the best of the sources that were passed over for it takes its
            place.
        engine: which one searches the library, if it is made; where that is.

    Raises:
        BadSetting, EngineError, LibraryBusy, LibraryDamaged, LibraryMismatch, StorageFull: of what was not told of,
            nothing was changed.
    """
    count, name = reading or _say_nothing, naming or _say_nothing
    with changing(path):
        place_of(path, engine)  # said before anything is read
        batch = Batch(path, encoder, progress, engine)
        intake = _Intake(path, encoder, sources, told or _say_nothing, batch, orphans)
        count(0, len(sources))
        with closing((workers or shared()).in_order(intake.tasks())) as results:
            for done, (task, result) in enumerate(results, start=1):
                name(task.source.name)
                intake.settle(task, result)
                count(done, len(sources))
        return intake.finish()


@dataclass(frozen=True, slots=True)
class _Task:
    """A file that was looked at: its outcome is known, or it is read, or only its metadata is to be renewed.

    Attributes:
        outcome: where it is known.
        status: what it will be once it has been read.
        document_id: of its document, where `outcome` is not known.
        renewed: whether only its metadata is to be renewed.
        heir: whether it is another file of a document whose own file is gone.
    """

    source: Source
    outcome: Outcome | None = None
    status: Status = "added"
    document_id: str = ""
    renewed: bool = False
    heir: bool = False


class _Intake:
    """One run over many sources. Each goes through `_look`, a worker and `settle`, in this order."""

    def __init__(
        self,
        path: Path,
        encoder: Encoder,
        sources: Sequence[Source],
        tell: Callable[[Outcome], None],
        batch: Batch,
        orphans: Collection[str],
    ) -> None:
        self._orphans = frozenset(orphans)
        self._succeeded: set[str] = set()
        self._sources = sources
        self._tell = tell
        self._held = Held.of(path, encoder)
        self._batch = batch
        self._twins = Twins(path, self._held)
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
        outcome = task.outcome or (self._renew(task) if task.renewed else self._outcome(task, result))
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
            if self._is_renewed(source, before.id):
                return _Task(source, None, "replaced", before.id, renewed=True), None
            return _Task(source, Outcome.of_held(source.name, before)), None
        data = source.load()
        digest = hashlib.sha256(data).hexdigest()
        same = self._held.same(digest)
        status: Status = "added"
        if before:
            status, document_id = "replaced", before.id
        elif (passed := self._held.copy_at(source.place)) and passed[1].sha256 == digest:
            if passed[0].id in self._orphans:
                job = Job(source.name, data, passed[0].id, source.place)
                return _Task(source, None, "replaced", passed[0].id, heir=True), job
            return _Task(source, Outcome.of_copy(source.name, passed[0])), None
        elif same and not has_moved(same.source, source.place):
            return _Task(source, Outcome.of_held(source.name, same)), None
        elif same:
            status, document_id = "moved", same.id
            self._held.move(same, source.place, source.name)
        else:
            document_id = self._held.free_id(source.name, digest)
        return _Task(source, None, status, document_id), Job(source.name, data, document_id, source.place)

    def _outcome(self, task: _Task, result: Reading | UnreadableFile | None) -> Outcome:
        """What was read waits to be written, unless there is none, or another file of the same paper is kept."""
        name = task.source.name
        if not isinstance(result, Reading):
            return Outcome.of_error(name, result or UnreadableFile(name, "nothing was made of it."))
        same = self._held.same(result.document.sha256)
        if same and task.status == "added":  # of which another copy was still being read when this one was looked at
            return Outcome.of_held(name, same)
        return self._accept(task, result)

    def _is_renewed(self, source: Source, document_id: str) -> bool:
        """Whether an export now says something else of an unchanged file."""
        origin = self._held.origins[document_id]
        return source.entry is not None and (source.entry, source.companion) != (origin.entry, origin.companion)

    def _renew(self, task: _Task) -> Outcome:
        """The document has the metadata that an export now gives it; its file is not read again."""
        reading = self._twins.reading(task.document_id)
        reading = described(reading, task.source.entry, companion=task.source.companion)
        self._put(reading)
        notice = "Only its title, authors, year, DOI or journal have changed, as the reference manager has them."
        return replace(Outcome.of_reading(task.source.name, task.status, reading), notices=(notice,))

    def _accept(self, task: _Task, reading: Reading) -> Outcome:
        """The reading waits to be written, or another file of the same paper is kept."""
        source = task.source
        if not task.heir and (
            passed := self._held.copy_at(source.place)
        ):  # it was another text of that paper; that is to be seen anew
            self._put(without_copy(self._twins.reading(passed[0].id), passed[1]))
        before = self._held.origins.get(task.document_id, Origin())
        if source.entry:
            reading = described(reading, source.entry, companion=source.companion)
        elif before.entry:  # what an export said of the file before still holds
            reading = described(reading, before.entry, companion=before.companion)
        notices: tuple[str, ...] = ()
        if task.heir and task.document_id in self._succeeded:  # the better one of two shall
            return self._same_paper(source, reading, self._twins.reading(task.document_id))
        if task.heir:
            reading, notices = self._inherited(reading)
        elif task.status == "added":
            twin, related = self._twins.of(reading) or (None, None)
            if twin and related == "same":
                return self._same_paper(source, reading, twin)
            if twin:
                notices = (f"It may be the same paper as {twin.document.file}; both are kept.",)
                if reading.origin.entry and reading.origin.entry == twin.origin.entry:  # no other text of the paper
                    reading = described(reading, reading.origin.entry, companion=True)
        else:
            reading, notices = self._with_copies(reading)
        self._put(reading)
        outcome = Outcome.of_reading(source.name, task.status, reading)
        return replace(outcome, notices=(*outcome.notices, *notices))

    def _same_paper(self, source: Source, new: Reading, held: Reading) -> Outcome:
        """The better one of two files of one paper is kept, under the id of the one that was here first."""
        entry = held.origin.entry or new.origin.entry
        more = advantage(new, held)
        better, poorer = (new, held) if more else (held, new)
        more = more or advantage(held, new)
        left = poorer.document
        copy = Copy(left.file, left.source, left.sha256)
        before = (one for one in held.copies if one.sha256 != copy.sha256 or not has_moved(one.source, copy.source))
        copies = {one.source: one for one in (*before, copy) if one.source != better.document.source}
        kept = described(known_as(better, held.document.id), entry)
        kept = replace(kept, copies=tuple(copies[place] for place in sorted(copies)))
        same = f"The same paper as {{}} ({sameness(new, held)})"
        self._put(kept)
        if better is held:
            which = f"which has {more}" if more else "which was here first"
            notice = f"{same.format(held.document.file)}, {which}; that one is kept."
            return Outcome.of_copy(source.name, DocumentSummary.of(kept), notice)
        outcome = Outcome.of_reading(source.name, "replaced", kept)
        notice = f"{same.format(left.file)}; this one has {more}, and takes its place."
        return replace(outcome, notices=(*outcome.notices, notice))

    def _inherited(self, reading: Reading) -> tuple[Reading, tuple[str, ...]]:
        """A file that was passed over, in place of the one that is gone, with the others that were; what is told."""
        self._succeeded.add(reading.document.id)
        old = self._twins.reading(reading.document.id)
        copies = tuple(copy for copy in old.copies if copy.source != reading.document.source)
        notice = (
            f"It takes the place of {old.document.file}, the same paper, which is no more at {old.document.source}."
        )
        return replace(reading, copies=copies), (notice,)

    def _with_copies(self, reading: Reading) -> tuple[Reading, tuple[str, ...]]:
        """A changed file with the other files of its paper, unless it is another paper now; what is to be told then."""
        old = self._twins.reading(reading.document.id)
        if not old.copies or old.document.sha256 == reading.document.sha256 or kinship(reading, old) == "same":
            return replace(reading, copies=old.copies), ()
        files = ", ".join(copy.file for copy in old.copies)
        return reading, (f"It is another paper now; add {files} again, the same paper as the one before.",)

    def _put(self, reading: Reading) -> None:
        self._held.put(DocumentSummary.of(reading))
        self._held.origins[reading.document.id] = reading.origin
        self._twins.put(reading)
        self._batch.put(reading)

    def _write(self) -> None:
        """The batch is in the library, and what waited for it is told."""
        self._twins.close()
        self._batch.write()
        for outcome in self._waiting:
            self._tell(outcome)
        self._waiting.clear()


def _say_nothing(*_: object) -> None:
    pass
