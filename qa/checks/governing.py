"""What each word of relation in a sentence governs, and what that does to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qa.checks.clauses import Clauses, is_adjective, is_full
from qa.checks.terms import Term
from qa.checks.verbs import Effect

OPPOSITE: Final[dict[Effect, Effect]] = {
    "raises": "lowers",
    "lowers": "raises",
    "hits": "raises",
    "affects": "affects",
}
_TIED: Final = frozenset({"rich", "enriched", "poor", "deficient", "lacking"})


_DEGREES: Final = frozenset({"more", "less"})
_MAKING: Final = frozenset("make makes making made render renders rendering rendered let lets".split())  # noqa: SIM905 (shorter so)
_EXERTED: Final = frozenset("put puts exert exerts exerted has have had places placed imposes imposed".split())  # noqa: SIM905 (shorter so)


class Governing(Clauses):
    """A sentence with what governs what; every number is a place in `terms`.

    A word of relation governs the things after it, or in the passive voice those before it, up to where its clause ends
    or the next such word begins.

    Attributes:
        passives: the verbs in the passive voice.
        governed: for each word of relation, the things and the nouns of relation that it governs.
        governors: for each of those, the word of relation that governs it: of several, the nearest.
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        super().__init__(terms)
        self.passives = {i for i, term in enumerate(terms) if self._is_passive(i, term)}
        self.governed = {i: self._governed(i) for i, term in enumerate(terms) if self._relates(term)}
        self.governors = self._governors()

    @staticmethod
    def _relates(term: Term) -> bool:
        return term.verb is not None or term.kind == "parted"

    def _is_passive(self, i: int, term: Term) -> bool:
        if term.verb is None or term.verb.shape != "participle":
            return False
        for j in range(i - 1, max(-1, i - 6), -1):
            kind = self.terms[j].kind
            if kind == "be":
                return True
            if kind not in {"aside", "not", "hedge", "and", "verb", "have"} or self.clauses[j] != self.clauses[i]:
                return False
        return False

    def _governed(self, i: int) -> tuple[int, ...]:
        term = self.terms[i]
        verb = term.verb
        if term.kind == "keep" and (start := self.following(i, "from")):
            return self._right(start)
        if verb is None:
            return self._right(i)
        if self._exerts(i):
            return ()
        if i in self.passives or self.is_target_of(i):
            return self._left(i)
        right = self._right(i)
        if verb.shape == "participle":
            if self._object_follows(i):
                return right
            by = i + 1 < len(self.terms) and self.terms[i + 1].kind == "by"
            return self._beside(i) if by else self._left(i)
        if verb.shape == "adjective":
            return self._described(i, right)
        if verb.shape == "noun":
            return self._of_noun(i, right)
        return self._left(i) if self._takes_none(i) else right

    def _takes_none(self, i: int) -> bool:
        """True for a verb without an object: "permeability increases", and any at the end of its clause."""
        verb = self.terms[i].verb
        if verb is None:
            return False
        return (verb.alone and not self._object_follows(i)) or (verb.shape == "verb" and i + 1 == self.end(i))

    def _of_noun(self, i: int, right: tuple[int, ...]) -> tuple[int, ...]:
        """The things of a noun: those after its "of", or what it is exerted on, else those beside it."""
        if on := self.exerted_on(i):
            return self._right(on)
        return right if i + 1 < len(self.terms) and self._is_of(i + 1) else self._beside(i)

    def _described(self, i: int, right: tuple[int, ...]) -> tuple[int, ...]:
        """The things of an adjective: those after it up to a comma; of "let-7i-rich" the one it is tied to."""
        after = self.terms[i + 1 : i + 2]
        of = bool(after) and (after[0].kind == "of" or after[0].text.casefold() == "in")
        if not of and self.terms[i].text.casefold() in _TIED:
            return (i - 1,) if i > 0 and self.terms[i - 1].is_thing else ()
        stops = {"comma"} if of else {"comma", "place", "to", "from"}
        if self.is_adverb(i):
            return self._beside(i) if self._modified(i) is None else ()
        rest = range(i + 1, self.end(i))
        end = next((j for j in rest if self.terms[j].kind in stops or is_adjective(self.terms[j])), self.end(i))
        return tuple(j for j in right if j < end)

    def is_adverb(self, i: int) -> bool:
        """True for the "less" of "spread less" and of "less effective", after which nothing is named in its clause."""
        if self.terms[i].text.casefold() not in _DEGREES:
            return False
        for j in range(i + 1, self.end(i)):
            if self.terms[j].kind in {"comma", "place", "to", "from", "by", "through", "and"}:
                return True
            if self.terms[j].kind != "aside":
                return False
        return True

    def _modified(self, i: int) -> int | None:
        """The verb that an adverb is said of: the nearest before it that does something to what stands between."""
        for j in range(i - 1, self.begin(i) - 1, -1):
            if self.terms[j].verb is not None and is_full(self.terms[j]):
                return None if self.terms[j].text.casefold() in _MAKING else j
        return None

    def is_target_of(self, i: int) -> bool:
        """True for "RUNX3 is a target of miR-17-5p"."""
        return self.terms[i].text.casefold() in {"target", "targets"} and self.following(i, "of") == i + 1

    def exerted_on(self, i: int) -> int:
        """The "on" of "the brake that IL-13 puts on migration"; 0 where the noun is followed by no such clause."""
        if i + 2 >= len(self.terms) or self.terms[i + 1].kind != "which":
            return 0
        on = self.following(i + 1, "place")
        return on if on and self.terms[on - 1].text.casefold() in _EXERTED else 0

    def _exerts(self, i: int) -> bool:
        """True for the verb of such a clause."""
        told = self.terms[i].text.casefold() in _EXERTED
        return told and any(self.exerted_on(j) == i + 1 for j in range(self.begin(i)))

    def _is_of(self, i: int) -> bool:
        """True for the "of" of a noun before it, also of "inhibition and later release of"."""
        while self.terms[i].kind in {"and", "aside"} and i + 1 < len(self.terms):
            if self.terms[i].kind == "and" and self.terms[i + 1].is_thing:
                return False
            i += 1
        return self.terms[i].kind == "of" or self.terms[i].text.casefold() in {"in", "to"}

    def _object_follows(self, i: int) -> bool:
        """True where a thing comes next, with at most plain words and other words of relation before it."""
        for j in range(i + 1, len(self.terms)):
            term = self.terms[j]
            if self.clauses[j] != self.clauses[i] or term.kind == "comma":
                return False
            if term.is_thing:
                return True
            if term.verb is not None and term.verb.shape in {"noun", "adjective", "gerund"}:
                return True
            noun = j > i + 1 and self.terms[j - 1].kind == "aside"  # "strengthens the response to", not "rises to"
            if term.kind != "aside" and not (noun and term.kind in {"to", "of"}):
                return False
        return False

    def _right(self, i: int) -> tuple[int, ...]:
        found = []
        first = True
        for j in range(i + 1, len(self.terms)):
            term = self.terms[j]
            if self.clauses[j] != self.clauses[i] or term.kind in {"by", "through", "bound", "which"}:
                break
            if self._ends_object(j, term):
                break
            if term.kind in {"place", "to", "from"} and not first:
                break
            if term.kind not in {"aside", "not", "hedge"}:
                first = False
            if (
                term.is_thing
                or term.kind == "it"
                or (term.verb is not None and term.verb.shape in {"noun", "adjective"})
            ):
                found.append(j)
        return tuple(found)

    def _is_place_of(self, j: int) -> bool:
        """True for the cells in "SOCS3 of macrophages": they are where it is, and nothing is done to them."""
        if self.terms[j].kind not in {"cell", "cancer", "organ"}:
            return False
        for k in range(j - 1, 0, -1):
            if self.terms[k].kind == "of":
                return self.terms[k - 1].kind in {"symbol", "molecule"}
            if self.terms[k].kind not in {"aside", "cancer", "cell", "organ", "word"}:
                break
        return False

    def _ends_object(self, j: int, term: Term) -> bool:
        if term.kind in {"be", "have", "release", "send", "receive", "parted", "keep"}:
            return True
        if term.verb is None or term.verb.shape in {"noun", "adjective"}:
            return False
        return term.verb.shape in {"verb", "gerund"} or j in self.passives or not self._object_follows(j)

    def _left(self, i: int) -> tuple[int, ...]:
        """The things before a word: the subject of a passive verb, or of one that takes no object."""
        found: list[int] = []
        placed = False
        for j in range(self._subject_start(i), i):
            term = self.terms[j]
            if term.kind in {"place", "from", "to", "by"}:
                placed = True
            elif term.kind in {"comma", "bound"} or term.verb is not None:
                placed = False
            nominal = term.verb is not None and term.verb.shape in {"noun", "adjective"}
            if (term.is_thing or nominal) and not placed and not self._is_place_of(j):
                found.append(j)
        return tuple(found)

    def _subject_start(self, i: int) -> int:
        """Where the subject of a verb begins: with its clause, or after the verb before it, a comma or "and" there."""
        start = self.begin(i)
        finite = [j for j in range(start, i) if j not in self.passives and is_full(self.terms[j])]
        if not finite:
            return start
        for kind in ("comma", "and"):
            places = [j for j in range(finite[-1], i) if self.terms[j].kind == kind]
            if places:
                return (places[0] if kind == "comma" else places[-1]) + 1
        return finite[-1] + 1

    def _beside(self, i: int) -> tuple[int, ...]:
        """The things that stand right before a noun: "SPRY1 and PTEN suppression"."""
        found: list[int] = []
        for j in range(i - 1, -1, -1):
            term = self.terms[j]
            tied = term.is_thing or term.kind in {"and", "aside"} or term.text == "/"
            if self.clauses[j] != self.clauses[i] or not tied:
                break
            if term.is_thing:
                found.append(j)
        return tuple(reversed(found))

    def _governors(self) -> dict[int, int]:
        """The word of relation that each thing is governed by: the nearest."""
        found: dict[int, int] = {}
        for verb, things in self.governed.items():
            for thing in things:
                if thing not in found or self._nearer(verb, found[thing], thing):
                    found[thing] = verb
        return found

    def _nearer(self, one: int, other: int, thing: int) -> bool:
        mine, yours = abs(one - thing), abs(other - thing)
        if (one > thing) != (other > thing):  # a subject is that of the verb after it, "PTEN loss" one of the noun
            later, earlier = (one, other) if one > thing else (other, one)
            noun = self.terms[earlier].verb
            nominal = noun is not None and noun.shape == "noun"
            return one == (earlier if nominal or self._is_attribute(later) else later)
        return (mine, one) < (yours, other)

    def _is_attribute(self, i: int) -> bool:
        """True for "driven" in "raises osteoclast formation driven by RANKL"."""
        verb = self.terms[i].verb
        by = i + 1 < len(self.terms) and self.terms[i + 1].kind == "by"
        return verb is not None and verb.shape == "participle" and i not in self.passives and by

    def _own_effect(self, i: int) -> Effect:
        term = self.terms[i]
        if term.kind == "keep" and self.following(i, "from"):
            return "lowers"
        if term.kind == "parted":
            return "lowers"
        if term.kind == "keep" and term.text.casefold().startswith(("prevent", "stop", "hinder")):
            return "lowers"
        if term.kind == "keep":
            return "raises"
        if term.verb is None:
            return "affects"
        less = is_full(term) and any(
            self.terms[j].text.casefold() == "less" and self.is_adverb(j) and self._modified(j) == i
            for j in range(i + 1, self.end(i))
        )
        return OPPOSITE[term.verb.effect] if less else term.verb.effect

    def effect_of(self, i: int, depth: int = 0) -> Effect:
        """What a word of relation does, with what is done to it: what inhibits a loss raises."""
        own, verb = self._own_effect(i), self.terms[i].verb
        above = self.governors.get(i)
        if above is None or above == i or depth > 3 or verb is None or verb.shape not in {"noun", "adjective"}:
            return own
        outer = self.effect_of(above, depth + 1)
        if outer == "lowers":
            return OPPOSITE[own]
        return own
