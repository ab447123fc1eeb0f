"""What was fetched, kept beside a library until the library holds it, and what names of articles it holds.

    LIBRARY/fetched/
        PMC1234567.xml      an article that was fetched and is not in the library yet
        names.json          the PMC id of each name that an article of the library has

So nothing is fetched twice, not even where a command broke off in between. Once the library holds an article, its XML
here is deleted, and the names go when the article does: what was removed is gone here too. What was fetched and never
came to be in the library goes after a week.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from corpus.errors import StorageFull
from qa.fetching.identifiers import Identifier, read_identifier

FOLDER: Final = "fetched"
_NAMES: Final = "names.json"
_LONGEST: Final = 7 * 24 * 3600.0
"""Seconds that something waits."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits beside one library.

    A file that cannot be read counts for nothing: the article is fetched again.
    """

    folder: Path

    @classmethod
    def of(cls, library: Path) -> Self:
        """What waits beside the library in a folder."""
        return cls(library / FOLDER)

    def pmc_of(self, identifier: Identifier) -> Identifier | None:
        """The PMC id of an article that was fetched under another name; None for one that is not known."""
        return identifier if identifier.kind == "pmc" else self._names().get(identifier)

    def xml(self, pmc: Identifier) -> bytes | None:
        """The XML that waits, or None."""
        try:
            return self._file(pmc).read_bytes()
        except OSError:
            return None

    def keep(self, pmc: Identifier, names: Collection[Identifier], xml: bytes) -> None:
        """The XML waits, and the article is known by its names; whole or not at all.

        Raises:
            StorageFull: it cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write(self._file(pmc), xml)
            self._write_names(self._names() | dict.fromkeys(names, pmc))
        except OSError as error:
            msg = f"What was fetched cannot be written ({error.strerror or error}); free some space and try again."
            raise StorageFull(msg) from error

    def forget(self, done: Collection[Identifier], held: Collection[Identifier]) -> None:
        """No XML of the articles `done` waits, none for more than a week; only what waits or is `held` has names.

        Nor does any that was not written to its end.
        """
        with suppress(OSError):  # what stays is tried again; there is nothing for the user to do
            left: set[Identifier | None] = set(held)
            for file in self.folder.iterdir():
                pmc = read_identifier(file.name.partition(".xml")[0])
                if file.name == _NAMES:
                    continue
                if pmc in done or time.time() - file.stat().st_mtime > _LONGEST:
                    file.unlink()
                else:
                    left.add(pmc)
            self._keep_names(left)

    def _keep_names(self, left: Collection[Identifier | None]) -> None:
        known = self._names()
        names = {name: pmc for name, pmc in known.items() if pmc in left}
        if names != known:
            self._write_names(names)
        if not names:
            (self.folder / _NAMES).unlink(missing_ok=True)
            self.folder.rmdir()

    def _file(self, pmc: Identifier) -> Path:
        return self.folder / f"{pmc}.xml"

    def _names(self) -> dict[Identifier, Identifier]:
        try:
            told = json.loads((self.folder / _NAMES).read_text(encoding="utf-8"))
            pairs = [(read_identifier(name), read_identifier(pmc)) for name, pmc in told.items()]
        except (OSError, ValueError, AttributeError, RecursionError):
            return {}
        return {name: pmc for name, pmc in pairs if name and pmc}

    def _write_names(self, names: dict[Identifier, Identifier]) -> None:
        told = {str(name): str(pmc) for name, pmc in names.items()}
        _write(self.folder / _NAMES, json.dumps(told, indent=1, sort_keys=True).encode())


def _write(file: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(data)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
