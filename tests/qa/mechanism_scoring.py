"""How many cells of extracted mechanisms are right, and how many of a hand-made gold are found.

The gold, `gold/mechanisms-dev.jsonl` and `gold/mechanisms-held.jsonl`, judges 60 records of the two reviews that name a
microRNA, 25 rows and 35 passages, evenly spaced in the order of the files (of n records the ones at `(2i + 1)n / 2k`);
every other one is held back from whoever writes the extraction. A line names the file, the characters of its document's
text and their hash, so that a record that has moved is noticed, and what the record says, statement by statement:

- for each cell the values that it must hold, as terms of `qa.evaluation.judgments` (`a|b` is either, `metasta*` begins
  so);
- `claims`: by direction, the things that are acted on so (`inhibits|affects` allows either; `not inhibits` is negated);
- `may`: what else a cell may hold without being wrong; an `optional` statement is all of it so.

A row beside a molecule, or a cancer, that its own study is not about says nothing of either: what is filled from there
is wrong. The terms are names and single words, not the reviews' sentences.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from index.mentions import symbols_in
from qa.evaluation.judgments import Nugget, matches
from qa.results import Mechanism, Slot

GOLD: Final = Path(__file__).parent / "gold"
CELLS: Final = ("molecule", "source", "recipient", "target", "pathway", "effect", "cancer")
_MORE: Final = 6
"""Words that a cell may hold besides those of accepted values: articles, "the expression of", "cells"."""

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What is done to some things: `directions` are those that are right; `required` ones count for recall."""

    directions: frozenset[str]
    negated: bool
    things: Terms
    required: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence or row says: by cell, the terms that must be found and those that may be."""

    required: Mapping[str, Terms]
    accepted: Mapping[str, Terms]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A record of the gold: where it stands, the hash of its text, and what it says."""

    file: str
    start: int
    end: int
    sha256: str
    says: tuple[Statement, ...]

    def stands(self, text: str) -> bool:
        """Whether the record is still those characters of its document's text."""
        return hashlib.sha256(text[self.start : self.end].encode()).hexdigest() == self.sha256


@dataclass(slots=True)
class Score:
    """Counts by cell kind, `direction` included: cells filled, of those right; values of the gold, of those found."""

    filled: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """Right cells of those filled; 1.0 where none is filled."""
        return self.right.total() / (self.filled.total() or 1) if self.filled else 1.0

    @property
    def recall(self) -> float:
        """Values of the gold that are found."""
        return self.found.total() / (self.gold.total() or 1)

    def __iadd__(self, other: Score) -> Score:
        """The counts of both, in this one."""
        for name in ("filled", "right", "gold", "found"):
            getattr(self, name).update(getattr(other, name))
        return self

    def lines(self) -> Iterator[str]:
        """Precision and recall of each cell kind, then of all, a line each."""
        for kind in ("direction", *CELLS):
            yield (
                f"{kind:10} right {self.right[kind]:3} of {self.filled[kind]:3}, "
                f"found {self.found[kind]:3} of {self.gold[kind]:3}"
            )
        yield f"precision {self.precision:.3f}, recall {self.recall:.3f}"


