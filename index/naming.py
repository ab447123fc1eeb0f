"""Tables of other names on their way into a library, and out of it; nothing is encoded for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import InputError
from index.encoder import Encoder
from index.engineplace import AS_REMEMBERED, EngineChoice
from index.intake import Source
from index.lexicon import Entry
from index.lexicon_files import read_lexicon
from index.library import Library, change_library, changing
from index.tables import Tables


@dataclass(frozen=True, slots=True)
class Read:
    """What came of one table; `notices` are what the user should know, one sentence each."""

    file: str
    entries: tuple[Entry, ...]
    notices: tuple[str, ...]


def add_names(
    path: Path, encoder: Encoder, sources: Sequence[Source], engine: EngineChoice = AS_REMEMBERED
) -> tuple[Read, ...]:
    """The tables are in the library in `path`, each in place of one of the same file name; all or none.

    Args:
        engine: where the library's is.

    Raises:
        UnreadableFile: one of them holds no names; nothing was changed.
        InputError: two of them have the same file name; nothing was changed.
        LibraryMissing: there is no library.
        EngineError, LibraryBusy, LibraryMismatch, StorageFull: the library is as it was.
    """
    Library.open(path, engine).close()  # where there is none, no folder is made for a lock
    read = tuple(Read(source.name, *read_lexicon(source.name, source.load())) for source in sources)
    entries = {one.file: one.entries for one in read}
    for name in entries:
        if sum(one.file == name for one in read) > 1:
            raise InputError(f"Two files are called {name}; rename one of them, for names are taken out by file.")
    with changing(path):
        tables = tables_of(path).with_(entries)
        change_library(path, encoder, tables=tables, engine=engine).close()
    return read


def remove_names(path: Path, encoder: Encoder, files: Sequence[str], engine: EngineChoice = AS_REMEMBERED) -> None:
    """No name that came from these files is in the library in `path`; all or none.

    Args:
        engine: where the library's is.

    Raises:
        InputError: nothing was added from a file of that name.
        LibraryMissing: there is no library.
        EngineError, LibraryBusy, LibraryMismatch, StorageFull: the library is as it was.
    """
    Library.open(path, engine).close()
    with changing(path):
        change_library(path, encoder, tables=tables_of(path).without(files), engine=engine).close()


def tables_of(path: Path) -> Tables:
    """The tables that were added to the library in `path`.

    Raises:
        LibraryMissing: there is no library.
        LibraryDamaged: it cannot be read.
    """
    library = Library.open(path)
    try:
        return library.tables()
    finally:
        library.close()
