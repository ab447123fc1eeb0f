"""Writing a store: the readings of an old one, less some, and new ones, in one file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import astuple
from pathlib import Path

from corpus.errors import StorageFull
from corpus.markers import Marker
from corpus.origins import Copy
from corpus.records import Block, Passage, Reading, Record, RowCheck
from corpus.schema import CHECK, DOCUMENT, RECORD, REFERENCE, SCHEMA
from corpus.store import unreadable
from corpus.studies import StudyId
from corpus.twins import sketch


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection whose changes are kept, on disk, when the block ends well.

    Raises:
        StorageFull: the disk took no more.
    """
    try:
        with closing(sqlite3.connect(path)) as db:
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
    old: Path | None = None,
    drop: Iterable[str] = (),
) -> None:
    """`path` holds the readings of the store `old`, less the documents in `drop`, and the given ones.

    A given reading replaces one of the same document id. `old` is not touched.

    Args:
        checks: by record id, for rows of the given readings.

    Raises:
        LibraryDamaged: `old` cannot be read.
        StorageFull: the disk took no more; what was written of `path` is worthless.
    """
    with _writing(path) as db:
        if old is None:
            db.executescript(SCHEMA)
        else:
            _copy(old, db)
        for document_id in drop:
            _delete(db, document_id)
        for reading in readings:
            _delete(db, reading.document.id)
            _insert(db, reading)
        told = ((record_id, *astuple(check)) for record_id, check in (checks or {}).items())
        db.executemany(f"INSERT INTO checks (record_id, {CHECK}) VALUES (?,?,?,?,?)", told)
        _renumber(db)
        db.commit()
        db.execute("VACUUM")


def _copy(old: Path, db: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(f"{old.resolve().as_uri()}?mode=ro", uri=True)) as source:
        try:
            source.backup(db)
        except sqlite3.OperationalError:  # of the new file
            raise
        except sqlite3.DatabaseError as error:
            raise unreadable(old, error) from error


def _delete(db: sqlite3.Connection, document_id: str) -> None:
    db.execute("DELETE FROM checks WHERE record_id IN (SELECT id FROM records WHERE document_id = ?)", (document_id,))
    db.execute("DELETE FROM records WHERE document_id = ?", (document_id,))
    db.execute("DELETE FROM sketches WHERE document_id = ?", (document_id,))
    db.execute("DELETE FROM layouts WHERE document_id = ?", (document_id,))
    db.execute("DELETE FROM refs WHERE document_id = ?", (document_id,))
    db.execute("DELETE FROM documents WHERE id = ?", (document_id,))


def _insert(db: sqlite3.Connection, reading: Reading) -> None:
    document = reading.document
    db.execute(
        f"INSERT INTO documents ({DOCUMENT}, unresolved, notices, origin, copies)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            document.id, document.title, _json(document.authors), document.year, document.doi, document.journal,
            document.file, document.source, document.sha256, document.text, _values(document.blocks),
            _values(document.citations), document.review, _json(reading.unresolved), _json(reading.notices),
            _json(reading.origin.pack()), _values(reading.copies),
        ),
    )  # fmt: skip
    first = db.execute("SELECT coalesce(max(position), -1) + 1 FROM records").fetchone()[0]
    db.executemany(
        f"INSERT INTO records (position, {RECORD}) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        ((first + i, *_record_row(record)) for i, record in enumerate(reading.records)),
    )
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


def _renumber(db: sqlite3.Connection) -> None:
    """Positions are `0 … n-1` in the order (document id, start, end)."""
    db.execute("CREATE TEMP TABLE places (id TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID")
    db.execute(
        """INSERT INTO places SELECT id, row_number() OVER (ORDER BY document_id, start, "end", id) - 1 FROM records"""
    )
    # negative first, so that no position is taken twice on the way
    db.execute("UPDATE records SET position = -1 - (SELECT place FROM places WHERE places.id = records.id)")
    db.execute("UPDATE records SET position = -1 - position")
    db.execute("DROP TABLE places")


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
