"""A library on disk: opened, held against its manifest, and changed by building beside and swapping.

    LIBRARY/
        current             the name of the folder below that is the library now
        library.lock        held while the library is being changed
        generations/NAME/   one generation (`index.generation`)

What else lies there (`qa.conversations`) is never touched.
A change writes a whole new generation and then replaces `current`, one atomic rename: a crash at any instant leaves
the old library or the new one. The generation before is deleted at once, so that what was removed is gone; whoever has
it open reads on from the open files. Where a crash prevented that, whoever opens or changes the library next does it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Self

from filelock import FileLock, Timeout

from corpus.errors import LibraryBusy, LibraryDamaged, LibraryMissing, StorageFull
from corpus.records import Reading
from corpus.store import REBUILD, Store
from index.encoder import Encoder, Identity, Progress
from index.generation import Generation, write_generation
from index.generation import open_store as generation_store
from index.tables import Tables

_GENERATION: Final = re.compile(r"[0-9a-f]{12}")
_WAIT: Final = 20.0
"""Seconds that a change waits for another to end."""


class Library:
    """One generation of a library, open for reading; never changes.

    Attributes:
        path: the library's folder.
        generation: the name of its generation.
        manifest: what it says of itself.
        store: its documents, records and references.
        ranker: its vector index and its word index, with its abbreviations and other names.
        parts: all of these, as they lie in its folder.
    """

    def __init__(self, path: Path, generation: str, parts: Generation) -> None:
        self.path = path
        self.generation = generation
        self.parts = parts
        self.manifest = parts.manifest
        self.store = parts.store
        self.ranker = parts.ranker

    @classmethod
    def open(cls, path: Path) -> Self:
        """The library in `path`, its parts held against one another.

        Raises:
            LibraryMissing: there is none.
            LibraryDamaged: its parts do not belong together, or cannot be read.
            LibraryMismatch: another version of Exocite made it.
        """
        generation = current_generation(path)
        if generation is None:
            raise missing(path)
        try:
            library = cls.open_generation(path, generation)
        except LibraryDamaged:
            if current_generation(path) == generation:
                raise
            return cls.open(path)  # it was replaced while it was being opened
        _tidy(path)
        return library

    @classmethod
    def open_generation(cls, path: Path, generation: str) -> Self:
        """One generation of the library in `path`, its parts held against one another.

        Raises:
            LibraryDamaged: its parts do not belong together, or cannot be read.
            LibraryMismatch: another version of Exocite made it.
        """
        return cls(path, generation, Generation.open(generation_folder(path, generation)))

    def check_encoder(self, identity: Identity) -> None:
        """The library was made with this model.

        Raises:
            LibraryMismatch: it was made with another.
        """
        self.manifest.check_encoder(identity)

    def verify(self) -> None:
        """The content is the one the manifest names: every document, record and reference is read and hashed.

        Raises:
            LibraryDamaged: it is not.
        """
        self.parts.verify()

    def tables(self) -> Tables:
        """The tables of other names that the user added.

        Raises:
            LibraryDamaged: they cannot be read.
        """
        return self.parts.tables()

    def close(self) -> None:
        """The files are let go."""
        self.store.close()


def open_store(path: Path) -> Store | None:
    """The documents of the library in `path`, without what finds them; None where there is no library.

    For who is changing it: held against nothing, so that it opens at once.

    Raises:
        LibraryDamaged: they cannot be read.
    """
    generation = current_generation(path)
    return generation_store(generation_folder(path, generation)) if generation else None


def missing(path: Path) -> LibraryMissing:
    """The error that says there is no library, and how to make one."""
    return LibraryMissing(
        f"There is no library at {path}; `exocite add PATH…` makes one, `exocite serve` a starter library."
    )


def is_library(path: Path) -> bool:
    """Whether a folder is a library, or one that was begun; False where that cannot be seen."""
    # os.path, because Path raises where a folder may not be read
    return os.path.isfile(path / "library.lock") and os.path.isdir(path / "generations")  # noqa: PTH112, PTH113


def current_generation(path: Path) -> str | None:
    """The name of the generation that is the library in `path` now, or None where there is no library.

    Raises:
        LibraryDamaged: the file that says so cannot be read.
    """
    try:
        return (path / "current").read_text(encoding="utf-8").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        msg = f"The library at {path} cannot be read ({error}); check its permissions, or {REBUILD}."
        raise LibraryDamaged(msg) from error


def change_library(
    path: Path,
    encoder: Encoder,
    *,
    add: Sequence[Reading] = (),
    remove: Sequence[str] = (),
    tables: Tables | None = None,
    progress: Progress | None = None,
) -> Library:
    """The library in `path` holds what it held, less the documents `remove`, and the readings `add`; it is open.

    A library is made where there is none. A reading replaces one of the same document id; an id in `remove` that is
    not there is passed over. Only records whose text is new are encoded. Whatever goes wrong, the library is as it was.

    Args:
        tables: the other names that it knows from now on; None for those it knew.
        progress: told how many of the new records are encoded.

    Raises:
        LibraryBusy: another process is changing it.
        LibraryDamaged: the library that is there cannot be read.
        LibraryMismatch: it was made with another model.
        StorageFull: the disk took no more.
    """
    with changing(path):
        old = Library.open(path) if current_generation(path) else None
        if old is not None:
            old.check_encoder(encoder.identity)
        generation = uuid.uuid4().hex[:12]
        folder = generation_folder(path, generation)
        new = None
        try:
            with _storage():
                folder.mkdir(parents=True)
                write_generation(folder, encoder, old.parts if old else None, add, remove, tables, progress)
                _flush(folder)
                new = Library.open_generation(path, generation)
                _swap(path, generation)
        except BaseException:
            if new is not None:
                new.close()
            if current_generation(path) != generation:  # an interrupt may come just after the swap
                shutil.rmtree(folder, ignore_errors=True)
            raise
        finally:
            if old is not None:
                old.close()
        _forget_others(path, generation)
        return new


@contextlib.contextmanager
def changing(path: Path, wait: float | None = None) -> Iterator[None]:
    """The library in `path`, whose folder is made, is changed by nobody else inside the block; may be nested.

    What a change that was cut short left there is gone.

    Args:
        wait: seconds, for another change to end; 20 where none are given.

    Raises:
        LibraryBusy: another process is changing it.
        StorageFull: the disk took no more.
    """
    with _storage():
        path.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path / "library.lock", timeout=_WAIT, is_singleton=True)
    with _storage():
        try:
            lock.acquire(timeout=wait)
        except Timeout as error:  # an OSError too
            msg = f"Another process is changing the library at {path}; try again when it has finished."
            raise LibraryBusy(msg) from error
    try:
        _forget_leftovers(path)
        yield
    finally:
        lock.release()


def generation_folder(path: Path, generation: str) -> Path:
    """Where a generation of the library in `path` lies."""
    return path / "generations" / generation


def _flush(folder: Path) -> None:
    """Everything in `folder` is on the disk, not only on its way there."""
    for place in (*folder.rglob("*"), folder, folder.parent, folder.parent.parent):
        _sync(place)


def _sync(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _swap(path: Path, generation: str) -> None:
    """`generation` is the library now: the one step that cannot be half done."""
    pointer = path / "current.new"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(generation + "\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(path / "current")
    _sync(path)  # before the old generation goes


def _forget_others(path: Path, keep: str) -> None:
    for folder in _others(path, keep):
        shutil.rmtree(folder, ignore_errors=True)


def _others(path: Path, keep: str) -> list[Path]:
    found = (path / "generations").iterdir()
    return [folder for folder in found if folder.name != keep and _GENERATION.fullmatch(folder.name)]  # nobody else's


def _forget_leftovers(path: Path) -> None:
    """Of a library that is there, nothing but its generation is; to be called by who may change it."""
    if keep := _left_over(path):
        _forget_others(path, keep)


def _tidy(path: Path) -> None:
    """The same, unless another process is changing the library, or this one may not."""
    if _left_over(path):
        with contextlib.suppress(LibraryBusy, StorageFull), changing(path, wait=0):
            pass


def _left_over(path: Path) -> str | None:
    """The name of the generation that is the library where others lie beside it; None where that one is not there."""
    with contextlib.suppress(LibraryDamaged, OSError):  # whoever opens it is told
        keep = current_generation(path)
        # where the pointer leads nowhere, another may be all that is left
        if keep and _GENERATION.fullmatch(keep) and generation_folder(path, keep).is_dir() and _others(path, keep):
            return keep
    return None


@contextlib.contextmanager
def _storage() -> Iterator[None]:
    """What the system says of a full disk is said as `StorageFull`."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            msg = "The disk is full; free some space and try again. The library is as it was."
        else:
            msg = f"The library cannot be written ({error.strerror or error}); check the folder and its permissions."
        raise StorageFull(msg) from error
