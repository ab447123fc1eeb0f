"""Exports of reference managers among the sources: in their place come the files that they name, with what they say."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Final

from corpus.errors import UnreadableFile
from corpus.managers import EXPORTS, read_export
from corpus.managers.entries import Entry
from corpus.managers.files import find_file
from corpus.readers import SUFFIXES
from index.intake.sources import Source, files_of

_TABLES: Final = frozenset({".csv", ".tsv", ".xlsx", ".xlsm"})


@dataclass(frozen=True, slots=True)
class Used:
    """What an export gave.

    Attributes:
        file: its name.
        entries: how many entries it has that could be read.
        without: how many of these name no file.
        missing: the names of the files that it names and that are not there, in its order, each once.
        others: how many files it names that are of a format that is not read, or lie outside the folder in which it
            was found.
        broken: how many of its entries could not be read.
    """

    file: str
    entries: int
    without: int
    missing: tuple[str, ...]
    others: int
    broken: int


def with_exports(sources: Sequence[Source], paths: Iterable[Path]) -> tuple[tuple[Source, ...], tuple[Used, ...]]:
    """The sources, with the files that exports among them name instead of these exports; and what each export gave.

    The first file of an entry that is no table is its paper, and so is each of another format, which is the same paper
    read from elsewhere; all others are companions of it. An export that was found in a folder is used for files below
    that folder alone, one that is named for all that it names. Of two exports that name one file the first counts. An
    export that cannot be read stays among the sources, so that it is reported.

    Args:
        paths: what the user named.
    """
    named = {os.path.realpath(path) for path in paths}
    found: dict[str, Source] = {}
    described: dict[str, Source] = {}
    used: list[Used] = []
    for source in sources:
        if not _is_export(source):
            found.setdefault(source.place, source)
            continue
        try:
            export = read_export(source.name, source.load())
        except UnreadableFile as error:
            found[source.place] = replace(source, load=_raising(error))
            continue
        files = _Files(Path(source.place).parent, within=source.place not in named)
        for entry in export.entries:
            for one in files.of(entry):
                described.setdefault(one.place, one)
        without = sum(not entry.files for entry in export.entries)
        missing = tuple(dict.fromkeys(files.missing))
        used.append(Used(source.name, len(export.entries), without, missing, files.others, export.broken))
    return tuple((found | described).values()), tuple(used)


class _Files:
    """The files that the entries of one export name; `missing` and `others` as in `Used`."""

    def __init__(self, folder: Path, *, within: bool) -> None:
        self._folder = folder
        self._within = within
        self.missing: list[str] = []
        self.others = 0

    def of(self, entry: Entry) -> list[Source]:
        """The files of an entry that are there and are read, its paper first."""
        files: list[Path] = []
        for named in entry.files:
            place = find_file(named, self._folder)
            if place is None:
                self.missing.append(PurePath(named.replace("\\", "/")).name or named)
            elif self._is_used(place):
                files.append(place)
            else:
                self.others += 1
        formats: set[str] = set()
        sources = []
        for source in files_of(sorted(files, key=lambda file: _suffix(file) in _TABLES)):
            suffix = _suffix(Path(source.name))
            companion = bool(formats) and (suffix in _TABLES or suffix in formats)
            sources.append(replace(source, entry=entry.facts, companion=companion))
            formats.add(suffix)
        return sources

    def _is_used(self, place: Path) -> bool:
        if _suffix(place) not in SUFFIXES:
            return False
        return not self._within or Path(os.path.realpath(place)).is_relative_to(os.path.realpath(self._folder))


def _is_export(source: Source) -> bool:
    return os.path.isabs(source.place) and _suffix(Path(source.name)) in EXPORTS  # noqa: PTH117 (an upload's is no path)


def _suffix(file: Path) -> str:
    return file.suffix.casefold()


def _raising(error: UnreadableFile) -> Callable[[], bytes]:
    def load() -> bytes:
        raise error

    return load
