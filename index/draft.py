"""A segment that is being written: what needs no vectors comes first, while these are made."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.records import Reading, Record
from corpus.store import Store
from corpus.writing import Moved, write_store
from index.encoding import Encoding
from index.manifest import SegmentManifest
from index.namings import Named, named
from index.parts import Parts
from index.postings import Postings
from index.rowcheck import check_rows
from index.segment import ABOUT, ORIGINALS, STATEMENTS, STORE, VECTORS, WORDS, Segment, original_file
from index.statementparts import StatementPart
from index.told import Told
from index.vectorpart import VectorPart
from index.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Draft:
    """A segment of which all is on disk but vectors, originals and what it says of itself.

    Attributes:
        folder: where it lies.
        store: its documents, open.
        statements: the words of its statements.
        moved: for each of the segments it is made from, the position here of each of its records, -1 where it went.
        named: what records name as all documents together say, by their position here; all that were reworded are
            among them, or else all that no old segment has.
    """

    folder: Path
    store: Store
    statements: StatementPart
    moved: tuple[NDArray[np.int64], ...]
    named: dict[int, Named]
    _olds: Sequence[Segment]
    _records: Sequence[Record]
    _readings: Sequence[Reading]
    _gone: Set[str]

    def __len__(self) -> int:
        """How many records it has."""
        return len(self.store)

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name

    @classmethod
    def write(
        cls,
        folder: Path,
        olds: Sequence[Segment],
        readings: Sequence[Reading],
        drop: Iterable[str],
        vocabulary: Vocabulary,
        *,
        reword: bool = False,
    ) -> Self:
        """In the new `folder` is what `olds` hold, less the documents `drop` and those replaced, and the readings.

        What the old ones derived is taken over; only new records' words are made.

        Args:
            vocabulary: what its documents abbreviate, and the names that the user added.
            reword: whether the words of all records are made anew.
        """
        folder.mkdir(parents=True)
        checks = {record_id: check for reading in readings for record_id, check in check_rows(reading).items()}
        gone = {*drop, *(reading.document.id for reading in readings)}
        runs = write_store(
            folder / STORE, readings, checks=checks, olds=[old.folder / STORE for old in olds], drop=gone
        )
        moved = tuple(_places(len(old), some) for old, some in zip(olds, runs, strict=True))
        store = Store(folder / STORE)
        try:
            fresh = _fresh(len(store), moved)
            records = tuple(store.records(fresh.tolist()))
            if reword:
                words, kept = _Words.of(enumerate(store.records()), store, vocabulary), []
            else:
                words = _Words.of(zip(fresh.tolist(), records, strict=True), store, vocabulary)
                kept = [*zip(olds, moved, strict=True)]
            statements = words.write(folder, kept, len(store))
        except BaseException:
            store.close()
            raise
        return cls(folder, store, statements, moved, words.named, olds, records, readings, gone)

    def finish(self, encoding: Encoding, held: Sequence[Segment]) -> Segment:
        """The segment, whole and open; the store of the draft is closed.

        Args:
            encoding: the vectors of its new records.
            held: every segment there was, for originals of documents that have not changed.
        """
        with self.store:
            documents, count = len(self.store.firsts), len(self)
        kept = [(old.vectors, places) for old, places in zip(self._olds, self.moved, strict=True)]
        new = VectorPart.build(encoding.of(self._records))
        fresh = _fresh(count, self.moved)
        VectorPart.merged([*kept, (new, fresh)], count).save(self.folder / VECTORS)
        originals = _keep_originals(self.folder, self._olds, self._readings, self._gone, held)
        # originals are many, and read only to be shown
        SegmentManifest(documents, count, Parts.of(self.folder, [ORIGINALS]), originals).save(self.folder / ABOUT)
        return Segment.open(self.folder)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of some records and of their statements, and what they name, in the order of `places`."""

    places: list[int]
    told: list[list[str]]
    said: list[list[list[str]]]
    named: dict[int, Named]

    @classmethod
    def of(cls, records: Iterable[tuple[int, Record]], store: Store, vocabulary: Vocabulary) -> Self:
        """Those of these records, each with its place in the store."""
        words = cls([], [], [], {})
        # one record after the other: what was found in its text is still remembered where it is needed again
        for place, record in records:
            told = Told.of(record, store)
            words.places.append(place)
            words.told.append(_words(told, vocabulary))
            words.said.append([vocabulary.own_words(said, told.document_id) for said in told.said])
            words.named[place] = named(told, vocabulary)
        return words

    def write(self, folder: Path, kept: Sequence[tuple[Segment, NDArray[np.int64]]], size: int) -> StatementPart:
        """These and those of the segments that are kept, each record where it goes, are in `folder`; the statements."""
        places = np.array(self.places, dtype=np.int64)
        words = [(old.words, moved) for old, moved in kept]
        statements = [(old.statements, moved) for old, moved in kept]
        Postings.merged([*words, (Postings.build(self.told), places)], size).save(folder / WORDS)
        merged = StatementPart.merged([*statements, (StatementPart.build(self.said), places)])
        merged.save(folder / STATEMENTS)
        return merged


def _words(told: Told, vocabulary: Vocabulary) -> list[str]:
    """The words by which a record is found; what a contradicted row should say adds those that it has not."""
    own = vocabulary.own_words(told.text, told.document_id)
    instead = vocabulary.own_words(told.instead, told.document_id) if told.instead else []
    return [*own, *(word for word in instead if word not in own), *told.study]


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


def _keep_originals(
    folder: Path, olds: Sequence[Segment], readings: Sequence[Reading], gone: Set[str], held: Sequence[Segment]
) -> dict[str, str]:
    """The originals of the old segments, less what goes, and those of the readings lie in `folder`; their sums."""
    (folder / ORIGINALS).mkdir()
    sums: dict[str, str] = {}
    for old in olds:
        for document_id in old.manifest.originals.keys() - gone:
            sums[document_id] = _take_over(old, document_id, folder)
    for reading in readings:
        document_id = reading.document.id
        if reading.original is not None:
            original_file(folder, document_id).write_bytes(reading.original)
            sums[document_id] = hashlib.sha256(reading.original).hexdigest()
        elif reading.layout is not None:  # it comes from a store, without the file, which has not changed
            for old in (one for one in held if document_id in one.manifest.originals):
                sums[document_id] = _take_over(old, document_id, folder)
    return dict(sorted(sums.items()))


def _take_over(old: Segment, document_id: str, folder: Path) -> str:
    """The original lies in `folder` too, without a second copy where the disk can do that; its sum."""
    before, after = original_file(old.folder, document_id), original_file(folder, document_id)
    try:
        after.hardlink_to(before)
    except OSError:
        shutil.copyfile(before, after)
    return old.manifest.originals[document_id]
