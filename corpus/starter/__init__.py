"""The documents a new library starts from: digests, in our own words, of two open-access reviews.

Plain Markdown files, read by the same reader as anybody's file. Facts and figures are the reviews', wording is not;
each document says at its head which review it is a digest of and where to get the original. Reference lists are
bibliographic facts and carry the reviews' own numbers.
"""

from __future__ import annotations

from importlib.resources import files


def starter_documents() -> tuple[tuple[str, bytes], ...]:
    """The starter documents as (file name, the file's bytes), sorted by name; each is UTF-8 Markdown."""
    found = [(entry.name, entry.read_bytes()) for entry in files(__name__).iterdir() if entry.name.endswith(".md")]
    return tuple(sorted(found))
