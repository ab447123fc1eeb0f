"""The manifest of a library: what it was made of and with, so that its parts can be held against it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final, Self

from corpus.errors import LibraryDamaged, LibraryMismatch
from corpus.store import REBUILD
from index.encoder import Identity

SCHEMA: Final = 6
"""Raised whenever a library made before could not be read rightly."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a library on disk says of itself.

    Attributes:
        schema: version of the layout and of how records are cut and indexed.
        hash: of the content, SHA-256, hexadecimal; equal content has an equal hash.
        encoder: which model made the vectors.
        documents, records: how many.
        files: size in bytes of each part, by its path within the generation.
        sums: SHA-256 of each part, hexadecimal, by the same path.
        originals: SHA-256 of each file that is kept to show its pages, by document id.
    """

    schema: int
    hash: str
    encoder: Identity
    documents: int
    records: int
    files: dict[str, int]
    sums: dict[str, str]
    originals: dict[str, str] = field(default_factory=dict)

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
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

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
                parts = {name: dict(found[name]) for name in ("files", "sums", "originals")}
                return cls(**{**found, **parts, "encoder": Identity(**found["encoder"])})
        except (OSError, ValueError, KeyError, TypeError) as error:
            msg = f"The library's manifest cannot be read ({error}); {REBUILD}."
            raise LibraryDamaged(msg) from error
        msg = (
            f"This library was made by another version of Exocite (layout {schema}, this one reads {SCHEMA}); "
            "make a new one: `exocite --library NEW add` with the same files."
        )
        raise LibraryMismatch(msg)
