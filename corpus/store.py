"""Readings kept in one SQLite file and given back unchanged.

Records are numbered `0 … n-1` in the order `(document id, start, end)`: their position. A store is written whole, then
only read; changing a library makes new stores from old ones (`corpus.writing`); `corpus.stores` reads several as one.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import weakref
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Final, Self

from corpus.bylines import Byline
from corpus.errors import unknown_document, unknown_record, unreadable
from corpus.origins import Origin
from corpus.pages import Layout, page_count
from corpus.records import Document, Passage, Reading, Record, Reference, RowCheck, TableRow
from corpus.schema import CHECK, DOCUMENT, RECORD, REFERENCE, SUMMARY
from corpus.studies import StudyId
from corpus.summaries import DocumentSummary
from corpus.unpacking import copies_of, document_of, listed, record_of, reference_of, summary_of

_AT_ONCE: Final = 500
"""Records that are read at once."""
_OF_RECORDS: Final = ", ".join(f"records.{column.strip()}" for column in RECORD.split(","))

MOST_ALSO: Final = 20
"""How many other documents that cite a study are told."""


class Store:
    """A read-only view of the readings in one SQLite file; safe to share between threads.

    Raises:
        LibraryDamaged: the file is missing or is not a store.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        db = None
        try:
            db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
            self._count = int(db.execute("SELECT count(*) FROM records").fetchone()[0])
        except sqlite3.Error as error:
            if db is not None:
                db.close()
            raise unreadable(path, error) from error
        self._db = db
        # a store left to the garbage collector while others were still reading it is closed there
        weakref.finalize(self, db.close)

    def __len__(self) -> int:
        return self._count

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """The file is let go; the store can no longer be asked."""
        with self._lock:
            self._db.close()

    def _rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._db.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise unreadable(self.path, error) from error

    def summaries(self) -> tuple[DocumentSummary, ...]:
        """Every document, by id."""
        return tuple(map(summary_of, self._rows(f"SELECT {SUMMARY} FROM documents ORDER BY id")))

    def origins(self) -> dict[str, Origin]:
        """What the metadata of each document is made of, by its id."""
        rows = self._rows("SELECT id, origin FROM documents ORDER BY id")
        return {document_id: Origin.unpack(listed(packed)) for document_id, packed in rows}

    def sharing(self, signs: Sequence[int], least: int) -> dict[str, int]:
        """How many of these signs (`corpus.twins.sketch`) each document has that has at least `least`, by its id."""
        rows = self._rows(
            """SELECT document_id, count(*) FROM sketches WHERE sign IN (SELECT value FROM json_each(?))
               GROUP BY document_id HAVING count(*) >= ?""",
            (json.dumps(list(signs)), least),
        )
        return dict(rows)

    def document(self, document_id: str) -> Document:
        """One document, whole.

        Raises:
            UnknownDocument: no such id.
        """
        rows = self._rows(f"SELECT {DOCUMENT} FROM documents WHERE id = ?", (document_id,))
        if not rows:
            raise unknown_document(document_id)
        return document_of(rows[0])

    def reading(self, document_id: str) -> Reading:
        """One document with everything cut from it, equal to the reading that was stored.

        Raises:
            UnknownDocument: no such id.
        """
        document = self.document(document_id)
        records = [
            record_of(row)
            for row in self._rows(
                f"SELECT {RECORD} FROM records WHERE document_id = ? ORDER BY position",
                (document_id,),
            )
        ]
        lists = self._rows("SELECT unresolved, notices, origin, copies FROM documents WHERE id = ?", (document_id,))[0]
        return Reading(
            document,
            tuple(record for record in records if isinstance(record, Passage)),
            tuple(record for record in records if isinstance(record, TableRow)),
            self.references(document_id),
            tuple(listed(lists[0])),
            tuple(listed(lists[1])),
            self.layout(document_id),
            origin=Origin.unpack(listed(lists[2])),
            copies=copies_of(lists[3]),
        )

    def layout(self, document_id: str) -> Layout | None:
        """Where the words of a document stand on its pages; None where its format has none, and for an unknown id."""
        rows = self._rows("SELECT packed FROM layouts WHERE document_id = ?", (document_id,))
        try:
            return Layout.unpack(rows[0][0]) if rows else None
        except ValueError as error:
            raise unreadable(self.path, error) from error

    def page_count(self, document_id: str) -> int:
        """How many pages a document has; 0 where its format has none, and for an unknown id."""
        rows = self._rows("SELECT packed FROM layouts WHERE document_id = ?", (document_id,))
        try:
            return page_count(rows[0][0]) if rows else 0
        except ValueError as error:
            raise unreadable(self.path, error) from error

    def references(self, document_id: str) -> tuple[Reference, ...]:
        """The reference list of a document, in its order; empty for an unknown id."""
        rows = self._rows(
            f"SELECT {REFERENCE} FROM refs WHERE document_id = ? ORDER BY place",
            (document_id,),
        )
        return tuple(reference_of(row) for row in rows)

    def cited(self, record: Record) -> tuple[Reference, ...]:
        """The entries that the record's markers name, in the order of its markers; unresolved markers give none."""
        entries: list[Reference] = []
        for marker in record.markers:
            rows = self._rows(
                f"SELECT {REFERENCE} FROM refs WHERE document_id = ? AND marker = ? ORDER BY place LIMIT 1",
                (record.document_id, marker),
            )
            entries.extend(reference_of(row) for row in rows)
        return tuple(entries)

    def also_cited(self, reference: Reference) -> tuple[tuple[str, str], ...]:
        """Where other documents cite the same study, by `StudyId`: (document id, marker), one a document, by its id.

        At most `MOST_ALSO`.
        """
        study = StudyId.of_entry(reference)
        found: dict[str, tuple[int, str]] = {}
        # by told, as `StudyId.is_same` does, only where one of the two has no DOI
        ways = (
            ("doi = ?", (study.doi,)),
            ("study = ? AND (doi IS NULL OR ? IS NULL)", (study.told, study.doi)),
        )
        for same, values in ways:
            # each of the two stops early, since a study may stand in thousands of lists
            for document_id, place, marker in self._rows(
                f"""SELECT document_id, min(place), marker FROM refs WHERE {same} AND document_id <> ?
                    GROUP BY document_id ORDER BY document_id LIMIT {MOST_ALSO}""",
                (*values, reference.document_id),
            ):
                found[document_id] = min(found.get(document_id, (place, marker)), (place, marker))
        return tuple((document_id, marker) for document_id, (_, marker) in sorted(found.items()))[:MOST_ALSO]

    def record(self, record_id: str) -> Record:
        """One passage or row.

        Raises:
            UnknownRecord: no such id.
        """
        rows = self._rows(f"SELECT {RECORD} FROM records WHERE id = ?", (record_id,))
        if not rows:
            raise unknown_record(record_id)
        return record_of(rows[0])

    def records(self, positions: Sequence[int] | None = None) -> Iterator[Record]:
        """Every record, or those at some positions, in ascending order of positions."""
        if positions is None:
            for at in range(0, len(self), _AT_ONCE):
                sql = f"SELECT {RECORD} FROM records WHERE position >= ? AND position < ? ORDER BY position"
                yield from map(record_of, self._rows(sql, (at, at + _AT_ONCE)))
            return
        for at in range(0, len(positions), _AT_ONCE):
            some = json.dumps(list(positions[at : at + _AT_ONCE]))
            sql = f"SELECT {_OF_RECORDS} FROM json_each(?) JOIN records ON position = value ORDER BY position"
            yield from map(record_of, self._rows(sql, (some,)))

    def ids(self, positions: Sequence[int]) -> tuple[str, ...]:
        """The ids of the records at these positions, in their order.

        Raises:
            IndexError: there is no record at one of them.
        """
        sql = "SELECT position, records.id FROM json_each(?) JOIN records ON position = value"
        found = dict(self._rows(sql, (json.dumps(list(positions)),)))
        if missing := [position for position in positions if position not in found]:
            raise IndexError(missing[0])
        return tuple(found[position] for position in positions)

    @cached_property
    def firsts(self) -> tuple[tuple[str, int], ...]:
        """The id of every document and how many records it has, by id, which is the order of their positions."""
        return tuple(self._rows("SELECT id, passages + rows FROM documents ORDER BY id"))

    def positions(
        self,
        documents: Sequence[str] | None = None,
        kinds: Sequence[str] | None = None,
        from_year: int | None = None,
        to_year: int | None = None,
    ) -> tuple[int, ...] | None:
        """The positions of the records of these documents, kinds and years, ascending; None where none is limited.

        Years are those of the documents, both ends included; a document without a year lies outside any limit.
        """
        if documents is None and kinds is None and from_year is None and to_year is None:
            return None
        sql = "SELECT position FROM records WHERE 1"
        for column, values in (("document_id", documents), ("kind", kinds)):
            if values is not None:
                sql += f" AND {column} IN (SELECT value FROM json_each(?))"
        chosen: list[str | int] = [json.dumps(list(values)) for values in (documents, kinds) if values is not None]
        for year, holds in ((from_year, ">="), (to_year, "<=")):
            if year is not None:
                sql += f" AND document_id IN (SELECT id FROM documents WHERE year {holds} ?)"
                chosen.append(year)
        return tuple(row[0] for row in self._rows(f"{sql} ORDER BY position", chosen))

    def check(self, record_id: str) -> RowCheck | None:
        """What the check of a row said of it; None for a record that was not checked."""
        rows = self._rows(f"SELECT {CHECK} FROM checks WHERE record_id = ?", (record_id,))
        return RowCheck(*rows[0]) if rows else None

    def checked(self, outcome: str) -> tuple[int, ...]:
        """The positions of the records whose check came out so, ascending."""
        # CROSS JOIN: from the few checks to their records, never through all records
        sql = "SELECT position FROM checks CROSS JOIN records ON records.id = record_id WHERE outcome = ?"
        return tuple(sorted(row[0] for row in self._rows(sql, (outcome,))))

    def holding(self, letters: str) -> tuple[int, ...]:
        """The positions of the records found by texts with these letters in a row, ascending.

        A record is found by what it says, what stands above it, the titles it cites and what it should say; those that
        stand in a document whose reference list has the letters count too. Every text is read.

        Args:
            letters: ASCII, in their own case.
        """
        sql = """SELECT position FROM records
                 WHERE instr(text, ?1) OR instr(section, ?1) OR instr(more, ?1)
                     OR document_id IN (SELECT document_id FROM refs WHERE instr(title, ?1))
                     OR id IN (SELECT record_id FROM checks WHERE instr(suggestion, ?1))
                 ORDER BY position"""
        return tuple(row[0] for row in self._rows(sql, (letters,)))

    def by(self, byline: Byline) -> tuple[int, ...]:
        """The positions of the records that cite a study by these authors, or stand in a paper by them, ascending.

        Every author of every study is looked at.
        """
        cited: dict[str, set[str]] = {}
        # what has other letters than ASCII is left to the byline
        may_be = "(instr(replace(lower(authors), char(39), char()), ?1) OR authors GLOB '*[^ -~]*')"
        for document_id, marker, authors, year in self._rows(
            f"""SELECT document_id, marker, authors, year FROM refs WHERE {may_be}
                UNION ALL SELECT id, '', authors, year FROM documents WHERE {may_be}""",
            (byline.plain,),
        ):
            if byline.fits(listed(authors), year):
                cited.setdefault(document_id, set()).add(marker)
        rows = self._rows(
            """SELECT position, document_id, markers FROM json_each(?) JOIN records ON document_id = value
               ORDER BY position""",
            (json.dumps(list(cited)),),
        )
        return tuple(
            position
            for position, document_id, markers in rows
            if "" in cited[document_id] or not cited[document_id].isdisjoint(listed(markers))
        )

    def row_labels(self) -> tuple[tuple[int, str], ...]:
        """The position of every row of a table, ascending, with the table's label."""
        sql = """SELECT position, json_extract(more, '$[0]')
                 FROM documents JOIN records ON document_id = documents.id AND kind = 'row'
                 WHERE rows > 0 ORDER BY position"""
        return tuple(self._rows(sql, ()))

    def troubles(self) -> dict[str, dict[str, int]]:
        """How much of each document is wrong or unsure, by its id; documents that are in order are left out.

        Its rows by the outcome of their check; and as `unresolved`, `notice` and `duplicate` the citations that name no
        entry, the notices, and the numbers that several entries of its reference list have.
        """
        found: dict[str, dict[str, int]] = {}
        for document_id, kind, count in self._rows(
            """SELECT document_id, outcome, count(*) FROM checks JOIN records ON records.id = record_id GROUP BY 1, 2
               UNION ALL SELECT id, 'unresolved', json_array_length(unresolved) FROM documents
               UNION ALL SELECT id, 'notice', json_array_length(notices) FROM documents
               UNION ALL SELECT document_id, 'duplicate', count(*) FROM
                   (SELECT document_id FROM refs GROUP BY document_id, marker HAVING count(*) > 1) GROUP BY 1"""
        ):
            if count:
                found.setdefault(document_id, {})[kind] = count
        return found

    def digests(self, *, anew: bool = False) -> dict[str, str]:
        """The SHA-256 of each document with its records and references, by its id.

        Args:
            anew: whether everything is read and hashed again, rather than what was written down of it.
        """
        rows = self._rows("SELECT document_id, digest FROM digests ORDER BY document_id")
        if not anew:
            return dict(rows)
        try:
            with self._lock:
                return {row[0]: document_digest(self._db, row[0]) for row in rows}
        except sqlite3.Error as error:
            raise unreadable(self.path, error) from error


def document_digest(db: sqlite3.Connection, document_id: str) -> str:
    """SHA-256 of a document with its records and references: equal for equal content, wherever its file lies."""
    digest = hashlib.sha256()
    for sql in (
        f"SELECT {DOCUMENT.replace(', source', '')} FROM documents WHERE id = ?",
        f"SELECT {RECORD} FROM records WHERE document_id = ? ORDER BY position",
        f"SELECT {REFERENCE} FROM refs WHERE document_id = ? ORDER BY place",
    ):
        for row in db.execute(sql, (document_id,)):
            digest.update(json.dumps(row, ensure_ascii=False).encode())
    return digest.hexdigest()
