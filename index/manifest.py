"""The manifest of a library: what it was made of and with, so that its parts can be held against it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

from corpus.errors import REBUILD, LibraryDamaged, LibraryMismatch
from index.encoder import Identity
from index.engineplace import IN_SEGMENTS, EnginePlace
from index.parts import Parts

SCHEMA: Final = 9
"""Raised whenever a library made before could not be read rightly."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a library on disk says of itself.

    Attributes:
        schema: version of the layout and of how records are cut and indexed.
        hash: of the content, SHA-256, hexadecimal; equal content has an equal hash.
        encoder: which model made the vectors.
        documents, records: how many.
        segments: SHA-256 of what each segment says of itself, hexadecimal, by its name, in the order of positions.
        parts: what the segments share.
        engine: where what searches them lies.
    """

    schema: int
    hash: str
    encoder: Identity
    documents: int
    records: int
    segments: dict[str, str]
    parts: Parts
    engine: EnginePlace = IN_SEGMENTS

    def check_encoder(self, identity: Identity) -> None:
        """The library was made with this model.

        Raises:
            LibraryMismatch: it was made with another.
        """
        made = self.encoder
        if made != identity:
            msg = (
                f"This library was made with the model {made.model} (weights {made.weights[:12]}…), not with "
                f"{identity.model} (weights {identity.weights[:12]}…); use `--model NAME` (or EXOCITE_MODEL) with that "
                "model, or make a new library."
            )
            raise LibraryMismatch(msg)

    def save(self, path: Path) -> None:
        """The manifest is in the file `path`."""
        _write(asdict(self), path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The manifest in the file `path`.

        Raises:
            LibraryDamaged: it cannot be read.
            LibraryMismatch: another version of Exocite made it.
        """
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            schema = int(found["schema"])
            if schema == SCHEMA:
                encoder, parts = Identity(**found["encoder"]), Parts(**found["parts"])
                made = {"segments": dict(found["segments"]), "encoder": encoder, "parts": parts}
                return cls(**{**found, **made, "engine": EnginePlace(**found.get("engine", {}))})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _unreadable(error) from error
        msg = (
            f"This library was made by another version of Exocite (layout {schema}, this one reads {SCHEMA}); "
            "make a new one: `exocite --library NEW add` with the same files."
        )
        raise LibraryMismatch(msg)


@dataclass(frozen=True, slots=True)
class SegmentManifest:
    """What a segment on disk says of itself.

    Attributes:
        documents, records: how many.
        parts: its files.
        originals: SHA-256 of each file that is kept to show its pages, by document id.
    """

    documents: int
    records: int
    parts: Parts
    originals: dict[str, str]

    def save(self, path: Path) -> None:
        """The manifest is in the file `path`."""
        _write(asdict(self), path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The manifest in the file `path`.

        Raises:
            LibraryDamaged: it cannot be read.
        """
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            return cls(**{**found, "parts": Parts(**found["parts"]), "originals": dict(found["originals"])})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _unreadable(error) from error


def _write(told: dict[str, Any], path: Path) -> None:
    path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def _unreadable(error: Exception) -> LibraryDamaged:
    return LibraryDamaged(f"The library's manifest cannot be read ({error}); {REBUILD}.")
