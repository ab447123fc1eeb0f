"""A library on disk: opened, held against its manifest, and changed by building beside and swapping.

    LIBRARY/
        current             the name of the generation that is the library now
        engine.pending      while something may lie with an engine that the library does not name (`index.placing`)
        library.lock        held while the library is being changed
        generations/NAME/   one generation (`index.generation`)
        segments/NAME/      its segments (`index.segment`)

What else lies there (`qa.conversations`) is never touched.
A change writes a new generation, with new segments for what it adds and in place of those that lose documents, and then
replaces `current`, one atomic rename: a crash at any instant leaves the old library or the new one. The generation
before, with the segments that the new one has not, is deleted at once, so that what was removed is gone; whoever has it
open reads on from the open files. Where a crash prevented that, whoever opens or changes the library next does it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, Self

from filelock import Timeout

from corpus.errors import REBUILD, LibraryBusy, LibraryDamaged, LibraryMismatch, LibraryMissing, StorageFull
from corpus.records import Reading
from corpus.stores import Stores
from index.change import Change, write_generation
from index.encoder import Encoder, Identity, Progress
from index.engineplace import AS_REMEMBERED, EngineChoice, EnginePlace, new_collection
from index.generation import GENERATIONS, SEGMENTS, Generation, open_manifest
from index.generation import open_store as generation_store
from index.locks import lock_at
from index.placing import announce, is_unsettled, left_over, put_segments, reach, settle
from index.tables import Tables
from index.whole import sync, write_whole

_NAME: Final = re.compile(r"[0-9a-f]{12}")
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
    def open(cls, path: Path, engine: EngineChoice = AS_REMEMBERED) -> Self:
        """The library in `path`, its parts held against one another.

        Args:
            engine: which one it is to be searched with, and where that is; it is asked nothing yet.

        Raises:
            LibraryMissing: there is none.
            LibraryDamaged: its parts do not belong together, or cannot be read.
            LibraryMismatch: another version of Exocite made it, or it is searched with another engine.
        """
        generation = current_generation(path)
        if generation is None:
            raise missing(path)
        try:
            library = cls.open_generation(path, generation, engine)
        except LibraryDamaged:
            if current_generation(path) == generation:
                raise
            return cls.open(path, engine)  # it was replaced while it was being opened
        _tidy(path, engine)
        return library

    @classmethod
    def open_generation(cls, path: Path, generation: str, engine: EngineChoice = AS_REMEMBERED) -> Self:
        """One generation of the library in `path`, its parts held against one another.

        Raises:
            LibraryDamaged: its parts do not belong together, or cannot be read.
            LibraryMismatch: another version of Exocite made it, or it is searched with another engine.
        """
        parts = Generation.open(path, generation, engine, lambda: current_generation(path) == generation)
        return cls(path, generation, parts)

    def check_encoder(self, identity: Identity) -> None:
        """The library was made with this model.

        Raises:
            LibraryMismatch: it was made with another.
        """
        self.manifest.check_encoder(identity)

    def check_engine(self) -> None:
        """Its engine can be asked, and holds all of its records.

        Raises:
            EngineError: it cannot be asked.
            LibraryDamaged, LibraryMismatch: it does not hold them.
        """
        self.ranker.engine.check()

    @property
    def left_over(self) -> tuple[str, ...]:
        """The addresses of engines that may still hold something that it does not name."""
        return left_over(self.path)

    def verify(self) -> None:
        """The content is the one the manifest names, and every byte of its files is as it was written.

        Of a library that has been changed since, whose files are gone, only the content is looked at.

        Raises:
            LibraryDamaged: it is not.
        """
        self.parts.verify()
        try:
            self.parts.check_files()
        except LibraryDamaged:
            if current_generation(self.path) == self.generation:
                raise

    def tables(self) -> Tables:
        """The tables of other names that the user added.

        Raises:
            LibraryDamaged: they cannot be read.
        """
        return self.parts.tables()

    def close(self) -> None:
        """The files, and the engine, are let go."""
        self.parts.close()


def open_store(path: Path) -> Stores | None:
    """The documents of the library in `path`, without what finds them; None where there is no library.

    For who is changing it: held against nothing, so that it opens at once.

    Raises:
        LibraryDamaged: they cannot be read.
    """
    generation = current_generation(path)
    return generation_store(path, generation) if generation else None


def missing(path: Path) -> LibraryMissing:
    """The error that says there is no library, and how to make one."""
    return LibraryMissing(
        f"There is no library at {path}; `exocite add PATH…` makes one, `exocite serve` a starter library."
    )


def is_library(path: Path) -> bool:
    """Whether a folder is a library, or one that was begun; False where that cannot be seen."""
    # os.path, because Path raises where a folder may not be read
    return os.path.isfile(path / "library.lock") and os.path.isdir(path / GENERATIONS)  # noqa: PTH112, PTH113


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


def place_of(path: Path, engine: EngineChoice) -> EnginePlace:
    """Where the library in `path` lies with its engine, or will where there is none yet.

    Raises:
        BadSetting: an address is given, and no engine that has one.
        LibraryDamaged: the library cannot be read.
        LibraryMismatch: it is searched with another engine than is asked for.
    """
    generation = current_generation(path)
    return engine.found(open_manifest(path, generation).engine) if generation else engine.place(new_collection())


def change_library(
    path: Path,
    encoder: Encoder,
    *,
    add: Sequence[Reading] = (),
    remove: Sequence[str] = (),
    tables: Tables | None = None,
    progress: Progress | None = None,
    engine: EngineChoice = AS_REMEMBERED,
) -> Library:
    """The library in `path` holds what it held, less the documents `remove`, and the readings `add`; it is open.

    A library is made where there is none. A reading replaces one of the same document id; an id in `remove` that is
    not there is passed over. Only records whose text is new are encoded. Whatever goes wrong, the library is as it was.

    Args:
        tables: the other names that it knows from now on; None for those it knew.
        progress: told how many of the new records are encoded.
        engine: which one searches the library, if it is made; where that is.

    Raises:
        LibraryBusy: another process is changing it.
        LibraryDamaged: the library that is there cannot be read.
        LibraryMismatch: it was made with another model, or is searched with another engine.
        EngineError: its engine did not take what is new.
        StorageFull: the disk took no more.
    """
    with changing(path):
        old = Library.open(path, engine) if current_generation(path) else None
        if old is not None:
            old.check_encoder(encoder.identity)
        try:
            place = place_of(path, engine)
            change = Change(encoder, add, remove, tables, progress)
            parts = old.parts if old else None
            return replace_generation(
                path, engine, place, lambda name: write_generation(path, name, parts, change, place)
            )
        finally:
            if old is not None:
                old.close()


def replace_generation(
    path: Path,
    engine: EngineChoice,
    place: EnginePlace,
    write: Callable[[str], Sequence[Path]],
    left: Sequence[EnginePlace] = (),
) -> Library:
    """The generation that `write` makes, given its name, is the library in `path` now; it is open.

    To be called while nobody else changes it. Whatever goes wrong, the library is as it was.

    Args:
        place: where it lies then.
        write: says which folders it made.
        left: where something of it may be left over afterwards.
    """
    generation, before = uuid.uuid4().hex[:12], current_generation(path)
    new = None
    try:
        with _storage():
            reach(path, place, engine)
            _flush(write(generation))
            new = Library.open_generation(path, generation, engine)
            announce(path, [*left, place])
            put_segments(path, new.parts, engine, open_manifest(path, before) if before else None)
            _swap(path, generation)
    except BaseException:
        if new is not None:
            new.close()
        _forget_others(path, current := current_generation(path))  # an interrupt may come just after the swap
        settle(path, current, engine)
        raise
    _forget_others(path, generation)
    settle(path, generation, engine)
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
    lock = lock_at(path.resolve() / "library.lock")
    with _storage():
        try:
            lock.acquire(timeout=_WAIT if wait is None else wait)
        except Timeout as error:  # an OSError too
            msg = f"Another process is changing the library at {path}; try again when it has finished."
            raise LibraryBusy(msg) from error
    try:
        _forget_leftovers(path)
        yield
    finally:
        lock.release()


def _flush(folders: Sequence[Path]) -> None:
    """Everything in these folders is on the disk, not only on its way there."""
    above = {place for folder in folders for place in (folder.parent, folder.parent.parent)}
    for place in (*(one for folder in folders for one in (*folder.rglob("*"), folder)), *sorted(above, reverse=True)):
        sync(place)


def _swap(path: Path, generation: str) -> None:
    """`generation` is the library now: the one step that cannot be half done."""
    write_whole(path / "current", generation + "\n")  # before the old generation goes


def _forget_others(path: Path, keep: str | None) -> None:
    """Of the generations and segments in `path` only those of `keep` are there; none where it is None."""
    with contextlib.suppress(LibraryDamaged, LibraryMismatch, OSError):  # whose segments nobody can tell
        for folder in _others(path, keep):
            shutil.rmtree(folder, ignore_errors=True)


def _others(path: Path, keep: str | None) -> list[Path]:
    used = {keep, *(open_manifest(path, keep).segments if keep else ())}
    below = (path / name for name in (GENERATIONS, SEGMENTS))
    found = (folder for place in below if place.is_dir() for folder in place.iterdir())
    return [folder for folder in found if folder.name not in used and _NAME.fullmatch(folder.name)]  # nobody else's


def _forget_leftovers(path: Path) -> None:
    """Of a library that is there, nothing but its generation is; to be called by who may change it."""
    if keep := _left_over(path):
        _forget_others(path, keep)


def _tidy(path: Path, engine: EngineChoice) -> None:
    """The same, with its engine too, unless another process is changing the library, or this one may not."""
    if _left_over(path) or is_unsettled(path):
        with contextlib.suppress(LibraryBusy, StorageFull), changing(path, wait=0):
            settle(path, current_generation(path), engine)


def _left_over(path: Path) -> str | None:
    """The name of the generation that is the library where others lie beside it; None where that one is not there."""
    with contextlib.suppress(LibraryDamaged, LibraryMismatch, OSError):  # whoever opens it is told
        keep = current_generation(path)
        # where the pointer leads nowhere, another may be all that is left
        if keep and _NAME.fullmatch(keep) and _others(path, keep):
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
