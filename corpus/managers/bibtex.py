"""BibTeX and BibLaTeX, as Zotero, Better BibTeX, JabRef, Mendeley and publishers write it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Final

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import DuplicateBlockKeyBlock
from bibtexparser.model import Entry as Block

from corpus.managers.entries import Entry, Export, doi_in, year_in
from corpus.managers.filefield import files_in
from corpus.managers.wording import from_latex
from corpus.metadata import Facts
from corpus.readers.decode import decode

_ENCLOSING: Final = {'""', "{}"}


def read_bibtex(name: str, data: bytes) -> Export:
    """The entries of a BibTeX file; of several under one key each counts.

    Raises:
        UnreadableFile: it is no text.
    """
    # it would tell of each broken entry on standard error, in its own words
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    parsed = parse_string(decode(name, data).text)
    twice = [one for one in parsed.failed_blocks if isinstance(one, DuplicateBlockKeyBlock)]
    blocks = [*parsed.entries, *(one.ignore_error_block for one in twice)]
    entries = tuple(_entry(_fields(block)) for block in blocks if isinstance(block, Block))
    return Export(entries, len(parsed.failed_blocks) - len(twice))


def _fields(block: Block) -> Mapping[str, str]:
    """The fields of an entry, by their names in lower case, without what encloses them."""
    fields: dict[str, str] = {}
    for field in block.fields:
        value = str(field.value).strip()
        if value[:1] + value[-1:] in _ENCLOSING and len(value) > 1 and _is_enclosed(value):
            value = value[1:-1]
        fields.setdefault(field.key.casefold(), value)
    return fields


def _is_enclosed(value: str) -> bool:
    """Whether the first brace is closed by the last one; quotes are always."""
    depth = 0
    for at, sign in enumerate(value):
        depth += (sign == "{") - (sign == "}")
        if depth == 0 and value[0] == "{":
            return at == len(value) - 1
    return True


def _entry(fields: Mapping[str, str]) -> Entry:
    def said(*keys: str) -> str:
        return next(filter(None, (from_latex(fields.get(key, "")) for key in keys)), "")

    title = ": ".join(filter(None, (said("title"), said("subtitle"))))
    doi = doi_in(_verbatim(fields, "doi"), _verbatim(fields, "url"), fields.get("note", ""))
    facts = Facts(
        title=title or None,
        authors=tuple(_authors(fields.get("author", ""))),
        year=year_in(fields.get("year", ""), fields.get("date", "")),
        doi=doi,
        journal=said("journal", "journaltitle", "shortjournal") or None,
    )
    return Entry(facts, files_in(fields.get("file", "")))


def _verbatim(fields: Mapping[str, str], key: str) -> str:
    r"""A field that is no text: as it stands, but that some write `\_` for `_`."""
    return fields.get(key, "").replace("\\_", "_").replace("{", "").replace("}", "")


def _authors(listed: str) -> Iterator[str]:
    for name in split_multiple_persons_names(" ".join(listed.split())):
        parts = parse_single_name_into_parts(name, strict=False)
        shown = from_latex(" ".join((*parts.first, *parts.von, *parts.last, *parts.jr)))
        if shown and name != "others":
            yield shown