def load(half: str) -> tuple[Judged, ...]:
    """The gold of one half, `dev` or `held`."""
    lines = (GOLD / f"mechanisms-{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_judged(json.loads(line)) for line in lines)


def score(judged: Judged, found: Sequence[Mechanism]) -> Score:
    """The counts for the mechanisms found in one record.

    Each is held against the statement that it fits best, in order where two fit alike. A cell is right where its value
    is accepted there and holds little else; a direction where the things acted on (the targets; without any the
    pathways, then the effects) are acted on so.
    """
    total = Score()
    met: set[tuple[int, str, str]] = set()
    for mechanism in found:
        fits = [(_right(mechanism, statement), place) for place, statement in enumerate(judged.says)]
        best, place = max(fits, key=lambda fit: (len(fit[0]), -fit[1]), default=([], -1))
        total.right.update(kind for kind, _ in best)
        total.filled.update(_filled(mechanism))
        for kind, slot in best:
            met.update((place, kind, term) for term in _terms_met(judged.says[place], kind, slot, mechanism))
    for place, statement in enumerate(judged.says):
        for kind, term in _wanted(statement):
            total.gold[kind] += 1
            total.found[kind] += (place, kind, term) in met
    return total


def wrong(judged: Judged, found: Sequence[Mechanism]) -> Iterator[tuple[str, str]]:
    """(cell kind, its words) of every wrong cell, in order."""
    for mechanism in found:
        best = max((_right(mechanism, statement) for statement in judged.says), key=len, default=[])
        for kind in ("direction", *CELLS):
            for slot in getattr(mechanism, kind):
                if (kind, slot) not in best:
                    yield kind, slot.text


def _filled(mechanism: Mechanism) -> Iterator[str]:
    for kind in ("direction", *CELLS):
        yield from [kind] * len(getattr(mechanism, kind))


def _right(mechanism: Mechanism, statement: Statement) -> list[tuple[str, Slot]]:
    right = [
        (kind, slot)
        for kind in CELLS
        for slot in getattr(mechanism, kind)
        if _is_right(kind, slot, statement.accepted.get(kind, ()))
    ]
    return right + [("direction", slot) for slot in mechanism.direction if _is_so(mechanism, slot.name, statement)]


def _is_right(kind: str, slot: Slot, accepted: Terms) -> bool:
    if kind == "molecule":
        return any(slot.name in term.split("|") for term in accepted)
    held = [part for term in accepted for part in term.split("|") if _holds(slot.text, part)]
    spare = _size(slot.text) - sum(_size(part) for part in set(held))
    foreign = [s for s in symbols_in(slot.text) if kind == "target" and not any(_holds(part, s) for part in held)]
    return bool(held) and spare <= _MORE and not foreign


def _is_so(mechanism: Mechanism, direction: str, statement: Statement) -> bool:
    things = [
        (kind, slot)
        for kind in ("target", "pathway", "effect")
        for slot in getattr(mechanism, kind)
        if kind == _acted_on(mechanism)
    ]
    accepted = [slot for kind, slot in things if _is_right(kind, slot, statement.accepted.get(kind, ()))]
    claims = [c for c in statement.claims if direction in c.directions and c.negated == mechanism.negated]
    if not things:
        return bool(claims)
    return bool(accepted) and all(any(_any_holds(slot.text, claim.things) for claim in claims) for slot in accepted)


def _acted_on(mechanism: Mechanism) -> str:
    return next((kind for kind in ("target", "pathway") if getattr(mechanism, kind)), "effect")


def _terms_met(statement: Statement, kind: str, slot: Slot, mechanism: Mechanism) -> Iterator[str]:
    if kind == "molecule":
        yield from (term for term in statement.required.get(kind, ()) if slot.name in term.split("|"))
    elif kind != "direction":
        yield from (term for term in statement.required.get(kind, ()) if _holds(slot.text, term))
    else:
        things = getattr(mechanism, _acted_on(mechanism))
        for claim in statement.claims:
            said = claim.required and slot.name in claim.directions
            if said and any(_any_holds(thing.text, claim.things) for thing in things):
                yield _key(claim)


def _wanted(statement: Statement) -> Iterator[tuple[str, str]]:
    for kind, terms in statement.required.items():
        yield from ((kind, term) for term in terms)
    for claim in statement.claims:
        if claim.required:
            yield "direction", _key(claim)


def _key(claim: Claim) -> str:
    return f"{'|'.join(sorted(claim.directions))} {claim.things}"


def _any_holds(text: str, terms: Iterable[str]) -> bool:
    return any(_holds(text, term) for term in terms)


def _holds(text: str, term: str) -> bool:
    return matches(Nugget((term,), None, 2), text, ())


def _size(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _judged(line: Mapping[str, Any]) -> Judged:
    says = tuple(_statement(each) for each in line["says"])
    return Judged(line["file"], line["start"], line["end"], line["sha256"], says)


def _statement(given: Mapping[str, Any]) -> Statement:
    needed, may = not given.get("optional", False), given.get("may", {})
    claims = [*_claims(given["claims"], required=needed), *_claims(may.get("claims", {}), required=False)]
    return Statement(
        {cell: tuple(given.get(cell, ())) for cell in CELLS if needed},
        {cell: (*given.get(cell, ()), *may.get(cell, ())) for cell in CELLS},
        tuple(claims),
    )


def _claims(given: Mapping[str, Sequence[str]], *, required: bool) -> Iterator[Claim]:
    for said, things in given.items():
        negated = said.startswith("not ")
        yield Claim(frozenset(said.removeprefix("not ").split("|")), negated, tuple(things), required)
