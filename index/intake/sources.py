"""Where files come from: those that were named, those below folders, uploads, the starter documents."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.errors import UnreadableFile
from corpus.managers import FOUND
from corpus.metadata import Facts
from corpus.readers import SUFFIXES, check_size, max_file_mb
from corpus.starter import starter_documents
from index.library import is_library

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Categories of what a name may hold and nobody sees, or what turns a line over or round."""
_HIDDEN: Final = (".", "~$")
"""With what the names begin that are passed over: hidden files, and those of Office beside an open one."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read.

    Attributes:
        name: the file's name, without folders.
        place: where to find it again: a resolved path, `upload:NAME` or `starter:NAME`; a file of the same place
            replaces the one before.
        load: gives its bytes; may raise `UnreadableFile`.
        entry: what the export of a reference manager says of it; None where none does.
        companion: as in `corpus.origins.Origin`.
    """

    name: str
    place: str
    load: Callable[[], bytes]
    entry: Facts | None = None
    companion: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What there is in the files and folders that were named.

    Attributes:
        sources: every file named, and every one of a format that is read below the folders named, by path, each once. A
            path that does not exist and a folder that cannot be listed are sources too, so that they are reported like
            any other file that cannot be read.
        others: how many files below the folders are of a format that is not read, by suffix, most first, then by the
            alphabet; in lower case, "" for none. Each file counts once; none that is named.
    """

    sources: tuple[Source, ...]
    others: dict[str, int]


def find(paths: Iterable[Path]) -> Found:
    """The files named and those below the folders named; there, nothing hidden, and nothing that is a library's own.

    Links to files are followed, links to folders are not, so that no folder is gone into twice.
    """
    sources: dict[str, Source] = {}
    others: dict[str, str] = {}
    for path in paths:
        # os.path, because Path raises where a folder above may not be read or a link leads to itself
        below = sorted(_below(path)) if os.path.isdir(path) else [(path, None)]  # noqa: PTH112
        for file, closed in below:
            place = printable(os.path.realpath(file))
            if closed or file is path or _is_read(file):
                sources.setdefault(
                    place, Source(_shown(file), place, _closed(file, closed) if closed else _bytes(file))
                )
            else:
                others[place] = _shown(file, file.suffix.casefold())
    counts = Counter(others.values())
    return Found(tuple(sources.values()), dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))))


def sources_of(paths: Iterable[Path]) -> tuple[Source, ...]:
    """The sources that `find` gives."""
    return find(paths).sources


def files_of(files: Iterable[Path]) -> tuple[Source, ...]:
    """Each of these files, once, whatever it may hold; one that does not exist is a source too."""
    found: dict[str, Source] = {}
    for file in files:
        place = printable(os.path.realpath(file))
        found.setdefault(place, Source(_shown(file), place, _bytes(file)))
    return tuple(found.values())


def starter_sources() -> tuple[Source, ...]:
    """The documents that come with Exocite."""

    def source(name: str, data: bytes) -> Source:
        return Source(name, f"starter:{name}", lambda: data)

    return tuple(source(name, data) for name, data in starter_documents())


def printable(path: str) -> str:
    r"""`path` with bytes that are no UTF-8, which the path of a file may hold, written as `\xff`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _below(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """Every file below a folder but hidden ones and a library's; and each folder that cannot be listed, and why.

    A library keeps copies of files: read as papers they would be second files of each.
    """
    closed: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=closed.append):
        if is_library(Path(place)):
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(_HIDDEN)]
        for file in (Path(place, name) for name in files if not name.startswith(_HIDDEN)):
            # a pipe and a link that leads nowhere are told of; os.path as in `find`
            if os.path.isfile(file) or _is_read(file):  # noqa: PTH113
                yield file, None
    for error in closed:
        yield Path(error.filename), (error.strerror or str(error)).lower()


def _is_read(file: Path) -> bool:
    return file.suffix.casefold() in SUFFIXES | FOUND


def _shown(file: Path, name: str | None = None) -> str:
    """The name of a file as it can be printed in one line and taken for a name, without what is no character."""
    told = os.fsencode((file.name or str(file)) if name is None else name).decode("utf-8", "replace")
    return "".join("\ufffd" if unicodedata.category(sign) in _UNSEEN or sign == "\\" else sign for sign in told)


def _closed(folder: Path, why: str) -> Callable[[], bytes]:
    def load() -> bytes:
        raise UnreadableFile(_shown(folder), f"this folder cannot be listed ({why}); check its permissions.")

    return load


def _closed_to_us(file: Path, error: OSError) -> str:
    if error.errno in {errno.ENOENT, errno.ELOOP} and os.path.islink(file):  # noqa: PTH114 (as in `find`)
        return "this is a link that leads to no file; mend it, or take it away."
    return f"it cannot be opened ({(error.strerror or str(error)).lower()}); check the path and its permissions."


def _bytes(file: Path) -> Callable[[], bytes]:
    def load() -> bytes:
        try:
            # a pipe that nobody writes to would be waited for
            with open(os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as opened:  # noqa: PTH123
                state = os.fstat(opened.fileno())
                if not stat.S_ISREG(state.st_mode):
                    raise UnreadableFile(_shown(file), "this is no file that holds bytes; give a file of its own.")
                check_size(file.name, state.st_size)  # before it is in memory
                return opened.read(int(max_file_mb() * 1_000_000) + 1)  # nor what it may grow to
        except OSError as error:
            raise UnreadableFile(_shown(file), _closed_to_us(file, error)) from error

    return load
