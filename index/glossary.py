"""What the documents of a library abbreviate, in one SQLite file: looked up where it lies, never read as a whole.

One file serves a whole generation (`index.generation`). A change copies its bytes and touches the rows of the documents
that come and go. Of all documents only those that give one concept two names are read at once.
"""

from __future__ import annotations

import shutil
import sqlite3
import weakref
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final, Self

from corpus.errors import unreadable
from index.abbreviations import Abbreviation, meaning_of
from index.pieces import Pieces

Definitions = Mapping[str, Sequence[Abbreviation]]
"""What each document abbreviates, by document id."""
Names = tuple[tuple[Pieces, str], ...]
"""Names in pieces, each with the key of its concept."""

_REMEMBERED: Final = 65_536
"""How many pieces are remembered with the names that begin with them."""
_OWN_REMEMBERED: Final = 4_096
"""Of how many documents their own short forms are remembered."""
_BYTES_READ: Final = 1_000
"""Reading so many bytes of the file takes as long as to look one piece up."""

# `first` is a name's first piece; a name in full is the key of its concept; the last two count documents
_SCHEMA: Final = """
    CREATE TABLE shorts (document TEXT, short TEXT, PRIMARY KEY (document, short)) WITHOUT ROWID;
    CREATE TABLE meant (document TEXT, symbols TEXT, first TEXT, concept TEXT, PRIMARY KEY (document, symbols))
        WITHOUT ROWID;
    CREATE TABLE said (document TEXT, concept TEXT, first TEXT, PRIMARY KEY (document, concept)) WITHOUT ROWID;
    CREATE TABLE same (document TEXT, place INTEGER, one TEXT, other TEXT, PRIMARY KEY (document, place)) WITHOUT ROWID;
    CREATE TABLE meanings (first TEXT, symbols TEXT, concept TEXT, documents INTEGER,
        PRIMARY KEY (first, symbols, concept)) WITHOUT ROWID;
    CREATE TABLE fulls (first TEXT, concept TEXT, documents INTEGER, PRIMARY KEY (first, concept)) WITHOUT ROWID;
"""
_COME: Final = """
    INSERT INTO meanings SELECT first, symbols, concept, 1 FROM meant WHERE document = :document
        ON CONFLICT DO UPDATE SET documents = documents + 1;
    INSERT INTO fulls SELECT first, concept, 1 FROM said WHERE document = :document
        ON CONFLICT DO UPDATE SET documents = documents + 1
"""
_GO: Final = """
    UPDATE meanings SET documents = documents - 1
        WHERE (first, symbols, concept) IN (SELECT first, symbols, concept FROM meant WHERE document = :document);
    DELETE FROM meanings WHERE documents = 0
        AND (first, symbols, concept) IN (SELECT first, symbols, concept FROM meant WHERE document = :document);
    UPDATE fulls SET documents = documents - 1
        WHERE (first, concept) IN (SELECT first, concept FROM said WHERE document = :document);
    DELETE FROM fulls WHERE documents = 0
        AND (first, concept) IN (SELECT first, concept FROM said WHERE document = :document);
    DELETE FROM shorts WHERE document = :document;
    DELETE FROM meant WHERE document = :document;
    DELETE FROM said WHERE document = :document;
    DELETE FROM same WHERE document = :document
"""


