"""Moving a library from one engine to another, putting it anew where it lies, or saying that it is its own there."""

from __future__ import annotations

from pathlib import Path

from index.engineplace import EngineChoice, new_collection
from index.generation import copy_generation, open_manifest
from index.library import Library, changing, current_generation, missing, replace_generation
from index.placing import claim


def move_library(path: Path, engine: EngineChoice) -> Library:
    """The library in `path`, open, lies whole with the engine that is asked for, put there anew.

    Of where it lay before nothing is left. Whatever goes wrong, the library is as it was.

    Args:
        engine: where it says nothing, it is what the library remembers.

    Raises:
        LibraryMissing: there is none.
        LibraryBusy: another process is changing it.
        LibraryDamaged: it cannot be read.
        EngineError: the engine did not take it.
        StorageFull: the disk took no more.
    """
    with changing(path):
        before = current_generation(path)
        if before is None:
            raise missing(path)
        manifest = open_manifest(path, before)
        chosen = engine.over(manifest.engine)
        place = chosen.place(new_collection())
        return replace_generation(
            path, chosen, place, lambda name: copy_generation(path, name, before, place), [manifest.engine]
        )


def claim_library(path: Path, engine: EngineChoice) -> Library:
    """What its engine holds of the library in `path`, which is open, is this folder's: no copy of it may change it.

    As after the library came here from another machine. Nothing is put there.

    Raises:
        LibraryMissing: there is none.
        LibraryBusy: another process is changing it.
        EngineError: the engine cannot be asked.
        LibraryDamaged, LibraryMismatch: the library cannot be read, or the engine does not hold all of it.
    """
    with changing(path):
        library = Library.open(path, engine)
        try:
            library.check_engine()
            claim(path, library.generation, library.manifest, engine)
        except BaseException:
            library.close()
            raise
        return library
