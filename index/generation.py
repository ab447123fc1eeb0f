"""One generation of a library: segments, and beside them what all of them share.

LIBRARY/segments/NAME/        each segment (`index.segment`), shared by generations
LIBRARY/generations/NAME/
    manifest.json             which segments, and what they sum to
    namings/, …               the words that depend on all documents (`index.namings`)
    lexicon.json, tables.json other names that the user added
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import LibraryDamaged
from corpus.records import Reading
from corpus.store import REBUILD, Store
from corpus.stores import Stores
from index.encoder import Encoder, Progress
from index.ids import Ids
from index.lexicon import Lexicon
from index.manifest import SCHEMA, Manifest
from index.merging import Plan, plan
from index.namings import Namings, numbered_anew
from index.parts import Parts
from index.ranking import Ranker
from index.renaming import renamed
from index.segment import Segment, about_sum, open_segment_store, write_segment
from index.statements import Statements
from index.tables import Tables
from index.vectors import VectorIndex
from index.vocabulary import Vocabulary
from index.words import WordIndex

SEGMENTS: Final = "segments"
GENERATIONS: Final = "generations"
_MANIFEST: Final = "manifest.json"
_LEXICON: Final = "lexicon.json"


@dataclass(frozen=True, slots=True)
class Generation:
    """The parts of one generation, open for reading.

    Attributes:
        segments: in the order of positions.
    """

    folder: Path
    manifest: Manifest
    segments: tuple[Segment, ...]
    store: Stores
    namings: Namings
    ranker: Ranker

    @classmethod
    def open(cls, root: Path, name: str) -> Self:
        """The generation of that name of the library in `root`, its parts held against one another.

        Raises:
            LibraryDamaged: its parts do not belong together, or cannot be read.
            LibraryMismatch: another version of Exocite made it.
        """
        folder = root / GENERATIONS / name
        manifest = Manifest.load(folder / _MANIFEST)
        manifest.parts.check(folder)
        segments: list[Segment] = []
        try:
            segments += (Segment.open(root / SEGMENTS / one, sum_) for one, sum_ in manifest.segments.items())
            store, namings = Stores([one.store for one in segments]), Namings.load(folder)
            definitions = {document: names for one in segments for document, names in one.definitions.items()}
            vocabulary = Vocabulary(definitions, _load_lexicon(folder))
            _check_counts(manifest, segments, store, namings)
            ranker = _ranker(segments, store, namings, vocabulary, manifest.encoder.dimension)
        except BaseException:
            for segment in segments:
                segment.store.close()
            raise
        return cls(folder, manifest, tuple(segments), store, namings, ranker)

    @property
    def size(self) -> int:
        """Bytes of its parts, less those of the files kept to show pages."""
        return self.manifest.parts.size + sum(segment.manifest.parts.size for segment in self.segments)

    def verify(self) -> None:
        """The content is the one the manifest names: every document, record and reference is read and hashed.

        Raises:
            LibraryDamaged: it is not.
        """
        if _content_hash(self.store, self.ranker.vocabulary, anew=True) != self.manifest.hash:
            msg = f"The library's content is not what its manifest says; {REBUILD}."
            raise LibraryDamaged(msg)

    def check_files(self) -> None:
        """Every byte of its files is as it was written.

        Raises:
            LibraryDamaged: one of them is not, or is no more there.
        """
        self.manifest.parts.check(self.folder, wholly=True)
        for segment in self.segments:
            segment.check_files()

    def original(self, document_id: str) -> Path | None:
        """The file of a document whose pages can be shown; None for any other."""
        return next(filter(None, (segment.original(document_id) for segment in self.segments)), None)

    @property
    def originals(self) -> dict[str, str]:
        """SHA-256 of each file that is kept to show its pages, by document id."""
        return dict(sorted(pair for segment in self.segments for pair in segment.manifest.originals.items()))

    def tables(self) -> Tables:
        """The tables of other names that the user added.

        Raises:
            LibraryDamaged: they cannot be read.
        """
        return Tables.load(self.folder)


def open_store(root: Path, name: str) -> Stores:
    """The documents of a generation, without what finds them.

    Raises:
        LibraryDamaged: they cannot be read.
    """
    stores: list[Store] = []
    try:
        stores += (open_segment_store(root / SEGMENTS / one) for one in open_manifest(root, name).segments)
        return Stores(stores)
    except BaseException:
        for store in stores:
            store.close()
        raise


def open_manifest(root: Path, name: str) -> Manifest:
    """What a generation says of itself.

    Raises:
        LibraryDamaged: it cannot be read.
        LibraryMismatch: another version of Exocite made it.
    """
    return Manifest.load(root / GENERATIONS / name / _MANIFEST)


def write_generation(
    root: Path,
    name: str,
    encoder: Encoder,
    old: Generation | None,
    add: Sequence[Reading],
    remove: Sequence[str],
    tables: Tables | None,
    progress: Progress | None,
) -> tuple[Path, ...]:
    """A whole generation is in its folder: what `old` held, less the documents `remove`, and the readings `add`.

    Segments that lose nothing are taken over as they are. The folders that were made, new segments first.
    """
    folder = root / GENERATIONS / name
    folder.mkdir(parents=True)
    made = [folder]
    wanted = tables or (old.tables() if old else Tables())
    lexicon = wanted.lexicon() if tables is not None or old is None else old.ranker.vocabulary.lexicon
    segments, places = _segments(root, encoder, old, add, remove, lexicon, reword=tables is not None, progress=progress)
    before = {one.name for one in old.segments} if old else set()
    made = [*(one.folder for one in segments if one.name not in before), folder]
    try:
        store = Stores([one.store for one in segments])
        definitions = {document: names for one in segments for document, names in one.definitions.items()}
        vocabulary = Vocabulary(definitions, lexicon)
        namings = _namings(old, places, segments, store, vocabulary, reword=tables is not None)
        namings.save(folder)
        (folder / _LEXICON).write_bytes(lexicon.to_json())
        wanted.save(folder)
        Manifest(
            SCHEMA,
            _content_hash(store, vocabulary),
            encoder.identity,
            len(store.firsts()),
            len(store),
            {one.name: about_sum(one.folder) for one in segments},
            Parts.of(folder, [_MANIFEST]),
        ).save(folder / _MANIFEST)
    finally:
        for one in segments:
            if one.name not in before:
                one.store.close()
    return tuple(made)


def _segments(
    root: Path,
    encoder: Encoder,
    old: Generation | None,
    add: Sequence[Reading],
    remove: Sequence[str],
    lexicon: Lexicon,
    *,
    reword: bool,
    progress: Progress | None,
) -> tuple[list[Segment], NDArray[np.int64]]:
    """The segments of the new generation; and of each record of the old one where it stands now, -1 where it went."""
    held = old.segments if old else ()
    gone = {*remove, *(reading.document.id for reading in add)}
    to_do = _plan(held, gone, add, reword=reword)
    segments: list[Segment] = []
    places = [np.full(len(one), -1, dtype=np.int64) for one in held]
    offset = 0
    groups = [*((place,) for place in sorted({*to_do.kept, *to_do.rewritten})), to_do.joined]
    for group in groups:
        olds, is_last = [held[place] for place in group], group is groups[-1]
        if not is_last and group[0] in to_do.kept:
            moved: Sequence[NDArray[np.int64]] = [np.arange(len(held[group[0]]), dtype=np.int64)]
            segment = held[group[0]]
        elif (is_last and add) or any(id_ not in gone for one in olds for id_, _ in one.store.firsts()):
            written = write_segment(
                root / SEGMENTS / uuid.uuid4().hex[:12], encoder, olds, add if is_last else (), gone, lexicon,
                held=held, reword=reword, progress=progress,
            )  # fmt: skip
            moved, segment = written.moved, written.segment
        else:
            continue
        for place, some in zip(group, moved, strict=True):
            places[place] = np.where(some >= 0, some + offset, -1)
        segments.append(segment)
        offset += len(segment)
    return segments, np.concatenate([np.empty(0, dtype=np.int64), *places])


def _plan(held: Sequence[Segment], gone: set[str], add: Sequence[Reading], *, reword: bool) -> Plan:
    left = [sum(count for id_, count in one.store.firsts() if id_ not in gone) for one in held]
    loses = [any(id_ in gone for id_, _ in one.store.firsts()) for one in held]
    coming = sum(len(reading.passages) + len(reading.rows) for reading in add)
    return plan(left, [reword or some for some in loses], coming, documents=bool(add))


def _namings(
    old: Generation | None,
    places: NDArray[np.int64],
    segments: Sequence[Segment],
    store: Stores,
    vocabulary: Vocabulary,
    *,
    reword: bool,
) -> Namings:
    """Those of the old generation, less what went and what names something else now, and those of what came."""
    starts = Statements([one.statements for one in segments]).firsts
    is_new = np.ones(len(store), dtype=np.bool_)
    if old is None or reword:
        return Namings.of(store, starts, vocabulary, np.flatnonzero(is_new).tolist())
    changed = vocabulary.abbreviations.changed(old.ranker.vocabulary.abbreviations)
    left = places.copy()
    left[renamed(changed, old.ranker.words)] = -1
    left[np.array(old.store.positions(sorted(changed.documents)), dtype=np.int64)] = -1
    is_new[left[left >= 0]] = False
    now = Namings.of(store, starts, vocabulary, np.flatnonzero(is_new).tolist())
    return old.namings.joined(left, numbered_anew(left, old.ranker.statements.firsts, starts), now)


def _ranker(
    segments: Sequence[Segment], store: Stores, namings: Namings, vocabulary: Vocabulary, dimension: int
) -> Ranker:
    return Ranker(
        Ids.stored(store),
        VectorIndex([one.vectors for one in segments], dimension),
        WordIndex([one.words for one in segments], namings.records),
        store.checked("contradicted"),
        vocabulary,
        Statements([one.statements for one in segments], namings.statements),
    )


def _load_lexicon(folder: Path) -> Lexicon:
    try:
        return Lexicon.from_json((folder / _LEXICON).read_bytes())
    except OSError as error:
        msg = f"The other names of the library cannot be read ({error}); {REBUILD}."
        raise LibraryDamaged(msg) from error


def _content_hash(store: Stores, vocabulary: Vocabulary, *, anew: bool = False) -> str:
    """The hash of the documents; where the user added other names, of the documents and these."""
    digest = store.content_hash(anew=anew)
    if not len(vocabulary.lexicon):
        return digest
    return hashlib.sha256(f"{digest}\n{vocabulary.lexicon.hash}".encode()).hexdigest()


def _check_counts(manifest: Manifest, segments: Sequence[Segment], store: Stores, namings: Namings) -> None:
    belong = len(store) == manifest.records == len(namings.records)
    if not belong or any(one.vectors.dimension != manifest.encoder.dimension for one in segments):
        msg = f"The parts of the library do not belong together; {REBUILD}."
        raise LibraryDamaged(msg)