class Glossary:
    """The short forms that documents define, and what they stand for; safe to share between threads.

    A concept's key is its long form folded, or, where that does not say which it is, the short one. Where documents
    give one concept two names ("also known as"), the keys of both are one key from then on.
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db, self._path, self._lock = db, path, Lock()
        self._lookups = 0
        weakref.finalize(self, db.close)
        self.longs = lru_cache(_REMEMBERED)(self._longs)
        """The names in full that begin with a folded piece."""
        self.shared = lru_cache(_REMEMBERED)(self._shared)
        """The short forms that begin with a piece and mean one thing in all documents that define them."""
        self.own = lru_cache(_OWN_REMEMBERED)(self._own)
        """The short forms that a document defines, by their first piece, as it means them."""
        self.shorts = lru_cache(_OWN_REMEMBERED)(self._shorts)
        """The short forms that a document defines, as it writes them."""

    @classmethod
    def of(cls, definitions: Definitions) -> Self:
        """That of some documents, in memory."""
        db = _connected(":memory:")
        db.executescript(_SCHEMA)
        _change(db, (), definitions)
        return cls(db, Path("the glossary"))

    @classmethod
    def open(cls, path: Path) -> Self:
        """The one in the file `path`, which may be deleted from then on.

        Raises:
            LibraryDamaged: it cannot be read.
        """
        try:
            glossary = cls(_connected(f"{path.resolve().as_uri()}?mode=ro"), path)
        except sqlite3.Error as error:
            raise unreadable(path, error) from error
        try:
            glossary.said_by("")  # the file is opened only by what is asked first
        except BaseException:
            glossary.close()
            raise
        return glossary

    @classmethod
    def write(cls, path: Path, old: Path | None, gone: Collection[str], come: Definitions) -> Self:
        """In the new file `path` is what `old` holds, less the documents `gone`, with those that come; opened.

        Raises:
            OSError: the disk took no more.
        """
        if old is not None:
            shutil.copyfile(old, path)
        db = sqlite3.connect(path)
        try:
            # no journal: a change that is not finished is thrown away; what goes is overwritten where it stood
            db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON;")
            if old is None:
                db.executescript(_SCHEMA)
            _change(db, gone, come)
        except sqlite3.Error as error:
            raise OSError(f"{path.name} cannot be written ({error}).") from error
        finally:
            db.close()
        return cls.open(path)

    def close(self) -> None:
        """The file is let go; nothing more can be looked up."""
        with self._lock:
            self._db.close()

    def key(self, concept: str) -> str:
        """The key that counts of those that a concept has."""
        return self._same.get(concept, concept)

    @cached_property
    def _same(self) -> Mapping[str, str]:
        """Of each concept that has two keys, and not the one that counts, that one.

        From document to document, in the order of their ids, the name that is told besides becomes what the other is.
        """
        key: dict[str, str] = {}
        named: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in self._rows("SELECT one, other FROM same ORDER BY document, place"):
            before, now = key.get(one, one), key.get(other, other)
            if before != now:
                named[now] |= {before, *named.pop(before, ())}
                key.update(dict.fromkeys(named[now], now))
        return key

    @cached_property
    def _firsts(self) -> Mapping[str, frozenset[str]]:
        """The pieces with which names in full, and meanings, begin."""
        ways = {"fulls": "SELECT DISTINCT first FROM fulls", "meanings": "SELECT DISTINCT first FROM meanings"}
        return {table: frozenset(first for (first,) in self._rows(sql)) for table, sql in ways.items()}

    @cached_property
    def _many(self) -> int:
        """So many lookups take as long as to read what all names begin with."""
        try:
            return self._path.stat().st_size // _BYTES_READ
        except OSError:  # in memory, or deleted since it was opened
            return 0

    def _may_begin(self, table: str, first: str) -> bool:
        """False where no name in a table begins with a piece; asked often, this is known without a lookup."""
        self._lookups += 1
        return self._lookups <= self._many or first in self._firsts[table]

    def _longs(self, first: str) -> Names:
        if not self._may_begin("fulls", first):
            return ()
        rows = self._rows("SELECT concept FROM fulls WHERE first = ?", first)
        return tuple((tuple(concept.split()), self.key(concept)) for (concept,) in rows)

    def _shared(self, first: str) -> Names:
        if not self._may_begin("meanings", first):
            return ()
        meanings: defaultdict[str, set[str]] = defaultdict(set)
        for symbols, concept in self._rows("SELECT symbols, concept FROM meanings WHERE first = ?", first):
            meanings[symbols].add(self.key(concept))
        return tuple((tuple(symbols.split()), *found) for symbols, found in meanings.items() if len(found) == 1)  # type: ignore[misc]

    def _own(self, document: str) -> Mapping[str, Names]:
        found: defaultdict[str, Names] = defaultdict(tuple)
        for first, symbols, concept in self._rows(
            "SELECT first, symbols, concept FROM meant WHERE document = ? ORDER BY symbols", document
        ):
            found[first] += ((tuple(symbols.split()), self.key(concept)),)
        return dict(found)

    def _shorts(self, document: str) -> frozenset[str]:
        return frozenset(short for (short,) in self._rows("SELECT short FROM shorts WHERE document = ?", document))

    def changed(self, before: Glossary, documents: Collection[str]) -> Changed:
        """What texts name by other concepts than `before` had them name, where only these documents came or went."""
        longs: set[str] = set()
        shorts: set[str] = set()
        readers: set[str] = set()
        rekeyed = {one for one in {*self._same, *before._same} if self.key(one) != before.key(one)}
        for glossary in (self, before):
            for document in documents:
                longs |= glossary.said_by(document)
                shorts |= glossary.meant_by(document)
            for document, symbols in glossary.meaning(rekeyed):
                readers.add(document)
                shorts.add(symbols)
        names = ((one, one.split()[0] if one else "") for one in longs | rekeyed)
        pieces = [tuple(one.split()) for one in shorts]
        return Changed(
            frozenset(tuple(one.split()) for one, first in names if self._full(one, first) != before._full(one, first)),
            frozenset(one for one in pieces if self._meaning(one) != before._meaning(one)),
            frozenset(one for one in {*readers, *documents} if self.own(one) and self.own(one) != before.own(one)),
        )

    def said_by(self, document: str) -> set[str]:
        """The keys of the concepts that a document names in full, as it names them."""
        return {concept for (concept,) in self._rows("SELECT concept FROM said WHERE document = ?", document)}

    def meant_by(self, document: str) -> set[str]:
        """The short forms that a document defines, their pieces parted by blanks."""
        return {symbols for (symbols,) in self._rows("SELECT symbols FROM meant WHERE document = ?", document)}

    def meaning(self, concepts: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The documents that have a short form for one of these concepts, by the key they give it, each with it."""
        for concept in concepts:
            yield from self._rows("SELECT document, symbols FROM meant WHERE concept = ?", concept)

    def _full(self, concept: str, first: str) -> str | None:
        """What a name in full stands for; None where no document says it."""
        return next((key for name, key in self.longs(first) if name == tuple(concept.split())), None)

    def _meaning(self, symbols: Pieces) -> str | None:
        """What a short form means in all documents; None where they do not agree, or do not say."""
        return dict(self.shared("".join(symbols[:1]))).get(symbols)

    def _rows(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise unreadable(self._path, error) from error


@dataclass(frozen=True, slots=True)
class Changed:
    """Names that other concepts go by than before; of what is only in one of the two, the name.

    Attributes:
        longs: names in full, in folded pieces.
        shorts: short forms that hold for the library, in pieces.
        documents: the ids of the documents whose own short forms have changed.
    """

    longs: frozenset[Pieces]
    shorts: frozenset[Pieces]
    documents: frozenset[str]


@dataclass(slots=True)
class _Told:
    """What one document says.

    Where it defines a short form twice, the more frequent meaning counts, then the first.
    """

    meant: dict[Pieces, str] = field(default_factory=dict)
    said: dict[str, None] = field(default_factory=dict)
    same: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def by(cls, definitions: Iterable[Abbreviation]) -> Self:
        told = cls()
        votes: defaultdict[Pieces, Counter[str]] = defaultdict(Counter)
        others: list[tuple[Pieces, str]] = []
        for one in filter(None, (meaning_of(each.short, each.long) for each in definitions)):
            told.said.update({one.concept: None} if one.said else {})
            votes[one.symbols][one.concept] += 1
            others += [(name, one.concept) for name in one.others]
        told.meant = {symbols: counts.most_common(1)[0][0] for symbols, counts in votes.items()}
        for name, concept in others:
            known = told.meant.setdefault(name, concept)
            told.same += [(known, concept)] if known != concept else []
        return told


def _connected(place: str) -> sqlite3.Connection:
    return sqlite3.connect(place, uri=True, check_same_thread=False)


def _change(db: sqlite3.Connection, gone: Iterable[str], come: Definitions) -> None:
    with db:
        for document in gone:
            for statement in _GO.split(";"):
                db.execute(statement, {"document": document})
        for document, definitions in come.items():
            told = _Told.by(definitions)
            db.executemany("INSERT OR IGNORE INTO shorts VALUES (?, ?)", [(document, one.short) for one in definitions])
            meant = [(document, " ".join(symbols), "".join(symbols[:1]), one) for symbols, one in told.meant.items()]
            db.executemany("INSERT INTO meant VALUES (?, ?, ?, ?)", meant)
            db.executemany(
                "INSERT INTO said VALUES (?, ?, ?)", [(document, one, "".join(one.split()[:1])) for one in told.said]
            )
            same = [(document, place, *pair) for place, pair in enumerate(told.same)]
            db.executemany("INSERT INTO same VALUES (?, ?, ?, ?)", same)
            for statement in _COME.split(";"):
                db.execute(statement, {"document": document})
