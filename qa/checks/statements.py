"""What a sentence states of each thing it names: what is done to it, by what, where, and whether it is denied.

No grammar is parsed. A word of relation governs the things after it, or in the passive voice those before it, up to
where its clause ends or the next such word begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from qa.checks.terms import Term
from qa.checks.verbs import Effect

Role = Literal["", "source", "recipient", "within", "object", "before", "after"]
_TRANSPARENT: Final = frozenset({"aside", "and", "open", "comma", "of", "hedge", "not"})
_OPPOSITE: Final[dict[Effect, Effect]] = {
    "raises": "lowers",
    "lowers": "raises",
    "hits": "raises",
    "affects": "affects",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated of one thing.

    Attributes:
        term: the thing.
        effect: what is done to it; None where it is only named.
        denied: it is said not to be so.
        hedged: it is said to be so perhaps.
        role: of cells, whether something comes from them, goes to them, or happens in them; of cells that become others,
            which they are before and after.
        molecules: the keys of the microRNAs that it is said of.
        cancers: the keys of the cancers that it is said of.
        relative: it is said in a clause on a gene, "TSGA10, which …", or on what was said before it.
        clause: the number of the clause, from 0.
        agents: what does it, each with what was done to that before: of "loss of PTEN activates AKT", (pten, lowers).
    """

    term: Term
    effect: Effect | None = None
    denied: bool = False
    hedged: bool = False
    role: Role = ""
    molecules: tuple[str, ...] = ()
    cancers: tuple[str, ...] = ()
    agents: tuple[tuple[str, Effect], ...] = ()
    relative: bool = False
    clause: int = 0

    @property
    def net(self) -> Effect | None:
        """The effect of the molecules' presence: what their loss raises, they lower."""
        lost = any(key in self.molecules and effect == "lowers" for key, effect in self.agents)
        return _OPPOSITE[self.effect] if lost and self.effect is not None else self.effect


def bare_effects(terms: Sequence[Term]) -> frozenset[Effect]:
    """What the words of relation do that govern nothing named: of "blocks this", it lowers."""
    return _Reading(terms).bare()


def find_statements(terms: Sequence[Term]) -> tuple[Statement, ...]:
    """One statement for each thing that a sentence names, in order."""
    return _Reading(terms).statements()


