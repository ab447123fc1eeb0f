"""Where the clauses of a sentence begin and end, and what a word such as "not" or "may" reaches in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qa.checks.kinds import Kind
from qa.checks.terms import Term

_AGAINST: Final = frozenset({"whereas", "while", "but", ";"})


class Clauses:
    """The clauses of a sentence; every number is a place in `terms`.

    Attributes:
        terms: of the sentence, in order.
        clauses: for each term the number of its clause, from 0.
        parts: for each term how many words that set one thing against another stand before it.
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = terms
        self.clauses = _clauses(terms)
        self.parts = _parts(terms, self.clauses)

    def begin(self, i: int) -> int:
        """Where the clause of a term begins."""
        while i > 0 and self.clauses[i - 1] == self.clauses[i]:
            i -= 1
        return i

    def end(self, i: int) -> int:
        """Where the clause of a term ends, exclusive."""
        last = self.clauses[i]
        while i < len(self.terms) and self.clauses[i] == last:
            i += 1
        return i

    def following(self, i: int, kind: Kind) -> int | None:
        """The next term of a kind in the same clause, at most nine terms on."""
        return next((j for j in range(i + 1, min(i + 10, self.end(i))) if self.terms[j].kind == kind), None)

    def reach(self, kind: Kind) -> frozenset[int]:
        """The places that a word such as "not" or "may" reaches: from it to the end of its clause, or to "but".

        What is denied twice is not denied.
        """
        found: set[int] = set()
        for i, term in enumerate(self.terms):
            if term.kind != kind:
                continue
            reached = self._reached(i)
            if kind == "not" and not any(self.terms[j].is_thing for j in reached):
                reached |= set(range(self.begin(i), i))  # "healthy cells do not divide": it is denied of them
            found = found ^ reached if kind == "not" else found | reached
        return frozenset(found)

    def _reached(self, i: int) -> set[int]:
        found = set(self._at_front(self.clauses[i])) if self.terms[i].kind == "not" else set()
        for j in range(i, len(self.terms)):
            if self.clauses[j] != self.clauses[i] or (self.terms[j].kind == "comma" and self._verb_follows(j)):
                break
            if self.terms[j].text.casefold() == "but":
                break
            found.add(j)
        return found

    def _at_front(self, clause: int) -> set[int]:
        """The places of "in …" at the front of a clause, or of the one before it: they belong to what it says."""
        for one in (clause, clause - 1):
            places = [j for j, number in enumerate(self.clauses) if number == one]
            told = [j for j in places if self.terms[j].kind not in {"aside", "bound", "and", "comma"}]
            if not told or self.terms[told[0]].kind != "place":
                continue
            comma = next((j for j in places[1:] if self.terms[j].kind == "comma"), places[-1] + 1)
            if not any(is_finite(self.terms[j]) for j in range(places[0], comma)):
                return set(range(places[0], comma))
        return set()

    def _verb_follows(self, comma: int) -> bool:
        for term in self.terms[comma + 1 :]:
            if term.kind in {"comma", "bound", "which"}:
                return False
            if term.kind in {"be", "have", "release", "send"}:
                return True
            if term.verb is not None and term.verb.shape in {"verb", "gerund", "participle"}:
                return True
        return False


def _clauses(terms: Sequence[Term]) -> list[int]:
    """For each term the number of its clause; a comma ends one only where a subject with a verb of its own follows."""
    numbers: list[int] = []
    number = start = 0
    for i, term in enumerate(terms):
        again = term.text.casefold() == "that" and i > 0 and terms[i - 1].kind == "bound"
        if (term.kind in {"bound", "which"} and not again) or (term.kind == "comma" and _ends_clause(terms, start, i)):
            number, start = number + 1, i
        numbers.append(number)
    return numbers


def _parts(terms: Sequence[Term], clauses: Sequence[int]) -> list[int]:
    """For each term the number of its part; "whereas" at the front begins one that ends with its clause."""
    numbers: list[int] = []
    number, front = 0, False
    for i, term in enumerate(terms):
        if term.text.casefold() in _AGAINST and not (term.text == "but" and _is_also(terms, i)):
            front, number = not any(one.is_thing for one in terms[:i]), number + 1
        elif front and i and clauses[i] != clauses[i - 1]:
            front, number = False, number + 1
        numbers.append(number)
    return numbers


def _is_also(terms: Sequence[Term], but: int) -> bool:
    return any(term.text.casefold() == "also" for term in terms[but + 1 : but + 3])


def _ends_clause(terms: Sequence[Term], start: int, comma: int) -> bool:
    """True for a comma after a clause with a verb, or after "in …" or "by …" at its front, before a new subject."""
    left = [term for term in terms[start:comma] if term.kind not in {"aside", "bound", "and", "comma", "hedge"}]
    if not left or not (any(map(is_finite, left)) or left[0].kind in {"place", "by", "through", "from"}):
        return False
    before: Term | None = None
    subject = False
    for term in terms[comma + 1 :]:
        if term.kind in {"comma", "bound", "which"}:
            return False
        if is_finite(term) or (term.verb is not None and term.verb.shape == "participle" and subject):
            return subject and before is not None and before.kind != "and"
        if term.verb is not None and term.verb.shape == "gerund":
            return False
        subject = subject or term.is_thing
        if term.kind != "aside":
            before = term
    return False


def is_adjective(term: Term) -> bool:
    """True for a word of relation that is an adjective: "higher", "less"."""
    return term.verb is not None and term.verb.shape == "adjective"


def is_full(term: Term) -> bool:
    """True for a word of relation that is a verb in any form."""
    return term.verb is not None and term.verb.shape in {"verb", "gerund", "participle"}


def is_finite(term: Term) -> bool:
    """True for a verb that makes a clause, whatever it says."""
    if term.kind in {"be", "have", "send", "release", "receive", "keep", "parted"}:
        return True
    return term.verb is not None and term.verb.shape == "verb"
