"""The tables of other names that the user added to a library, by file, so that each can be listed and taken out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Self

from corpus.errors import REBUILD, InputError, LibraryDamaged
from index.lexicon import Entry, Lexicon

_FILE: Final = "tables.json"


class Tables:
    """Entries by the name of the file that they came from; never changed once made.

    Attributes:
        entries: by file, in the order of the files' names.
    """

    def __init__(self, entries: Mapping[str, Sequence[Entry]] | None = None) -> None:
        self.entries = {name: tuple(read) for name, read in sorted((entries or {}).items())}

    def with_(self, added: Mapping[str, Sequence[Entry]]) -> Self:
        """These tables and `added`, which replace those of the same name."""
        return type(self)({**self.entries, **added})

    def without(self, names: Iterable[str]) -> Self:
        """These tables less those named.

        Raises:
            InputError: one of them is not there.
        """
        left = dict(self.entries)
        for name in names:
            if left.pop(name, None) is None:
                msg = f"No names were added from a file '{name}'; `exocite names list` says which were."
                raise InputError(msg)
        return type(self)(left)

    def lexicon(self) -> Lexicon:
        """All their entries together; of one concept in several tables the first file's name counts."""
        return Lexicon.of(entry for read in self.entries.values() for entry in read)

    def save(self, folder: Path) -> None:
        """The tables are in a file in `folder`, the same bytes for the same tables."""
        told = {
            name: [[entry.concept, entry.name, entry.type, entry.synonyms] for entry in read]
            for name, read in self.entries.items()
        }
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        (folder / _FILE).write_text(f"{text}\n", encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The tables that were saved in `folder`.

        Raises:
            LibraryDamaged: they cannot be read.
        """
        try:
            told = json.loads((folder / _FILE).read_text(encoding="utf-8"))
            return cls(
                {
                    file: [Entry(concept, name, kind, tuple(others)) for concept, name, kind, others in read]
                    for file, read in told.items()
                }
            )
        except (OSError, ValueError, TypeError, AttributeError) as error:
            msg = f"The tables of names of the library cannot be read ({error}); {REBUILD}."
            raise LibraryDamaged(msg) from error


def summed_up(entries: Sequence[Entry]) -> str:
    """How many things of which kind, the most frequent first, and by how many names.

    >>> summed_up([Entry("1", "TJP1", "gene", ("TJP1", "ZO-1")), Entry("2", "glioma", "disease", ("glioma",))])
    '1 disease, 1 gene, 3 names'
    """
    kinds = Counter(entry.type for entry in entries)
    names = sum(len(entry.synonyms) for entry in entries)
    told = [f"{count:,} {kind}" for kind, count in sorted(kinds.items(), key=lambda one: (-one[1], one[0]))]
    return ", ".join([*told, f"{names:,} {'name' if names == 1 else 'names'}"])
