"""What a sentence joins: a cause with what it does, and the members of two lists that belong together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qa.checks.clauses import Clauses, is_full
from qa.checks.terms import Term

Place = tuple[int, ...]
"""The places of terms, in order."""

_CAUSAL: Final = frozenset(
    "thereby thus hence therefore consequently because since whereby whereupon so by through via".split()  # noqa: SIM905 (shorter so)
)
_CAUSE_AFTER: Final = frozenset("because since by through via".split())  # noqa: SIM905 (shorter so)
_TOLD: Final = frozenset({"symbol", "process", "word"})
_MEMBERS: Final = frozenset({"molecule", "symbol", "cancer", "organ", "cell", "process"})


def caused(terms: Sequence[Term]) -> frozenset[tuple[str, str]]:
    """The keys of each cause with those of what it brings about."""
    return frozenset(
        (terms[i].key, terms[j].key)
        for cause, effect in causes(terms)
        for i in cause
        for j in effect
        if terms[i].key != terms[j].key and "word" not in {terms[i].kind, terms[j].kind}
    )


def causes(terms: Sequence[Term]) -> Iterator[tuple[Place, Place]]:
    """The places of each cause, or means, and of what it brings about, by the words that say so."""
    clauses = Clauses(terms)
    for i, term in enumerate(terms):
        if term.text.casefold() not in _CAUSAL and term.kind != "which":
            continue
        if term.kind == "by" and not _is_means(terms, i):
            continue
        after = _told(terms, range(i + 1, _end(terms, clauses, i)))
        before = _told(terms, range(i))
        if not before:  # "By lowering PTEN, it …"
            before = _told(terms, range(max(after, default=i) + 1, len(terms)))
        if before and after:
            yield (after, before) if term.text.casefold() in _CAUSE_AFTER else (before, after)


def _end(terms: Sequence[Term], clauses: Clauses, i: int) -> int:
    """Where what is joined ends: with the clause, or the comma before the next verb's."""
    first = min(i + 1, len(terms) - 1)
    return max(clauses.end(first), clauses.end(i))


def _is_means(terms: Sequence[Term], i: int) -> bool:
    after = terms[i + 1 : i + 3]
    return any(one.verb is not None and one.verb.shape == "gerund" for one in after)


def _told(terms: Sequence[Term], places: range) -> Place:
    return tuple(j for j in places if terms[j].kind in _TOLD)


def pairs(terms: Sequence[Term]) -> tuple[tuple[str, str], ...]:
    """The keys that "respectively" pairs: those of the two last lists of as many members; () without such a word."""
    end = next((i for i, term in enumerate(terms) if term.text.casefold() == "respectively"), None)
    if end is None:
        return ()
    lists = [one for one in _lists(terms[:end]) if len(one) > 1]
    for i in range(len(lists) - 1, 0, -1):
        for j in range(i - 1, -1, -1):
            if len(lists[j]) == len(lists[i]):
                return tuple(zip(lists[j], lists[i], strict=True))
    return ()


def _lists(terms: Sequence[Term]) -> list[list[str]]:
    """The keys of each run of things of one kind with commas or "and" between them."""
    found: list[list[str]] = []
    kind, tied = "", False
    for term in terms:
        if term.kind in _MEMBERS:
            if tied and term.kind == kind:
                found[-1].append(term.key)
            else:
                found.append([term.key])
            kind, tied = term.kind, False
        elif term.kind in {"and", "comma"}:
            tied = True
        elif term.kind != "aside" or is_full(term):
            kind, tied = "", False
    return found
