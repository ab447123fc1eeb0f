"""The cited evidence taken apart: one unit a sentence or table row, with the statements it makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from corpus.markers import find_markers
from corpus.sentences import sentences
from index.names import find_names
from index.vocabulary import Vocabulary
from qa.checks.joins import caused, pairs
from qa.checks.numbers import Number, find_numbers
from qa.checks.roles import Role
from qa.checks.statements import Agent, Statement, find_statements
from qa.checks.terms import Term, find_terms
from qa.checks.verbs import Effect
from qa.results import CellCard, Evidence

_ANAPHOR: Final = re.compile(
    r"\W*(?:\w+\W+){0,3}?(?:it|its|this|these|they|their|such|both|the (?:miRNA|molecule|former|latter))\b",
    re.IGNORECASE,
)
_SOURCE: Final = re.compile(r"\b(?:source|origin|donor|sender|secret\w*|releas\w*|derived|parent\w*)", re.IGNORECASE)
_RECIPIENT: Final = re.compile(r"\b(?:recipient|acceptor|receiv\w*|target(?:ed)? cells?)", re.IGNORECASE)
_TARGET: Final = re.compile(r"\b(?:targets?|genes?)\b", re.IGNORECASE)
_EFFECT: Final = re.compile(
    r"\b(?:effects?|functions?|roles?|activit\w*|outcomes?|phenotypes?|process\w*|consequences?|action)\b",
    re.IGNORECASE,
)
_MOLECULE: Final = re.compile(r"\b(?:mi(?:cro)?-?rnas?|mirs?|molecules?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or a row of the evidence.

    Attributes:
        rank: of the evidence it is in.
        text: the sentence, or the row told by its headers.
        by_key: what it states, by the key of the thing, and by the wider ones.
        molecules: the keys of the microRNAs that it is on, each molecule's without its arm too; of an anaphor, those
            of the sentence before.
        cancers: the keys of the cancers it may be said of where it names none: by the sentences before it, the heading
            and the titles of the studies it cites.
        numbers: those it gives.
        denies: it holds a word such as "not".
        effects: of its words of relation.
        paired: the keys that its own "respectively" pairs.
        caused: the keys of each cause with those of what it brings about.
    """

    rank: int
    text: str
    by_key: dict[str, tuple[Statement, ...]]
    molecules: frozenset[str]
    cancers: frozenset[str]
    numbers: tuple[Number, ...]
    denies: bool
    effects: frozenset[Effect]
    paired: tuple[tuple[str, str], ...] = ()
    caused: frozenset[tuple[str, str]] = frozenset()

    def stating(self, term: Term) -> tuple[Statement, ...]:
        """What it states of a thing; of the wider thing, what it states of a narrower one."""
        found = [one for key in (term.key, *term.also) for one in self.by_key.get(key, ())]
        return tuple(found)

    def pairs(self, pair: tuple[str, str], rivals: Sequence[tuple[str, str]]) -> bool:
        """True where two things belong together: by "respectively", or in a clause that holds no other of the pairs."""
        if self.paired:
            return pair in self.paired or pair[::-1] in self.paired
        clauses = self._clauses(pair)
        for rival in rivals:
            clauses -= self._clauses(rival) if rival != pair else set()
        return bool(clauses)

    def _clauses(self, pair: tuple[str, str]) -> set[int]:
        """The numbers of the clauses that hold both."""
        one, other = ({said.clause for said in self.by_key.get(key, ())} for key in pair)
        return one & other


def units_of(piece: Evidence, known: Vocabulary | None) -> tuple[Unit, ...]:
    """The sentences of a passage, or its one row, in order."""
    return (_row(piece, known),) if piece.row else tuple(_passage(piece, known))


def concepts_of(text: str, known: Vocabulary | None) -> tuple[tuple[int, int, str], ...]:
    """What a vocabulary knows by another name in `text`: (start, end, key)."""
    if known is None:
        return ()
    groups = known.asked(text).groups
    return tuple((g.start, g.end, key) for g in groups for key in g.concepts if not key.startswith("topic:"))


@lru_cache(maxsize=4096)
def _read(text: str, concepts: tuple[tuple[int, int, str], ...]) -> tuple[tuple[Term, ...], tuple[Statement, ...]]:
    terms = find_terms(text, concepts)
    return terms, find_statements(terms)


def read(text: str, known: Vocabulary | None) -> tuple[tuple[Term, ...], tuple[Statement, ...]]:
    """The terms of a sentence and what it states."""
    return _read(text, concepts_of(text, known))


