"""The SQLite file of the conversations: opened for one piece of work, its schema, and what its errors mean.

Each piece of work has its own connection, so threads and processes share the file without sharing anything else, and
the write-ahead log is gone again when the last of them is done. What is deleted is overwritten with zeros
(`secure_delete`).
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from corpus.errors import ExociteError, HistoryError, StorageFull

FILE: Final = "conversations.sqlite3"
"""Its name in the library's folder, which only swaps what lies under `generations`."""
_VERSION: Final = 1
_WAIT: Final = 5.0
"""Seconds that a piece of work waits for another to end."""
_AGAIN: Final = 0.005
"""Seconds until a file that SQLite does not wait for is tried again."""
_SCHEMA: Final = """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL
) STRICT;
CREATE TABLE turns (
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    follows INTEGER NOT NULL, question TEXT NOT NULL, scope TEXT NOT NULL, asked TEXT NOT NULL, library TEXT,
    verdict TEXT, answer TEXT, answer_library TEXT, PRIMARY KEY (conversation, number)
) STRICT;
"""


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection | None]:
    """A connection that sees one state of the file throughout; None where there is no file, and none is made.

    Raises:
        HistoryError: the file cannot be read, or is none of ours.
    """
    with _translated(path):
        if not path.exists():
            yield None
            return
        with closing(_connect(path)) as db:
            db.execute("BEGIN")
            yield db
            db.execute("COMMIT")


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection whose changes are all made when the block ends, or none; the file is made where there is none.

    Raises:
        HistoryError: the file cannot be written, or is none of ours.
        StorageFull: the disk took no more.
    """
    with _translated(path):
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # what is asked is its reader's own affair
        with closing(_connect(path)) as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")


@contextmanager
def erasing(path: Path) -> Iterator[sqlite3.Connection | None]:
    """The same for what deletes: afterwards the write-ahead log is empty too; None where there is no file.

    Raises:
        HistoryError, StorageFull: as for `writing`.
    """
    if not path.exists():
        yield None
        return
    with writing(path) as db:
        yield db
    with _translated(path), closing(_connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=_WAIT, isolation_level=None)
    try:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version == 0:
            _make(db, path)
        elif version > _VERSION:
            msg = f"{path} was made by a later version of Exocite; use that one, or move the file elsewhere."
            raise HistoryError(msg)
        db.execute("PRAGMA secure_delete = ON")
        db.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        db.close()
        raise
    return db


def _make(db: sqlite3.Connection, path: Path) -> None:
    """The file is ours, its tables empty; another process may have made it meanwhile."""
    _log_ahead(db)
    db.execute("BEGIN IMMEDIATE")
    try:
        if db.execute("PRAGMA user_version").fetchone()[0] == 0:
            if db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                msg = f"{path} holds something other than conversations; move it elsewhere to have a history again."
                raise HistoryError(msg)
            for statement in _SCHEMA.split(";"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {_VERSION}")
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _log_ahead(db: sqlite3.Connection) -> None:
    """The file has a write-ahead log.

    Here SQLite does not wait for others by itself: two that change a new file at once could wait for each other.
    """
    until = time.monotonic() + _WAIT
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > until:
                raise
            time.sleep(_AGAIN)
        else:
            return


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """What SQLite and the system say is said as an error of ours; the file stays as it is."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise _meaning(path, error) from error


def _meaning(path: Path, error: sqlite3.Error | OSError) -> ExociteError:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL":
        return StorageFull("The disk is full, so the conversation was not kept; free some space. Nothing was lost.")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return HistoryError("Another process is writing the conversations; try again when it has finished.")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return HistoryError(
            f"{path} is damaged ({error}), and is left as it is; move it elsewhere to begin a new history. "
            "`sqlite3 FILE .recover` may read what it holds."
        )
    return HistoryError(f"{path} cannot be used ({error}); check the folder and its permissions.")
