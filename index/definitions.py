"""The abbreviations that one document defines, wherever it does: in prose, under a table, in a list of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from corpus.records import Document
from index.abbreviations import Abbreviation, find_abbreviations, find_glossary

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
    """One that was found in a block, where it stands in the document."""
    return replace(one, start=one.start + start, end=one.end + start)
