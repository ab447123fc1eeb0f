"""One generation of a library: segments, and beside them what all of them share.

LIBRARY/segments/NAME/        each segment (`index.segment`), shared by generations
LIBRARY/generations/NAME/
    manifest.json             which segments, and what they sum to
    glossary.sqlite           what documents abbreviate (`index.glossary`)
    namings/, …               the words that depend on all documents (`index.namings`)
    lexicon.json, tables.json other names that the user added
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Self

from corpus.errors import REBUILD, LibraryDamaged
from corpus.store import Store
from corpus.stores import Stores
from index.concepts import Abbreviations
from index.engine import Engine
from index.engineplace import EngineChoice, EnginePlace
from index.engines.opening import open_engine
from index.glossary import Glossary
from index.ids import Ids
from index.lexicon import Lexicon
from index.manifest import Manifest
from index.namings import Namings
from index.ranking import Ranker
from index.segment import Segment, open_segment_store
from index.statements import Statements
from index.tables import Tables
from index.vectors import VectorIndex
from index.vocabulary import Vocabulary
from index.words import WordIndex

SEGMENTS: Final = "segments"
GENERATIONS: Final = "generations"
MANIFEST: Final = "manifest.json"
LEXICON: Final = "lexicon.json"
GLOSSARY: Final = "glossary.sqlite"


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
    def open(cls, root: Path, name: str, engine: EngineChoice, is_current: Callable[[], bool]) -> Self:
        """The generation of that name of the library in `root`, its parts held against one another.

        Args:
            engine: which is asked for.
            is_current: whether this generation is the library now.

        Raises:
            LibraryDamaged: its parts do not belong together, or cannot be read.
            LibraryMismatch: another version of Exocite made it, or it is searched with another engine.
        """
        folder = root / GENERATIONS / name
        manifest = Manifest.load(folder / MANIFEST)
        place = engine.found(manifest.engine)
        manifest.parts.check(folder)
        segments: list[Segment] = []
        try:
            segments += (Segment.open(root / SEGMENTS / one, sum_) for one, sum_ in manifest.segments.items())
            store, namings = Stores([one.store for one in segments]), Namings.load(folder)
            abbreviations = Abbreviations(Glossary.open(folder / GLOSSARY))
            vocabulary = Vocabulary(abbreviations, _load_lexicon(folder))
            _check_counts(manifest, segments, store, namings)
            finders = _finders(segments, store, namings, manifest.encoder.dimension)
            names = [(one.name, len(one)) for one in segments]
            proposing = open_engine(place, engine.token, root, finders, names, manifest.hash, is_current)
            ranker = _ranker(finders, segments, store, namings, vocabulary, proposing)
        except BaseException:
            for segment in segments:
                segment.store.close()
            raise
        return cls(folder, manifest, tuple(segments), store, namings, ranker)

    def close(self) -> None:
        """The files, and the engine, are let go."""
        self.ranker.engine.close()
        self.ranker.vocabulary.abbreviations.glossary.close()
        self.store.close()

    @property
    def size(self) -> int:
        """Bytes of its parts, less those of the files kept to show pages."""
        return self.manifest.parts.size + sum(segment.manifest.parts.size for segment in self.segments)

    def verify(self) -> None:
        """The content is the one the manifest names: every document, record and reference is read and hashed.

        Raises:
            LibraryDamaged: it is not.
        """
        if content_hash(self.store, self.ranker.vocabulary.lexicon, anew=True) != self.manifest.hash:
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
    return Manifest.load(root / GENERATIONS / name / MANIFEST)


def copy_generation(root: Path, name: str, old: str, engine: EnginePlace) -> tuple[Path, ...]:
    """The generation of that name is on disk: what `old` holds, with the engine at this place; the folder made.

    Raises:
        LibraryDamaged, LibraryMismatch: the old one cannot be read.
        OSError: the disk took no more.
    """
    folder, manifest = root / GENERATIONS / name, open_manifest(root, old)
    shutil.copytree(root / GENERATIONS / old, folder)
    replace(manifest, engine=engine).save(folder / MANIFEST)
    return (folder,)


def _finders(
    segments: Sequence[Segment], store: Stores, namings: Namings, dimension: int
) -> tuple[VectorIndex, WordIndex, Ids]:
    vectors = VectorIndex([one.vectors for one in segments], dimension)
    return vectors, WordIndex([one.words for one in segments], namings.records), Ids.stored(store)


def _ranker(
    finders: tuple[VectorIndex, WordIndex, Ids],
    segments: Sequence[Segment],
    store: Stores,
    namings: Namings,
    vocabulary: Vocabulary,
    engine: Engine,
) -> Ranker:
    vectors, words, ids = finders
    said = Statements([one.statements for one in segments], namings.statements)
    doubted = sorted({*store.checked("contradicted"), *store.checked("slid")})
    return Ranker(ids, vectors, words, doubted, vocabulary, said, engine)


def _load_lexicon(folder: Path) -> Lexicon:
    try:
        return Lexicon.from_json((folder / LEXICON).read_bytes())
    except OSError as error:
        msg = f"The other names of the library cannot be read ({error}); {REBUILD}."
        raise LibraryDamaged(msg) from error


def content_hash(store: Stores, lexicon: Lexicon, *, anew: bool = False) -> str:
    """The hash of the documents; where the user added other names, of the documents and these."""
    digest = store.content_hash(anew=anew)
    if not len(lexicon):
        return digest
    return hashlib.sha256(f"{digest}\n{lexicon.hash}".encode()).hexdigest()


def _check_counts(manifest: Manifest, segments: Sequence[Segment], store: Stores, namings: Namings) -> None:
    belong = len(store) == manifest.records == len(namings.records)
    if not belong or any(one.vectors.dimension != manifest.encoder.dimension for one in segments):
        msg = f"The parts of the library do not belong together; {REBUILD}."
        raise LibraryDamaged(msg)