class _Reading:
    """A sentence while it is read; all numbers are places in `terms`."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = terms
        self.clauses = _clauses(terms)
        self.passives = {i for i, term in enumerate(terms) if self._is_passive(i, term)}
        self.governed = {i: self._governed(i) for i, term in enumerate(terms) if self._relates(term)}
        self.denied = self._scope("not")
        self.hedged = self._scope("hedge")
        self.governors = self._governors()

    def statements(self) -> tuple[Statement, ...]:
        found = [self._statement(i, term) for i, term in enumerate(self.terms) if term.is_thing]
        for i, term in enumerate(self.terms):
            if term.kind == "it" and i in self.governors:
                found += [self._statement(i, self.terms[j]) for j in self._meant(i)]
        return (*found, *self._shared())

    def bare(self) -> frozenset[Effect]:
        """The effects of the words of relation that govern nothing which is named."""
        return frozenset(
            self._effect(i)
            for i, term in enumerate(self.terms)
            if term.verb is not None and not any(self.terms[j].is_thing for j in self.governed[i])
        )

    def _shared(self) -> list[Statement]:
        """What the first of two verbs does to the things after the second: "promoting or preventing metastasis"."""
        found = []
        for i in self.governed:
            after = self.terms[i + 1 : i + 3]
            if len(after) == 2 and after[0].kind == "and" and after[1].verb is not None and not self.governed[i]:
                things = [j for j in self.governed.get(i + 2, ()) if self.terms[j].is_thing]
                found += [replace(self._statement(j, self.terms[j]), effect=self._effect(i)) for j in things]
        return found

    def _meant(self, i: int) -> tuple[int, ...]:
        """What "it" stands for as an object: what the verb before governs, if there is one."""
        own = self.governors[i]
        things = [
            [j for j in self.governed[verb] if self.terms[j].is_thing] for verb in sorted(self.governed) if verb < own
        ]
        return tuple(next((found for found in reversed(things) if found), ()))

    def _statement(self, i: int, term: Term) -> Statement:
        verb = self.governors.get(i)
        role = self._role(i) if term.kind == "cell" else ""
        effect = self._effect(verb) if verb is not None and i in self.governed[verb] else None
        return Statement(
            term,
            effect,
            i in self.denied or (verb is not None and verb in self.denied),
            i in self.hedged or (verb is not None and verb in self.hedged),
            role,
            self._of(i, verb, "molecule"),
            self._of(i, verb, "cancer"),
            self._agents(i, verb) if verb is not None else (),
            self._follows_symbol(i),
            self.clauses[i],
        )

    @staticmethod
    def _relates(term: Term) -> bool:
        return term.verb is not None or term.kind == "parted"

    # what a word of relation governs

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
        if term.kind == "keep" and (start := self._next(i, "from")):
            return self._right(start)
        if verb is None:
            return self._right(i)
        if i in self.passives or self._is_target_of(i):
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
            return right if i + 1 < len(self.terms) and self._is_of(i + 1) else self._beside(i)
        if verb.alone and not self._object_follows(i):
            return self._left(i)
        return right

    def _described(self, i: int, right: tuple[int, ...]) -> tuple[int, ...]:
        """The things of an adjective: those after it up to a comma; of "let-7i-rich" the one it is tied to."""
        of = i + 1 < len(self.terms) and self._is_of(i + 1)
        if not of and self.terms[i].text.casefold() in _TIED:
            return (i - 1,) if i > 0 and self.terms[i - 1].is_thing else ()
        stops = {"comma"} if of else {"comma", "place", "to", "from"}
        rest = range(i + 1, self._clause_end(i))
        end = next(
            (j for j in rest if self.terms[j].kind in stops or _is_adjective(self.terms[j])), self._clause_end(i)
        )
        return tuple(j for j in right if j < end)

    def _is_target_of(self, i: int) -> bool:
        """True for "RUNX3 is a target of miR-17-5p"."""
        return self.terms[i].text.casefold() in {"target", "targets"} and self._next(i, "of") == i + 1

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
        start = self._clause_start(i)
        finite = [j for j in range(start, i) if j not in self.passives and _is_full(self.terms[j])]
        if not finite:
            return start
        for kind in ("comma", "and"):
            places = [j for j in range(finite[-1], i) if self.terms[j].kind == kind]
            if places:
                return (places[0] if kind == "comma" else places[-1]) + 1
        return finite[-1] + 1

    def _clause_start(self, i: int) -> int:
        while i > 0 and self.clauses[i - 1] == self.clauses[i]:
            i -= 1
        return i

    def _beside(self, i: int) -> tuple[int, ...]:
        """The things that stand right before a noun: "SPRY1 and PTEN suppression"."""
        found: list[int] = []
        for j in range(i - 1, -1, -1):
            term = self.terms[j]
            if self.clauses[j] != self.clauses[i] or not (term.is_thing or term.kind in {"and", "aside"}):
                break
            if term.is_thing:
                found.append(j)
        return tuple(reversed(found))

    def _next(self, i: int, kind: str) -> int | None:
        for j in range(i + 1, min(i + 10, len(self.terms))):
            if self.clauses[j] != self.clauses[i]:
                return None
            if self.terms[j].kind == kind:
                return j
        return None

    # which of them a thing is governed by, and what that does to it

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
        if term.kind == "keep" and self._next(i, "from"):
            return "lowers"
        if term.kind == "parted":
            return "lowers"
        if term.kind == "keep" and term.text.casefold().startswith(("prevent", "stop", "hinder")):
            return "lowers"
        if term.kind == "keep":
            return "raises"
        return term.verb.effect if term.verb is not None else "affects"

    def _effect(self, i: int, depth: int = 0) -> Effect:
        own, verb = self._own_effect(i), self.terms[i].verb
        above = self.governors.get(i)
        if above is None or above == i or depth > 3 or verb is None or verb.shape not in {"noun", "adjective"}:
            return own
        outer = self._effect(above, depth + 1)
        if outer == "lowers":
            return _OPPOSITE[own]
        return own

    # who does it, and of what it is said

    def _agents(self, i: int, verb: int) -> tuple[tuple[str, Effect], ...]:
        """What stands before an active verb or after "by", and what was done to it."""
        by = self._next(verb, "of" if self._is_target_of(verb) else "by")
        if verb in self.passives or (verb > i and by):
            places = range(by + 1, len(self.terms)) if by else range(0)
            places = range(places.start, self._clause_end(by)) if by else places
        else:
            places = range(min(i, verb))
        found = []
        for j in places:
            term = self.terms[j]
            if term.kind in {"molecule", "symbol"} and j != i:
                above = self.governors.get(j)
                effect: Effect = self._effect(above) if above is not None and above != verb else "raises"
                found.extend((key, effect) for key in (term.key, *term.also, *term.wider))
        return tuple(found)

    def _clause_end(self, i: int) -> int:
        end = i
        while end < len(self.terms) and self.clauses[end] == self.clauses[i]:
            end += 1
        return end

    def _of(self, i: int, verb: int | None, kind: str) -> tuple[str, ...]:
        """The keys of the molecules, or of the cancers, that what is said of a thing is said of."""
        groups = self._groups(kind)
        own = [group for group in groups if self.clauses[group[0]] == self.clauses[i]]
        if not own:
            before = [group for group in groups if group[0] < i]
            own = before[-1:] or groups[:1]
        others = [group for group in own if i not in group] or own
        if not others:
            return ()
        group = others[0] if len(others) == 1 else self._nearest(others, i, verb, kind)
        keys = (self.terms[j].key for j in group if j != i or kind == "cancer")
        return tuple(dict.fromkeys(keys))

    def _nearest(self, groups: list[list[int]], i: int, verb: int | None, kind: str) -> list[int]:
        place = i if verb is None else verb
        before = [group for group in groups if group[-1] < min(place, i)]
        after = [group for group in groups if group[0] > max(place, i)]
        passive = verb is not None and (verb in self.passives or verb > i)
        first, second = (after, before) if kind == "cancer" or passive else (before, after)
        if kind == "cancer" and groups[0][-1] < i and not after:
            first = before
        if first:
            return first[0] if first is after else first[-1]
        if second:
            return second[0] if second is after else second[-1]
        return groups[0]

    def _follows_symbol(self, i: int) -> bool:
        """True in a relative clause on a gene: "TSGA10, which inhibits angiogenesis"."""
        start = i
        while start > 0 and self.clauses[start - 1] == self.clauses[i]:
            start -= 1
        if self.terms[start].kind != "which":
            return False
        before = [
            term for term in self.terms[max(0, start - 2) : start + 1] if term.kind not in {"comma", "open", "which"}
        ]
        if not before or before[-1].kind != "symbol":
            return False
        place = self.terms.index(before[-1])  # what is raised does what its raising does: both readings agree
        return place not in self.governors or self._effect(self.governors[place]) != "raises"

    def _groups(self, kind: str) -> list[list[int]]:
        """The molecules, or cancers, of the sentence, those of one list together."""
        groups: list[list[int]] = []
        for i, term in enumerate(self.terms):
            if term.kind != kind:
                continue
            between = self.terms[groups[-1][-1] + 1 : i] if groups else ()
            tied = all(
                t.kind in {"and", "comma", "open"}
                or t.text.casefold() in {"the", "both", "a"}
                or t.start < self.terms[groups[-1][-1]].end
                for t in between
            )
            if groups and tied:
                groups[-1].append(i)
            else:
                groups.append([i])
        return groups

    def _scope(self, kind: str) -> frozenset[int]:
        """The places that a word such as "not" or "may" reaches: from it to the end of its clause, or to "but".

        What is denied twice is not denied.
        """
        found: set[int] = set()
        for i, term in enumerate(self.terms):
            if term.kind != kind:
                continue
            reached = self._reached(i)
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
            if not any(_is_finite(self.terms[j]) for j in range(places[0], comma)):
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

    def _role(self, i: int) -> Role:
        """Whether something comes from cells, goes to them, or happens in them."""
        if changed := self._change(i):
            return changed
        if (
            i + 1 < len(self.terms)
            and self.terms[i + 1].kind == "derived"
            and self.terms[i + 1].start - self.terms[i].end < 3
        ):
            return "source"
        j = i - 1
        while j >= 0 and self.clauses[j] == self.clauses[i]:
            kind = self.terms[j].kind
            if kind == "process" and _HAPPENS.search(self.terms[j].text):
                return self._subject_role(i)
            if kind in {"from", "to", "place", "by", "receive"} or (kind == "of" and self._of_vesicles(j)):
                return self._by_preposition(j, i)
            if kind in {"release", "send"}:
                return "recipient" if kind == "send" and self._is_dative(j) else self._subject_role(i)
            if self.terms[j].verb is not None and self.terms[j].verb.shape not in {"adjective"}:  # type: ignore[union-attr]  # seen
                return "object" if self.governors.get(i) == j else self._subject_role(i)
            j -= 1
        return self._subject_role(i)

    def _change(self, i: int) -> Role:
        """What cells are before and after "into": "turns normal fibroblasts into cancer-associated ones"."""
        for j in range(i - 1, -1, -1):
            if self.clauses[j] != self.clauses[i] or self.terms[j].verb is not None:
                break
            if self.terms[j].text.casefold() in _BECOMING:
                return "after"
        for j in range(i + 1, len(self.terms)):
            if self.clauses[j] != self.clauses[i] or self.terms[j].kind in {"place", "from", "by"}:
                break
            if self.terms[j].kind == "to":
                return "before" if self.terms[j].text.casefold() in _BECOMING else ""
        return ""

    def _is_dative(self, j: int) -> bool:
        return self.terms[j].text.casefold().startswith(("reach", "enter"))

    def _of_vesicles(self, j: int) -> bool:
        before = self.terms[max(0, j - 1) : j]
        return bool(before) and (before[0].kind == "molecule" or before[0].text.casefold() in _VESICLES)

    def _by_preposition(self, j: int, i: int) -> Role:
        kind = self.terms[j].kind
        before = [self.terms[k] for k in range(j) if self.clauses[k] == self.clauses[i]]
        if kind == "from":
            return "source"
        if kind == "to":
            return "recipient"
        if kind == "receive":
            return ""
        if kind == "by":
            if any(t.kind in {"release", "send"} for t in before[-6:]):
                return "source"
            return (
                "recipient"
                if any(t.text.casefold() in {"taken", "internalized", "absorbed", "received"} for t in before[-6:])
                else ""
            )
        if kind == "of":
            return "source"
        if self.terms[j].text.casefold() in {"in", "inside", "within"}:
            return "within"
        return ""

    def _subject_role(self, i: int) -> Role:
        """Cells before an active verb of release are where it comes from, before one of receipt where it goes."""
        for j in range(i + 1, len(self.terms)):
            term = self.terms[j]
            if self.clauses[j] != self.clauses[i]:
                return ""
            if term.kind in {"release", "send", "receive"}:
                passive = any(t.kind == "be" for t in self.terms[max(i, j - 3) : j])
                if passive:
                    return ""
                return "recipient" if term.kind == "receive" else "source"
            if term.verb is not None and term.verb.shape == "verb":  # "cancer cells raise … by secreting …"
                later = self.terms[j : self._clause_end(j)]
                return "source" if any(t.kind in {"release", "send"} and t.text.endswith("ing") for t in later) else ""
        return ""


_BECOMING: Final = frozenset({"into", "toward", "towards"})
_TIED: Final = frozenset({"rich", "enriched", "poor", "deficient", "lacking"})
_HAPPENS: Final = re.compile(r"(?:iz|at|ad|er|ist|ead)(?:es|s|ed)$")
"""What verbs of processes end in: "polarizes", "migrated"."""
_VESICLES: Final = frozenset("exosomes exosome vesicles evs microvesicles mirna mirnas microrna micrornas evs".split())


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


def _ends_clause(terms: Sequence[Term], start: int, comma: int) -> bool:
    """True for a comma after a clause with a verb, or after "in …" and "by …" at its front, and before a new subject."""
    left = [term for term in terms[start:comma] if term.kind not in {"aside", "bound", "and", "comma", "hedge"}]
    if not left or not (any(map(_is_finite, left)) or left[0].kind in {"place", "by", "through", "from"}):
        return False
    before: Term | None = None
    subject = False
    for term in terms[comma + 1 :]:
        if term.kind in {"comma", "bound", "which"}:
            return False
        if _is_finite(term) or (term.verb is not None and term.verb.shape == "participle" and subject):
            return subject and before is not None and before.kind != "and"
        if term.verb is not None and term.verb.shape == "gerund":
            return False
        subject = subject or term.is_thing
        if term.kind != "aside":
            before = term
    return False


def _is_adjective(term: Term) -> bool:
    return term.verb is not None and term.verb.shape == "adjective"


def _is_full(term: Term) -> bool:
    return term.verb is not None and term.verb.shape in {"verb", "gerund", "participle"}


def _is_finite(term: Term) -> bool:
    if term.kind in {"be", "have", "send", "release", "receive", "keep", "parted"}:
        return True
    return term.verb is not None and term.verb.shape == "verb"
