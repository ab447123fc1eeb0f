"""Whose a collection is: of several folders that name it, as copies of a library do, the one that put it there."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Owner:
    """A library's folder, as it is told from its copies.

    A folder that is renamed keeps its number, one that is restored, or mounted as another device, its path; a copy has
    neither. (One of a whole disk has both, and is taken for the same.) No path can be read from either.

    Attributes:
        number: of the folder in its file system, in decimals; "" where it has none.
        path: 16 hexadecimal digits of the SHA-256 of the machine's name and the path.
    """

    number: str
    path: str

    @classmethod
    def of(cls, library: Path) -> Self:
        """The library's folder, which is there."""
        number = library.stat().st_ino
        path = hashlib.sha256(f"{platform.node()}\n{library.resolve()}".encode()).hexdigest()[:16]
        return cls(str(number) if number else "", path)

    @classmethod
    def told(cls, about: Mapping[str, str]) -> Self | None:
        """Whom a collection says that it belongs to; None where it says nobody."""
        return cls(about.get("number", ""), about["path"]) if "path" in about else None

    def about(self) -> dict[str, str]:
        """What a collection of this folder says."""
        return asdict(self)

    def is_same(self, other: Owner) -> bool:
        """Whether both are one folder, as far as that can be told."""
        return self.path == other.path or self.number == other.number != ""
