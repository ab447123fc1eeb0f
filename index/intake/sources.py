"""Where files come from: those that were named, those below folders, uploads, the starter documents."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers import SUFFIXES
from corpus.starter import starter_documents


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read.

    Attributes:
        name: the file's name, without folders.
        place: where to find it again: a resolved path, `upload:NAME` or `starter:NAME`; a file of the same place
            replaces the one before.
        load: gives its bytes; may raise `UnreadableFile`.
    """

    name: str
    place: str
    load: Callable[[], bytes]


def sources_of(paths: Iterable[Path]) -> tuple[Source, ...]:
    """Every file named, and every readable one below the folders named, by path, each once.

    Files and folders whose name begins with a dot are left out of folders. A path that does not exist is a source
    too, so that it is reported like any other file that cannot be read.
    """
    # os.path, because Path raises where a folder above may not be read or a link leads to itself
    below = (sorted(filter(_is_read, _below(path))) if os.path.isdir(path) else [path] for path in paths)  # noqa: PTH112
    return files_of(file for files in below for file in files)


def files_of(files: Iterable[Path]) -> tuple[Source, ...]:
    """Each of these files, once, whatever it may hold; one that does not exist is a source too."""
    found: dict[str, Source] = {}
    for file in files:
        place = _printable(os.path.realpath(file))
        found.setdefault(place, Source(_printable(file.name) or str(file), place, _loader(file)))
    return tuple(found.values())


def left_out(paths: Iterable[Path]) -> dict[str, int]:
    """How many files below the folders among `paths` are of a format that is not read, by suffix, most first.

    Suffixes are in lower case and in the order of the alphabet where their numbers are equal; "" stands for none. Each
    file counts once. Files and folders whose name begins with a dot do not count, nor do files that are named.
    """
    found: dict[str, str] = {}
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 (as in `sources_of`)
            for file in _below(path):
                if not _is_read(file):
                    found[os.path.realpath(file)] = _printable(file.suffix.casefold())
    return dict(sorted(Counter(found.values()).items(), key=lambda item: (-item[1], item[0])))


def starter_sources() -> tuple[Source, ...]:
    """The documents that come with Exocite."""

    def source(name: str, data: bytes) -> Source:
        return Source(name, f"starter:{name}", lambda: data)

    return tuple(source(name, data) for name, data in starter_documents())


def _below(folder: Path) -> Iterable[Path]:
    """Every file below a folder but those hidden by a dot."""
    for place in folder.rglob("*"):
        inner = place.relative_to(folder).parts
        # os.path, because Path raises where a folder may be listed but not looked into
        if not any(part.startswith(".") for part in inner) and os.path.isfile(place):  # noqa: PTH113
            yield place


def _is_read(file: Path) -> bool:
    return file.suffix.casefold() in SUFFIXES


def _printable(name: str) -> str:
    r"""`name` with bytes that are no UTF-8, which a file's name may hold, written as `\xff`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _loader(file: Path) -> Callable[[], bytes]:
    def load() -> bytes:
        try:
            return file.read_bytes()
        except OSError as error:
            reason = (
                f"it cannot be opened ({(error.strerror or str(error)).lower()}); check the path and its permissions."
            )
            raise UnreadableFile(_printable(file.name), reason) from error

    return load
