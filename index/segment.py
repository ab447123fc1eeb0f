"""A segment: some documents of a library with all that finds them, in a folder that is written once and then only read.

segment.json      what was written, with sizes and sums
store.sqlite      documents, records, references, checks
vectors/          the vector of each record
words/            the words of each record, and statements/ those of each of its statements, but for those that depend
                  on other documents (`index.namings`)
originals/ID.pdf  the file of each document whose pages can be shown
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import LibraryDamaged
from corpus.records import Reading, Record
from corpus.store import REBUILD, Store
from corpus.writing import Moved, write_store
from index.aside import Aside
from index.encoder import Encoder, Progress, Vectors, sha256
from index.manifest import SegmentManifest
from index.namings import Named, named
from index.parts import Parts
from index.postings import Postings
from index.rowcheck import check_rows
from index.statementparts import StatementPart
from index.statements import statements_of
from index.texts import encoded_text, instead_text, study_words, worded_text
from index.vectorpart import VectorPart
from index.vocabulary import Vocabulary

_ABOUT: Final = "segment.json"
_STORE: Final = "store.sqlite"
_VECTORS: Final = "vectors"
_WORDS: Final = "words"
_STATEMENTS: Final = "statements"
_ORIGINALS: Final = "originals"


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment, open for reading."""

    folder: Path
    manifest: SegmentManifest
    store: Store
    vectors: VectorPart
    words: Postings
    statements: StatementPart

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name

    def __len__(self) -> int:
        """How many records it has."""
        return len(self.store)

    @classmethod
    def open(cls, folder: Path, sum_: str | None = None) -> Self:
        """The segment in `folder`, its parts held against one another.

        Args:
            sum_: what its manifest must sum to; None where nobody has said yet.

        Raises:
            LibraryDamaged: its parts do not belong together, or cannot be read.
        """
        about = SegmentManifest.load(folder / _ABOUT)
        if sum_ is not None and about_sum(folder) != sum_:
            msg = f"The library's part {_ABOUT} is not the one it was written with; {REBUILD}."
            raise LibraryDamaged(msg)
        about.parts.check(folder)
        store = Store(folder / _STORE)
        try:
            segment = cls(
                folder,
                about,
                store,
                VectorPart.load(folder / _VECTORS),
                Postings.load(folder / _WORDS),
                StatementPart.load(folder / _STATEMENTS),
            )
            counts = {len(store), len(segment.vectors), len(segment.words), len(segment.statements), about.records}
            if len(counts) != 1:
                msg = f"The parts of the library do not belong together; {REBUILD}."
                raise LibraryDamaged(msg)
        except BaseException:
            store.close()
            raise
        return segment

    def check_files(self) -> None:
        """Every byte of its files is as it was written.

        Raises:
            LibraryDamaged: one of them is not.
        """
        self.manifest.parts.check(self.folder, wholly=True)
        for document_id, written in self.manifest.originals.items():
            kept = self.original(document_id)
            if kept is None or sha256(kept) != written:
                msg = f"The pages that the library keeps of '{document_id}' are not those it was read from; {REBUILD}."
                raise LibraryDamaged(msg)

    def original(self, document_id: str) -> Path | None:
        """The file of a document whose pages can be shown; None for any other."""
        found = _original(self.folder, document_id)
        return found if document_id in self.manifest.originals and found.is_file() else None


@dataclass(frozen=True, slots=True)
class Written:
    """A segment that was just written.

    Attributes:
        moved: for each of the segments it was made from, the position here of each of its records, -1 where it went.
        named: what its other records name as all documents together say, by their position here.
    """

    segment: Segment
    moved: tuple[NDArray[np.int64], ...]
    named: Mapping[int, Named]


def open_segment_store(folder: Path) -> Store:
    """The documents of the segment in `folder`, without what finds them.

    Raises:
        LibraryDamaged: they cannot be read.
    """
    return Store(folder / _STORE)


def about_sum(folder: Path) -> str:
    """SHA-256 of what the segment in `folder` says of itself.

    Raises:
        LibraryDamaged: it cannot be read.
    """
    try:
        return sha256(folder / _ABOUT)
    except OSError as error:
        msg = f"The library's part {_ABOUT} cannot be read ({error}); {REBUILD}."
        raise LibraryDamaged(msg) from error


def write_segment(
    folder: Path,
    encoder: Encoder,
    olds: Sequence[Segment],
    readings: Sequence[Reading],
    drop: Iterable[str],
    vocabulary: Vocabulary,
    *,
    held: Sequence[Segment],
    reword: bool = False,
    progress: Progress | None = None,
) -> Written:
    """A segment is in `folder`: what `olds` hold, less the documents `drop` and those replaced, and the readings.

    What the old ones derived is taken over; only new texts are encoded, and only new records' words made.

    Args:
        vocabulary: what its documents abbreviate, and the names that the user added.
        held: every segment there was: of a document that is replaced, what has not changed is taken from there.
        reword: whether the words of all records are made anew.
    """
    folder.mkdir(parents=True)
    checks = {record_id: check for reading in readings for record_id, check in check_rows(reading).items()}
    gone = {*drop, *(reading.document.id for reading in readings)}
    found = write_store(folder / _STORE, readings, checks=checks, olds=[old.folder / _STORE for old in olds], drop=gone)
    moved = tuple(_places(len(old), runs) for old, runs in zip(olds, found, strict=True))
    with Store(folder / _STORE) as store:
        fresh = _fresh(len(store), moved)
        records = tuple(store.records(fresh.tolist()))
        known = _known(held, {reading.document.id for reading in readings})
        # a model leaves the interpreter free, which words need
        encoding = Aside(partial(_encoded, records, encoder, known, progress))
        _write_words(folder, olds, moved, store, vocabulary, fresh=None if reword else (fresh, records))
        names = {place: named(one, store, vocabulary) for place, one in zip(fresh.tolist(), records, strict=True)}
        kept = [(old.vectors, places) for old, places in zip(olds, moved, strict=True)]
        new = VectorPart.build(encoding.result())
        VectorPart.merged([*kept, (new, fresh)], len(store)).save(folder / _VECTORS)
        documents, count = len(store.firsts), len(store)
    originals = _keep_originals(folder, olds, readings, gone, held)
    # originals are many, and read only to be shown
    SegmentManifest(documents, count, Parts.of(folder, [_ORIGINALS]), originals).save(folder / _ABOUT)
    return Written(Segment.open(folder), moved, names)