def _passage(piece: Evidence, known: Vocabulary | None) -> Iterator[Unit]:
    before: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    for start, end in sentences(piece.text):
        text = piece.text[start:end]
        terms, statements = read(text, known)
        molecules = _molecules(terms) or (before if _ANAPHOR.match(text) else frozenset())
        cancers = frozenset(term.key for term in terms if term.kind == "cancer")
        context = frozenset() if cancers else around | _context(piece, text)
        yield Unit(
            piece.rank,
            text,
            _by_key(statements),
            molecules,
            context,
            find_numbers(text),
            _denies(terms),
            _effects(terms),
            pairs(terms),
            caused(terms),
        )
        before, around = molecules, cancers or around


def _context(piece: Evidence, text: str) -> frozenset[str]:
    """The cancers of the heading, and of the titles of the studies that a sentence cites."""
    cited = {number for marker in find_markers(text) for number in marker.markers}
    told = [entry.text for entry in piece.references if not cited or entry.marker in cited]
    return _cancers("\n".join([piece.section or "", *told]))


@lru_cache(maxsize=4096)
def _cancers(text: str) -> frozenset[str]:
    return frozenset(term.key for term in find_terms(text) if term.kind == "cancer")


def _row(piece: Evidence, known: Vocabulary | None) -> Unit:
    cells = [cell for cell in (piece.row.cells if piece.row else ()) if cell.text.strip(" -–—")]
    named = [cell for cell in cells if _MOLECULE.search(cell.header)] or cells
    parsed = [(cell, *read(cell.text, known)) for cell in cells]
    names = tuple(dict.fromkeys(name.name for cell in named for name in find_names(cell.text)))
    terms = [term for _, found, _ in parsed for term in found]
    cancers = tuple(dict.fromkeys(term.key for term in terms if term.kind == "cancer"))
    statements = [_in_cell(one, cell, names, cancers) for cell, _, stated in parsed for one in stated]
    headers = " ".join(cell.header for cell in cells)
    statements += [
        Statement(term, None, molecules=names, cancers=cancers) for term in find_terms(headers) if term.is_thing
    ]
    told = "; ".join(f"{cell.header}: {cell.text}" for cell in cells)
    numbers = tuple(number for cell in cells for number in find_numbers(cell.text))
    return Unit(
        piece.rank,
        told,
        _by_key(statements),
        _molecules(terms),
        _row_context(piece, cancers),
        numbers,
        _denies(terms),
        _effects(terms),
    )


def _row_context(piece: Evidence, cancers: Sequence[str]) -> frozenset[str]:
    if cancers or piece.row is None:
        return frozenset()
    return _cancers("\n".join([piece.row.caption, *(entry.text for entry in piece.references)]))


def _in_cell(one: Statement, cell: CellCard, names: tuple[str, ...], cancers: tuple[str, ...]) -> Statement:
    """A statement of a cell, said of the row's molecules and cancers; the header says what an unspoken effect is."""
    role: Role = one.role
    if one.term.kind == "cell" and not role:
        role = "source" if _SOURCE.search(cell.header) else "recipient" if _RECIPIENT.search(cell.header) else ""
    effect = one.effect
    if effect is None and one.term.kind == "process" and _EFFECT.search(cell.header):
        effect = "raises"
    if effect is None and one.term.kind == "symbol" and _TARGET.search(cell.header):
        effect = "hits"
    agents = one.agents or tuple(Agent(name, "raises") for name in names)
    return replace(one, effect=effect, role=role, molecules=names, cancers=cancers, agents=agents)


def _molecules(terms: Sequence[Term]) -> frozenset[str]:
    return frozenset(key for term in terms if term.kind == "molecule" for key in (term.key, *term.wider))


def _effects(terms: Sequence[Term]) -> frozenset[Effect]:
    return frozenset(term.verb.effect for term in terms if term.verb is not None)


def _denies(terms: Sequence[Term]) -> bool:
    return any(term.kind == "not" for term in terms)


def _by_key(statements: Sequence[Statement]) -> dict[str, tuple[Statement, ...]]:
    found: dict[str, list[Statement]] = {}
    for one in statements:
        for key in dict.fromkeys((one.term.key, *one.term.also, *one.term.wider)):
            found.setdefault(key, []).append(one)
    return {key: tuple(stated) for key, stated in found.items()}
