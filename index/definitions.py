"""The abbreviations that one document defines, wherever it does: in prose, under a table, in a list of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from corpus.errors import LibraryDamaged
from corpus.records import Document
from corpus.store import REBUILD
from index.abbreviations import Abbreviation, Meaning, find_abbreviations, find_glossary, meaning_of

Definitions = Mapping[str, tuple[Abbreviation, ...]]
"""What each document abbreviates, by document id."""

_LIST: Final = re.compile(r"\W*(?:list of |key )?abbreviations\b", re.IGNORECASE)


def definitions_in(document: Document) -> tuple[Abbreviation, ...]:
    """Every abbreviation that the document defines, in order; `start` and `end` count its characters.

    A table's footnote and what stands below the heading "Abbreviations" are read as a glossary, anything but
    references as prose.
    """
    found: list[Abbreviation] = []
    is_list = False
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.kind == "heading":
            is_list = _LIST.match(text) is not None
        if block.kind == "reference":
            continue
        is_glossary = block.kind == "footnote" or is_list or _LIST.match(text) is not None
        read = find_glossary if is_glossary else find_abbreviations
        found += (_placed(one, block.start) for one in read(text))
    return tuple(found)


def _placed(one: Abbreviation, start: int) -> Abbreviation:
    """One that was found in a block, where it stands in the document, its meaning worked out once and for all."""
    return replace(one, start=one.start + start, end=one.end + start, meaning=meaning_of(one.short, one.long))


def save_definitions(definitions: Definitions, path: Path) -> None:
    """The definitions are in the file `path`, the same bytes for the same ones; documents without any are left out."""
    told = {
        document: [[one.short, one.long, one.start, one.end, _packed(one.meaning)] for one in found]
        for document, found in definitions.items()
        if found
    }
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def load_definitions(path: Path) -> Definitions:
    """The definitions that were saved in the file `path`.

    Raises:
        LibraryDamaged: they cannot be read.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {document: tuple(_loaded(*one) for one in found) for document, found in told.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        msg = f"The abbreviations of the library cannot be read ({error}); {REBUILD}."
        raise LibraryDamaged(msg) from error


def _packed(meaning: Meaning | None) -> list[Any] | None:
    return None if meaning is None else [meaning.symbols, meaning.concept, meaning.said, meaning.others]


def _loaded(short: str, long: str, start: int, end: int, meaning: list[Any] | None) -> Abbreviation:
    if meaning is None:
        return Abbreviation(short, long, start, end)
    symbols, concept, said, others = meaning
    return Abbreviation(short, long, start, end, Meaning(tuple(symbols), concept, said, tuple(map(tuple, others))))
