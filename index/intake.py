"""Files on their way into a library: which are new, changed or unchanged, and what came of each."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.assemble import read_document
from corpus.errors import UnreadableFile
from corpus.readers import SUFFIXES
from corpus.records import Reading
from corpus.starter import starter_documents
from corpus.store import DocumentSummary
from index.encoder import Encoder, Progress
from index.library import Library, change_library, changing, current_generation

Status = Literal["added", "replaced", "unchanged", "unreadable"]


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file.

    Attributes:
        file: the file's name.
        document_id: of its document; None where it could not be read.
        passages, rows, references: how many it gave; of an unchanged file, how many it has.
        notices: what the user should know, one sentence each; for an unreadable file, why and what to do.
    """

    file: str
    status: Status
    document_id: str | None = None
    passages: int = 0
    rows: int = 0
    references: int = 0
    notices: tuple[str, ...] = ()


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


def take_in(
    path: Path,
    encoder: Encoder,
    sources: Sequence[Source],
    *,
    told: Callable[[Outcome], None] | None = None,
    reading: Progress | None = None,
    progress: Progress | None = None,
) -> tuple[Outcome, ...]:
    """Every readable source is in the library in `path`; one outcome a source, in order.

    Unchanged files are skipped by their content, changed ones replace what they were. One unreadable file never stops
    the others; where nothing is new, nothing is written.

    Args:
        told: called with each outcome once it is true: of an unreadable file at once, of the others, in order, when
            the library holds them.
        reading: told how many of the sources are read, beginning with none.
        progress: told how many of the new records are encoded.

    Raises:
        LibraryBusy, LibraryDamaged, LibraryMismatch, StorageFull: nothing of the library was changed.
    """
    tell, count = told or _say_nothing, reading or _say_nothing
    with changing(path):
        held = _held(path, encoder)
        changed = _changed(sources, held)
        readings: dict[str, Reading] = {}
        outcomes: list[Outcome] = []
        for done, source in enumerate(sources):
            count(done, len(sources))
            outcomes.append(_read(source, held, changed, readings))
            if outcomes[-1].status == "unreadable":
                tell(outcomes[-1])
        count(len(sources), len(sources))
        if readings:
            change_library(path, encoder, add=tuple(readings.values()), progress=progress).close()
    for outcome in outcomes:
        if outcome.status != "unreadable":
            tell(outcome)
    return tuple(outcomes)


def slug(name: str) -> str:
    """An id made of a file's name: lower-case letters, digits and single hyphens, at most 80, never empty."""
    plain = unicodedata.normalize("NFKD", Path(name).stem).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "document"


def _say_nothing(*_: object) -> None:
    pass


def _held(path: Path, encoder: Encoder) -> dict[str, DocumentSummary]:
    """The documents in the library, none where there is no library; another model is known before files are read."""
    if not current_generation(path):
        return {}
    library = Library.open(path)
    try:
        library.check_encoder(encoder.identity)
        return {summary.id: summary for summary in library.store.summaries()}
    finally:
        library.close()


def _changed(sources: Sequence[Source], held: dict[str, DocumentSummary]) -> set[str]:
    """The documents whose file holds other bytes now; what they held is soon nowhere else."""
    places = {summary.source: summary for summary in held.values()}
    changed = set()
    for source in sources:
        if before := places.get(source.place):
            with contextlib.suppress(UnreadableFile):
                if hashlib.sha256(source.load()).hexdigest() != before.sha256:
                    changed.add(before.id)
    return changed


def _read(source: Source, held: dict[str, DocumentSummary], changed: set[str], readings: dict[str, Reading]) -> Outcome:
    try:
        data = source.load()
        digest = hashlib.sha256(data).hexdigest()
        before = next((summary for summary in held.values() if summary.source == source.place), None)
        if before is None or before.sha256 == digest:
            kept = [summary for summary in held.values() if summary.id not in changed]
            if outcome := _unchanged(source, digest, kept, readings.values()):
                return outcome
        document_id = before.id if before else _free_id(source, digest, {*held, *readings})
        reading = read_document(source.name, data, document_id=document_id, source=source.place)
    except UnreadableFile as error:
        return Outcome(source.name, "unreadable", notices=(error.reason,))
    readings[document_id] = reading
    return Outcome(
        source.name,
        "replaced" if before else "added",
        document_id,
        len(reading.passages),
        len(reading.rows),
        len(reading.references),
        reading.notices,
    )


def _unchanged(source: Source, digest: str, kept: Iterable[DocumentSummary], new: Iterable[Reading]) -> Outcome | None:
    """What came of a file whose very bytes are in the library or on their way there; None for any other."""
    same = "The same content as {}, which is kept."
    for summary in kept:
        if summary.sha256 == digest:
            notices = () if summary.file == source.name else (same.format(summary.file),)
            counts = (summary.passages, summary.rows, summary.references)
            return Outcome(source.name, "unchanged", summary.id, *counts, notices)
    for reading in new:
        if reading.document.sha256 == digest:
            counts = (len(reading.passages), len(reading.rows), len(reading.references))
            notices = (same.format(reading.document.file),)
            return Outcome(source.name, "unchanged", reading.document.id, *counts, notices)
    return None


def _free_id(source: Source, digest: str, taken: set[str]) -> str:
    wanted = slug(source.name)
    return wanted if wanted not in taken else f"{wanted}-{digest[:6]}"


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
