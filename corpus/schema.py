"""The tables of a store, and the columns in which each value is written and read."""

from __future__ import annotations

from typing import Final

# of a document what is long comes last: what stands before it is read without it, of thousands at once
SCHEMA: Final = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, passages INTEGER NOT NULL, rows INTEGER NOT NULL, entries INTEGER NOT NULL,
    characters INTEGER NOT NULL, year INTEGER, review INTEGER NOT NULL, doi TEXT, journal TEXT, file TEXT NOT NULL,
    source TEXT NOT NULL, sha256 TEXT NOT NULL, title TEXT NOT NULL, authors TEXT NOT NULL, copies TEXT NOT NULL,
    origin TEXT NOT NULL, unresolved TEXT NOT NULL, notices TEXT NOT NULL, citations TEXT NOT NULL,
    blocks TEXT NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE TABLE digests (document_id TEXT PRIMARY KEY REFERENCES documents (id), digest TEXT NOT NULL) STRICT;
CREATE TABLE records (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document_id TEXT NOT NULL REFERENCES documents (id),
    kind TEXT NOT NULL CHECK (kind IN ('passage', 'row')), start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    text TEXT NOT NULL, section TEXT NOT NULL, page INTEGER, markers TEXT NOT NULL, more TEXT NOT NULL
) STRICT;
CREATE INDEX records_document ON records (document_id, kind);
CREATE TABLE refs (
    document_id TEXT NOT NULL REFERENCES documents (id), place INTEGER NOT NULL, marker TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, authors TEXT NOT NULL, title TEXT, journal TEXT,
    year INTEGER, volume TEXT, pages TEXT, doi TEXT, pmid TEXT, study TEXT, PRIMARY KEY (document_id, place)
) STRICT;
CREATE INDEX refs_marker ON refs (document_id, marker);
CREATE INDEX refs_doi ON refs (doi, document_id);
CREATE INDEX refs_study ON refs (study, document_id);
CREATE TABLE layouts (document_id TEXT PRIMARY KEY REFERENCES documents (id), packed BLOB NOT NULL) STRICT;
CREATE TABLE sketches (
    sign INTEGER NOT NULL, document_id TEXT NOT NULL REFERENCES documents (id), PRIMARY KEY (sign, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sketches_document ON sketches (document_id);
CREATE TABLE checks (
    record_id TEXT PRIMARY KEY, outcome TEXT NOT NULL, message TEXT NOT NULL, suggestion TEXT NOT NULL,
    quote TEXT NOT NULL
) STRICT;
CREATE INDEX checks_outcome ON checks (outcome, record_id);
"""
REFERENCE: Final = (
    """document_id, marker, start, "end", text, authors, title, journal, year, volume, pages, doi, pmid"""
)
SUMMARY: Final = (
    "id, title, authors, year, doi, journal, file, source, sha256, characters, passages, rows, entries, review, copies"
)
DOCUMENT: Final = "id, title, authors, year, doi, journal, file, source, sha256, text, blocks, citations, review"
RECORD: Final = """id, document_id, kind, start, "end", text, section, page, markers, more"""
CHECK: Final = "outcome, message, suggestion, quote"
