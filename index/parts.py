"""The files that a part of a library is made of: how large they are, what they sum to, and whether they still do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from corpus.errors import REBUILD, LibraryDamaged
from index.encoder import sha256

_LOOKED_AT: Final = 8_000_000
"""Bytes of which sums are made anew when a library is opened, of each of its parts, small files first.

As it grows, opening must not slow; `exocite status` sums all.
"""


@dataclass(frozen=True, slots=True)
class Parts:
    """Some files below one folder.

    Attributes:
        files: size in bytes of each, by its path within the folder.
        sums: SHA-256 of each, hexadecimal, by the same path.
    """

    files: dict[str, int]
    sums: dict[str, str]

    @classmethod
    def of(cls, folder: Path, but: Iterable[str]) -> Self:
        """Every file below `folder`, but for those that these names begin the paths of."""
        left_out = set(but)
        found = {
            file.relative_to(folder).as_posix(): file
            for file in sorted(folder.rglob("*"))
            if file.relative_to(folder).parts[0] not in left_out and file.is_file()
        }
        return cls(
            {name: file.stat().st_size for name, file in found.items()},
            {name: sha256(file) for name, file in found.items()},
        )

    @property
    def size(self) -> int:
        """Bytes of all of them."""
        return sum(self.files.values())

    def check(self, folder: Path, *, wholly: bool = False) -> None:
        """They are in `folder` as they were written: a file of another library may have the same name and size.

        Args:
            wholly: whether every byte is read; otherwise of large files only their size is looked at.

        Raises:
            LibraryDamaged: one of them is not.
        """
        looked_at = 0
        for name, size in sorted(self.files.items(), key=lambda one: (one[1], one[0])):
            looked_at += size
            state = self._state(folder / name, name, summed=wholly or looked_at <= _LOOKED_AT)
            if state:
                msg = f"The library's part {name} {state}; {REBUILD}."
                raise LibraryDamaged(msg)

    def _state(self, file: Path, name: str, *, summed: bool) -> str:
        try:
            same = file.stat().st_size == self.files[name] and (not summed or sha256(file) == self.sums[name])
        except OSError as error:
            return f"cannot be read ({error.strerror or error})"
        return "" if same else "is not the one it was written with"
