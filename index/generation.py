"""One generation of a library: its parts in a folder, made together, and held against one another when opened.

manifest.json    what was written, with sizes and sums
store.sqlite     documents, records, references, checks
vectors.faiss    the vector of each record
words/           the words of each record
statements/      the words of each statement
originals/ID.pdf  the file of each document whose pages can be shown
names.json       abbreviations      lexicon.json, tables.json    other names that the user added
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np

from corpus.errors import LibraryDamaged
from corpus.records import Reading, Record
from corpus.store import REBUILD, Store
from corpus.writing import write_store
from index.definitions import definitions_in
from index.encoder import Encoder, Progress, Vectors, sha256
from index.manifest import SCHEMA, Manifest
from index.ranking import Ranker
from index.rowcheck import check_rows
from index.statements import Statements, statements_of
from index.tables import Tables
from index.texts import encoded_text, instead_text, study_words, worded_text
from index.vectors import VectorIndex
from index.vocabulary import Vocabulary
from index.words import WordIndex

_STORE: Final = "store.sqlite"
_VECTORS: Final = "vectors.faiss"
_WORDS: Final = "words"
_STATEMENTS: Final = "statements"
_ORIGINALS: Final = "originals"
_MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Generation:
    """The parts of one generation, open for reading."""

    folder: Path
    manifest: Manifest
    store: Store
    ranker: Ranker

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The generation in `folder`, its parts held against one another.

        Raises:
            LibraryDamaged: its parts do not belong together, or cannot be read.
            LibraryMismatch: another version of Exocite made it.
        """
        manifest = open_manifest(folder)
        _check_files(folder, manifest)
        store = Store(folder / _STORE)
        try:
            ranker = Ranker(
                store.ids(),
                VectorIndex.load(folder / _VECTORS),
                WordIndex.load(folder / _WORDS),
                store.checked("contradicted"),
                Vocabulary.load(folder),
                Statements.load(folder / _STATEMENTS),
            )
            _check_counts(manifest, store, ranker)
        except BaseException:
            store.close()
            raise
        return cls(folder, manifest, store, ranker)

    def verify(self) -> None:
        """The content is the one the manifest names: every document, record and reference is read and hashed.

        Raises:
            LibraryDamaged: it is not.
        """
        if _content_hash(self.store, self.ranker.vocabulary) != self.manifest.hash:
            msg = f"The library's content is not what its manifest says; {REBUILD}."
            raise LibraryDamaged(msg)
        for document_id, written in self.manifest.originals.items():
            kept = self.original(document_id)
            if kept is None or sha256(kept) != written:
                msg = f"The pages that the library keeps of '{document_id}' are not those it was read from; {REBUILD}."
                raise LibraryDamaged(msg)

    def original(self, document_id: str) -> Path | None:
        """The file of a document whose pages can be shown; None for any other."""
        found = _original(self.folder, document_id)
        return found if found.is_file() else None

    def tables(self) -> Tables:
        """The tables of other names that the user added.

        Raises:
            LibraryDamaged: they cannot be read.
        """
        return Tables.load(self.folder)


def open_store(folder: Path) -> Store:
    """The documents of the generation in `folder`, without what finds them.

    Raises:
        LibraryDamaged: they cannot be read.
    """
    return Store(folder / _STORE)


def open_manifest(folder: Path) -> Manifest:
    """What the generation in `folder` says of itself.

    Raises:
        LibraryDamaged: it cannot be read.
        LibraryMismatch: another version of Exocite made it.
    """
    return Manifest.load(folder / _MANIFEST)


def write_generation(
    folder: Path,
    encoder: Encoder,
    old: Generation | None,
    add: Sequence[Reading],
    remove: Sequence[str],
    tables: Tables | None,
    progress: Progress | None,
) -> None:
    """A whole generation is in `folder`: what `old` held, less the documents `remove`, and the readings `add`."""
    checks = {record_id: check for reading in add for record_id, check in check_rows(reading).items()}
    write_store(folder / _STORE, add, checks=checks, old=old.store.path if old else None, drop=remove)
    with Store(folder / _STORE) as store:
        records = tuple(store.records())
        VectorIndex.build(_vectors(records, encoder, old, progress)).save(folder / _VECTORS)
        vocabulary = _vocabulary(old, add, remove, tables)
        vocabulary.save(folder)
        (tables or (old.tables() if old else Tables())).save(folder)
        WordIndex.build([_words(one, store, vocabulary) for one in records]).save(folder / _WORDS)
        told = [[vocabulary.record_words(said, one.document_id) for said in statements_of(one)] for one in records]
        Statements.build(told).save(folder / _STATEMENTS)
        documents = len(store.summaries())
        digest = _content_hash(store, vocabulary)
    originals = _keep_originals(folder, old, add, remove)
    files = {file.relative_to(folder).as_posix(): file for file in _files(folder)}
    sizes = {name: file.stat().st_size for name, file in files.items()}
    sums = {name: sha256(file) for name, file in files.items()}
    manifest = Manifest(SCHEMA, digest, encoder.identity, documents, len(records), sizes, sums, originals)
    manifest.save(folder / _MANIFEST)


