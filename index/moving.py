"""Moving a library from one engine to another, or putting it anew where it lies."""

from __future__ import annotations

from pathlib import Path

from index.engineplace import EngineChoice, new_collection
from index.generation import copy_generation, open_manifest
from index.library import Library, changing, current_generation, missing, replace_generation


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
            path, chosen, [manifest.engine, place], lambda name: copy_generation(path, name, before, place)
        )
