"""The cells that a process or a gene is told of: whose migration it is, and in which cells a gene is lowered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from qa.checks.governing import Governing
from qa.checks.terms import Term

_LISTED: Final = frozenset({"and", "comma", "open", "aside", "word", "cancer", "organ"})
_MAKES: Final = re.compile(r"(?:produc|express|secret|releas|mak)(?:e|es|ing)?")
_PLACES: Final = frozenset({"in", "inside", "within"})


def owners_of(reading: Governing, i: int) -> tuple[str, ...]:
    """The keys of the cells that own a thing, with the wider ones; () where none is said to.

    "Endothelial migration", "migration and tube formation of endothelial cells", "SOCS3 in macrophages" and
    "macrophages produce VEGF" each name one; all things of a list belong to the cells after its "of".
    """
    if reading.terms[i].kind not in {"process", "symbol", "word"}:
        return ()
    cells = [*_before(reading, i), *(() if _is_attribute(reading, i) else _behind(reading, i))]
    return tuple(dict.fromkeys(key for j in cells for key in (reading.terms[j].key, *reading.terms[j].wider)))


def is_owner(reading: Governing, i: int) -> bool:
    """True for cells that nothing is done to, since it is done to what is theirs: "the cytotoxicity of T cells"."""
    terms = reading.terms
    if terms[i].kind != "cell":
        return False
    for j in range(i + 1, min(i + 2, len(terms))):
        if terms[j].kind in {"process", "word"} and i in _before(reading, j):
            return True
    return any(
        terms[j].kind in {"process", "symbol", "word"} and i in _behind(reading, j) for j in range(reading.begin(i), i)
    )


def same_owner(claimed: Sequence[str], given: Sequence[str]) -> bool:
    """True unless both are told of cells and no cell of the one is, or is a kind of, the first of the other."""
    return not claimed or not given or claimed[0] in given or given[0] in claimed


def _before(reading: Governing, i: int) -> Iterator[int]:
    """Cells right before it, or before "produce"."""
    j = i - 1
    if j >= 1 and reading.terms[i].kind == "symbol" and _MAKES.fullmatch(reading.terms[j].text.casefold()):
        j -= 1
    elif reading.terms[i].kind == "symbol":
        return
    while j >= 0 and reading.clauses[j] == reading.clauses[i] and _is_plain_cell(reading.terms[j]):
        j -= 1
    if j >= 0 and reading.clauses[j] == reading.clauses[i] and reading.terms[j].kind == "cell":
        yield j


def _behind(reading: Governing, i: int) -> Iterator[int]:
    """Cells after the "of", or of a gene the "in", that comes next, past the rest of a list."""
    owned = {"process", "symbol", "word"}
    place = None
    for j in range(i + 1, reading.end(i)):
        term = reading.terms[j]
        if place is None:
            if term.kind == "of" or (term.kind == "place" and term.text.casefold() in _PLACES):
                place = j
            elif term.kind not in owned | {"and", "comma", "open"} and not _is_plain_cell(term):
                return
        elif term.kind == "cell":
            yield j
        elif term.kind not in _LISTED or (term.kind in {"and", "comma"} and not _cell_follows(reading, j)):
            return


def _cell_follows(reading: Governing, j: int) -> bool:
    after = next((t for t in reading.terms[j + 1 : reading.end(j)] if t.kind not in {"aside", "word"}), None)
    return after is not None and after.kind in {"cell", "cancer"}


def _is_plain_cell(term: Term) -> bool:
    return term.kind == "aside" and term.text.casefold() in {"cell", "cells", "their", "the"}


def _is_attribute(reading: Governing, i: int) -> bool:
    """True for the first of "metastatic cells": it tells of cells, and is none of their processes."""
    after = reading.terms[i + 1 : i + 2]
    return bool(after) and after[0].kind in {"cell", "cancer"}