def _original(folder: Path, document_id: str) -> Path:
    return folder / _ORIGINALS / f"{document_id}.pdf"


def _keep_originals(
    folder: Path, old: Generation | None, add: Sequence[Reading], remove: Sequence[str]
) -> dict[str, str]:
    """The originals of the old generation, less what goes, and those of the readings lie in `folder`; their sums."""
    (folder / _ORIGINALS).mkdir()
    sums: dict[str, str] = {}
    # a reading that comes from a store has its pages, but not the file that they are of: that one has not changed
    gone = {*remove, *(one.document.id for one in add if one.original is not None or one.layout is None)}
    for document_id, written in (old.manifest.originals if old else {}).items():
        if old is not None and document_id not in gone:
            _take_over(_original(old.folder, document_id), _original(folder, document_id))
            sums[document_id] = written
    for reading in add:
        if reading.original is not None:
            _original(folder, reading.document.id).write_bytes(reading.original)
            sums[reading.document.id] = hashlib.sha256(reading.original).hexdigest()
    return dict(sorted(sums.items()))


def _take_over(before: Path, after: Path) -> None:
    """The same file stands in both places, without a second copy where the disk can do that."""
    try:
        after.hardlink_to(before)
    except OSError:
        shutil.copyfile(before, after)


def _words(record: Record, store: Store, vocabulary: Vocabulary) -> list[str]:
    """The words by which a record is found; what a contradicted row should say adds those that it has not."""
    cited, check = store.cited(record), store.check(record.id)
    told = vocabulary.record_words(worded_text(record, cited), record.document_id)
    instead = vocabulary.record_words(instead_text(record, check), record.document_id)
    return [*told, *(word for word in instead if word not in told), *study_words(record, cited, check)]


def _vocabulary(
    old: Generation | None, add: Sequence[Reading], remove: Sequence[str], tables: Tables | None
) -> Vocabulary:
    """The old library's abbreviations, less those of what goes, and those of what comes; its names, or new ones."""
    definitions = dict(old.ranker.vocabulary.definitions) if old else {}
    for document_id in remove:
        definitions.pop(document_id, None)
    definitions.update({reading.document.id: definitions_in(reading.document) for reading in add})
    if tables is not None:
        return Vocabulary(definitions, tables.lexicon())
    return Vocabulary(definitions, old.ranker.vocabulary.lexicon if old else None)


def _content_hash(store: Store, vocabulary: Vocabulary) -> str:
    """The hash of the documents; where the user added other names, of the documents and these."""
    digest = store.content_hash()
    if not len(vocabulary.lexicon):
        return digest
    return hashlib.sha256(f"{digest}\n{vocabulary.lexicon.hash}".encode()).hexdigest()


def _vectors(records: Sequence[Record], encoder: Encoder, old: Generation | None, progress: Progress | None) -> Vectors:
    """The vector of each record, taken over from the old library where the encoded text is the same."""
    known: dict[str, int] = {}
    if old is not None:
        known = {encoded_text(record): position for position, record in enumerate(old.store.records())}
    texts = [encoded_text(record) for record in records]
    vectors = np.zeros((len(texts), encoder.identity.dimension), dtype=np.float32)
    kept = [i for i, text in enumerate(texts) if text in known]
    if old is not None and kept:
        vectors[kept] = old.ranker.vectors.vectors(np.array([known[texts[i]] for i in kept], dtype=np.int64))
    new = [i for i, text in enumerate(texts) if text not in known]
    if new:
        vectors[new] = encoder.encode([texts[i] for i in new], progress)
    return vectors


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if _is_part(file.relative_to(folder)) and file.is_file())


def _is_part(place: Path) -> bool:
    return place.name != _MANIFEST and place.parts[0] != _ORIGINALS  # originals are many, and read only to be shown


def _check_files(folder: Path, manifest: Manifest) -> None:
    """The parts are the very ones that were written: one of another library may have the same size and shape."""
    for name, written in manifest.sums.items():
        try:
            state = "" if sha256(folder / name) == written else "is not the one it was written with"
        except OSError as error:
            state = f"cannot be read ({error.strerror or error})"
        if state:
            msg = f"The library's part {name} {state}; {REBUILD}."
            raise LibraryDamaged(msg)


def _check_counts(manifest: Manifest, store: Store, ranker: Ranker) -> None:
    counts = {len(store), len(ranker.vectors), len(ranker.words), len(ranker.statements), manifest.records}
    if len(counts) != 1 or ranker.vectors.dimension != manifest.encoder.dimension:
        msg = f"The parts of the library do not belong together; {REBUILD}."
        raise LibraryDamaged(msg)
