"""What a library holds, as a file on its way in is compared with it."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final, Self

from corpus.origins import Copy, Origin
from corpus.records import Document
from corpus.summaries import DocumentSummary
from corpus.twins import titles_key
from index.encoder import Encoder
from index.library import current_generation
from index.listing import Listing

_ESCAPED: Final = re.compile(rb"\\x([0-9a-f]{2})")
"""As `index.intake.sources.printable` writes a byte that is no UTF-8."""


class Held:
    """The documents of a library, and those on their way there, by id, by place and by content."""

    def __init__(self, summaries: Iterable[DocumentSummary] = ()) -> None:
        self._by_id: dict[str, DocumentSummary] = {}
        self._by_place: dict[str, DocumentSummary] = {}
        self._by_digest: dict[str, dict[str, DocumentSummary]] = {}
        self._by_copy: dict[str, tuple[str, Copy]] = {}
        self._told: dict[str, set[str]] = {}
        self._taken: set[str] = set()
        self.origins: dict[str, Origin] = {}
        for summary in summaries:
            self.put(summary)

    @classmethod
    def of(cls, path: Path, encoder: Encoder) -> Self:
        """What the library in `path` holds; nothing where there is none.

        Raises:
            LibraryDamaged: its documents cannot be read.
            LibraryMismatch: it was made with another model, which is so known before a file is read.
        """
        if not current_generation(path):
            return cls()
        with closing(Listing.open(path)) as listing:
            listing.manifest.check_encoder(encoder.identity)
            held = cls(listing.store.summaries())
            held.origins = listing.store.origins()
            return held

    def at(self, place: str) -> DocumentSummary | None:
        """The document whose file is in that place."""
        return self._by_place.get(place)

    def same(self, digest: str) -> DocumentSummary | None:
        """The document, the first by its id, that was read from these very bytes and is not about to change."""
        found = self._by_digest.get(digest)
        return found[min(found)] if found else None

    def copy_at(self, place: str) -> tuple[DocumentSummary, Copy] | None:
        """The file in that place that was passed over, and the document of the same paper."""
        document_id, copy = self._by_copy.get(place, (None, None))
        summary = self._by_id.get(document_id or "")
        return (summary, copy) if summary and copy and copy in summary.copies else None

    def told_alike(self, document: Document) -> list[str]:
        """The ids, in order, of the documents that have the DOI of this one, or its title."""
        found = set().union(*(self._told.get(key, ()) for key in _keys(document.doi, document.title)))
        return sorted(found - {document.id})

    def put(self, summary: DocumentSummary) -> None:
        """The document is held, in place of one of the same id."""
        if before := self._by_id.get(summary.id):
            self.expect(before)
            self._by_place.pop(before.source, None)
            for key in _keys(before.doi, before.title):
                self._told[key].discard(summary.id)
        for key in _keys(summary.doi, summary.title):
            self._told.setdefault(key, set()).add(summary.id)
        for copy in summary.copies:
            self._by_copy[copy.source] = (summary.id, copy)
        self._by_id[summary.id] = self._by_place[summary.source] = summary
        self._by_digest.setdefault(summary.sha256, {})[summary.id] = summary
        self._taken.add(summary.id)

    def expect(self, summary: DocumentSummary) -> None:
        """The document's file holds other bytes now: what it held is soon nowhere else, and is no copy to refer to."""
        self._by_digest.get(summary.sha256, {}).pop(summary.id, None)

    def move(self, summary: DocumentSummary, place: str, name: str) -> None:
        """The document's file is in another place from now on."""
        self.put(replace(summary, source=place, file=name))

    def free_id(self, name: str, digest: str) -> str:
        """An id that no document has, made of a file's name, and taken from now on."""
        wanted = slug(name)
        chosen = wanted if wanted not in self._taken else f"{wanted}-{digest[:6]}"
        self._taken.add(chosen)
        return chosen


def _keys(doi: str | None, title: str) -> list[str]:
    """What documents that may be one paper have in common: the DOI, or the title."""
    return [key for key in (doi, titles_key(title)) if key]


def slug(name: str) -> str:
    """An id made of a file's name: lower-case letters, digits and single hyphens, at most 80, never empty."""
    plain = unicodedata.normalize("NFKD", Path(name).stem).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "document"


def has_moved(before: str, now: str) -> bool:
    """Whether what is the same in both places is one file that was moved: both are places on disk, one is empty."""
    return os.path.isabs(before) and os.path.isabs(now) and is_gone(before)  # noqa: PTH117 (an upload's is no path)


def is_gone(place: str) -> bool:
    """Whether the file of that place is surely no more: not where it may only be out of sight."""
    # the second is right where the path holds bytes that are no UTF-8
    return _is_missing(place) and _is_missing(
        _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), os.fsencode(place))
    )


def _is_missing(path: str | bytes) -> bool:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False