def _places(count: int, runs: Sequence[Moved]) -> NDArray[np.int64]:
    places = np.full(count, -1, dtype=np.int64)
    for run in runs:
        places[run.old : run.old + run.count] = np.arange(run.new, run.new + run.count)
    return places


def _fresh(count: int, moved: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """The positions that no old segment has filled, ascending."""
    is_fresh = np.ones(count, dtype=np.bool_)
    for places in moved:
        is_fresh[places[places >= 0]] = False
    return np.flatnonzero(is_fresh)


def _known(held: Sequence[Segment], replaced: Set[str]) -> dict[str, Vectors]:
    """The vectors of the records of documents that are about to be replaced, by the text that they are of."""
    known: dict[str, Vectors] = {}
    for segment in held:
        for document_id in (id_ for id_, _ in segment.store.firsts if id_ in replaced):
            positions = segment.store.positions([document_id]) or ()
            vectors = segment.vectors.vectors(np.array(positions, dtype=np.int64))
            records = segment.store.records(positions)
            known.update((encoded_text(record), vector) for record, vector in zip(records, vectors, strict=True))
    return known


def _encoded(
    records: Sequence[Record], encoder: Encoder, known: Mapping[str, Vectors], progress: Progress | None
) -> Vectors:
    """The vector of each record, `(len(records), dimension)` float32."""
    texts = [encoded_text(record) for record in records]
    vectors = np.zeros((len(texts), encoder.identity.dimension), dtype=np.float32)
    new = [place for place, text in enumerate(texts) if text not in known]
    for place, text in enumerate(texts):
        if text in known:
            vectors[place] = known[text]
    if new:
        vectors[new] = encoder.encode([texts[place] for place in new], progress)
    return vectors


def _write_words(
    folder: Path,
    olds: Sequence[Segment],
    moved: Sequence[NDArray[np.int64]],
    store: Store,
    vocabulary: Vocabulary,
    *,
    fresh: tuple[NDArray[np.int64], Sequence[Record]] | None,
) -> None:
    """The words of records and of their statements are in `folder`.

    Args:
        fresh: the positions of the records whose words are to be made, and these records; None for all.
    """
    if fresh is None:
        olds, fresh = (), (np.arange(len(store), dtype=np.int64), tuple(store.records()))
    positions, records = fresh
    told = Postings.build([_words(one, store, vocabulary) for one in records])
    said = StatementPart.build([_said(one, vocabulary) for one in records])
    words = [(old.words, places) for old, places in zip(olds, moved, strict=False)]
    statements = [(old.statements, places) for old, places in zip(olds, moved, strict=False)]
    Postings.merged([*words, (told, positions)], len(store)).save(folder / _WORDS)
    StatementPart.merged([*statements, (said, positions)]).save(folder / _STATEMENTS)


def _words(record: Record, store: Store, vocabulary: Vocabulary) -> list[str]:
    """The words by which a record is found; what a contradicted row should say adds those that it has not."""
    cited, check = store.cited(record), store.check(record.id)
    told = vocabulary.own_words(worded_text(record, cited), record.document_id)
    instead = vocabulary.own_words(instead_text(record, check), record.document_id)
    return [*told, *(word for word in instead if word not in told), *study_words(record, cited, check)]


def _said(record: Record, vocabulary: Vocabulary) -> list[list[str]]:
    return [vocabulary.own_words(said, record.document_id) for said in statements_of(record)]


def _original(folder: Path, document_id: str) -> Path:
    return folder / _ORIGINALS / f"{document_id}.pdf"


def _keep_originals(
    folder: Path, olds: Sequence[Segment], readings: Sequence[Reading], gone: Set[str], held: Sequence[Segment]
) -> dict[str, str]:
    """The originals of the old segments, less what goes, and those of the readings lie in `folder`; their sums."""
    (folder / _ORIGINALS).mkdir()
    sums: dict[str, str] = {}
    for old in olds:
        for document_id in old.manifest.originals.keys() - gone:
            sums[document_id] = _take_over(old, document_id, folder)
    for reading in readings:
        document_id = reading.document.id
        if reading.original is not None:
            _original(folder, document_id).write_bytes(reading.original)
            sums[document_id] = hashlib.sha256(reading.original).hexdigest()
        elif reading.layout is not None:  # it comes from a store, without the file, which has not changed
            for old in (one for one in held if document_id in one.manifest.originals):
                sums[document_id] = _take_over(old, document_id, folder)
    return dict(sorted(sums.items()))


def _take_over(old: Segment, document_id: str, folder: Path) -> str:
    """The original lies in `folder` too, without a second copy where the disk can do that; its sum."""
    before, after = _original(old.folder, document_id), _original(folder, document_id)
    try:
        after.hardlink_to(before)
    except OSError:
        shutil.copyfile(before, after)
    return old.manifest.originals[document_id]
