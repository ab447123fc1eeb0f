"""Writing a store: the readings of old ones, less some, and new ones, in one file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final

from corpus.errors import StorageFull, unreadable
from corpus.markers import Marker
from corpus.origins import Copy
from corpus.records import Block, Passage, Reading, Record, RowCheck
from corpus.schema import CHECK, DOCUMENT, RECORD, REFERENCE, SCHEMA
from corpus.store import document_digest
from corpus.studies import StudyId
from corpus.twins import sketch

MOST_OLDS: Final = 8
"""Stores that can be put together at once: SQLite attaches no more than ten."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Records, one after the other, that a new store has from an old one.

    Attributes:
        old, new: the position of the first of them there and here.
        count: how many they are.
    """

    old: int
    new: int
    count: int


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a new, empty store, whose changes are in its file when the block ends well.

    Raises:
        StorageFull: the disk took no more.
    """
    try:
        with closing(sqlite3.connect(path.resolve().as_uri(), uri=True)) as db:
            # nobody knows of the file before it is whole, and who made it sees that it is on the disk
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("PRAGMA synchronous = OFF")
            db.executescript(SCHEMA)
            yield db
            db.commit()
    except sqlite3.OperationalError as error:
        msg = f"There is no room to write the library ({error}); free some space and try again. Nothing was changed."
        raise StorageFull(msg) from error


def write_store(
    path: Path,
    readings: Iterable[Reading],
    *,
    checks: Mapping[str, RowCheck] | None = None,
    olds: Sequence[Path] = (),
    drop: Iterable[str] = (),
) -> tuple[tuple[Moved, ...], ...]:
    """`path`, a new file, holds what the stores `olds` do, less the documents in `drop`, and the given readings.

    A given reading replaces one of the same document id. The `olds`, at most `MOST_OLDS`, are not touched, and hold no
    document twice.

    Args:
        checks: by record id, for rows of the given readings.

    Returns:
        For each of the `olds` the records of its that `path` holds too.

    Raises:
        LibraryDamaged: one of the `olds` cannot be read.
        StorageFull: the disk took no more; what was written of `path` is worthless.
    """
    new = {reading.document.id: reading for reading in readings}
    gone = {*drop, *new}
    with _writing(path) as db:
        kept = [_attach(db, place, old, gone) for place, old in enumerate(olds)]
        owners = {document_id: place for place, ids in enumerate(kept) for document_id in ids}
        moved: list[list[Moved]] = [[] for _ in olds]
        position = 0
        # in the order of their ids, so that positions are in order and the file has no gaps
        for document_id in sorted({*owners, *new}):
            if reading := new.get(document_id):
                _insert(db, reading, position, checks or {})
                position += len(reading.passages) + len(reading.rows)
            else:
                place = owners[document_id]
                if found := _take_over(db, place, olds[place], document_id, position):
                    moved[place].append(found)
                    position += found.count
    return tuple(map(tuple, moved))


def _attach(db: sqlite3.Connection, place: int, old: Path, gone: Set[str]) -> list[str]:
    """The store `old` can be read as the schema `oldN`; the ids of its documents, less those in `gone`."""
    with _reading(old):
        db.execute(f"ATTACH DATABASE ? AS old{place}", (f"{old.resolve().as_uri()}?mode=ro",))
        return [row[0] for row in db.execute(f"SELECT id FROM old{place}.documents") if row[0] not in gone]


@contextmanager
def _reading(old: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError:  # of the new file
        raise
    except sqlite3.DatabaseError as error:
        raise unreadable(old, error) from error


def _take_over(db: sqlite3.Connection, place: int, old: Path, document_id: str, position: int) -> Moved | None:
    """The document of the old store is in the new one, its records from `position` on; None where it has no record."""
    source = f"old{place}"
    with _reading(old):
        db.execute(f"INSERT INTO documents SELECT * FROM {source}.documents WHERE id = ?", (document_id,))
        for table in ("refs", "layouts", "sketches", "digests"):
            db.execute(f"INSERT INTO {table} SELECT * FROM {source}.{table} WHERE document_id = ?", (document_id,))
        count, first = db.execute(
            f"SELECT count(*), min(position) FROM {source}.records WHERE document_id = ?", (document_id,)
        ).fetchone()
        if not count:
            return None
        db.execute(
            f"""INSERT INTO records (position, {RECORD}) SELECT position + ?, {RECORD} FROM {source}.records
                WHERE document_id = ? ORDER BY position""",
            (position - first, document_id),
        )
        db.execute(
            f"""INSERT INTO checks SELECT * FROM {source}.checks
                WHERE record_id IN (SELECT id FROM {source}.records WHERE document_id = ?)""",
            (document_id,),
        )
        return Moved(first, position, count)


def _insert(db: sqlite3.Connection, reading: Reading, position: int, checks: Mapping[str, RowCheck]) -> None:
    """The reading is in the store, its records from `position` on."""
    document, records = reading.document, sorted(reading.records, key=lambda one: (one.start, one.end, one.id))
    db.execute(
        f"INSERT INTO documents ({DOCUMENT}, unresolved, notices, origin, copies, characters, passages, rows, entries)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            document.id, document.title, _json(document.authors), document.year, document.doi, document.journal,
            document.file, document.source, document.sha256, document.text, _values(document.blocks),
            _values(document.citations), document.review, _json(reading.unresolved), _json(reading.notices),
            _json(reading.origin.pack()), _values(reading.copies), len(document.text), len(reading.passages),
            len(reading.rows), len(reading.references),
        ),
    )  # fmt: skip
    db.executemany(
        f"INSERT INTO records (position, {RECORD}) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        ((position + i, *_record_row(record)) for i, record in enumerate(records)),
    )
    told = ((one.id, *astuple(checks[one.id])) for one in records if one.id in checks)
    db.executemany(f"INSERT INTO checks (record_id, {CHECK}) VALUES (?,?,?,?,?)", told)
    db.executemany(
        f"INSERT INTO refs (place, {REFERENCE}, study) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            (place, r.document_id, r.marker, r.start, r.end, r.text, _json(r.authors), r.title, r.journal, r.year,
             r.volume, r.pages, r.doi, r.pmid, StudyId.of_entry(r).told)
            for place, r in enumerate(reading.references)
        ),
    )  # fmt: skip
    signs = ((sign, document.id) for sign in sketch(reading.passages))
    db.executemany("INSERT INTO sketches (sign, document_id) VALUES (?,?)", signs)
    if reading.layout is not None:
        db.execute("INSERT INTO layouts (document_id, packed) VALUES (?,?)", (document.id, reading.layout.pack()))
    db.execute("INSERT INTO digests VALUES (?,?)", (document.id, document_digest(db, document.id)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _values(records: Iterable[Block | Marker | Copy]) -> str:
    return _json([astuple(record) for record in records])


def _record_row(record: Record) -> tuple[object, ...]:
    if isinstance(record, Passage):
        more: object = record.sentences
    else:
        more = [record.table, record.number, record.caption, [astuple(cell) for cell in record.cells]]
    return (
        record.id, record.document_id, record.kind, record.start, record.end, record.text, _json(record.section),
        record.page, _json(record.markers), _json(more),
    )  # fmt: skip
