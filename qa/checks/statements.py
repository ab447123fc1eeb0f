"""What a sentence states of each thing it names: what is done to it, by what, where, and whether it is denied.

No grammar is parsed: see `governing` for what words of relation govern, and `clauses` for what "not" reaches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qa.checks.clauses import is_finite
from qa.checks.governing import OPPOSITE, Governing
from qa.checks.joins import pairs
from qa.checks.kinds import Kind
from qa.checks.owners import is_owner, owners_of
from qa.checks.roles import Role, role_of
from qa.checks.terms import Term
from qa.checks.verbs import Effect

_WHEN: Final = frozenset({"when", "if", "once"})


@dataclass(frozen=True, slots=True)
class Agent:
    """What does something: the key of a molecule or a gene.

    Attributes:
        effect: what is done to it itself: of "loss of PTEN activates AKT", it is lowered.
        direct: it is the subject, and not what the same subject does something to before.
    """

    key: str
    effect: Effect
    direct: bool = True


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated of one thing.

    Attributes:
        term: the thing.
        effect: what is done to it; None where it is only named.
        denied: it is said not to be so.
        hedged: it is said to be so perhaps.
        role: of cells, whether something comes from them, goes to them, or happens in them; see `Role`.
        molecules: the keys of the microRNAs that it is said of.
        cancers: the keys of the cancers that it is said of.
        relative: it is said in a clause on a gene, "TSGA10, which …", or on what was said before it.
        clause: the number of the clause, from 0.
        agents: what does it.
        part: how many words such as "whereas" stand before it: what is said on the other side is said of others.
        owners: the keys of the cells that a process or a gene is told of, with the wider ones.
    """

    term: Term
    effect: Effect | None = None
    denied: bool = False
    hedged: bool = False
    role: Role = ""
    molecules: tuple[str, ...] = ()
    cancers: tuple[str, ...] = ()
    agents: tuple[Agent, ...] = ()
    relative: bool = False
    clause: int = 0
    owners: tuple[str, ...] = ()
    part: int = 0

    @property
    def net(self) -> Effect | None:
        """The effect of the molecules' presence: what their loss raises, they lower."""
        lost = any(agent.key in self.molecules and agent.effect == "lowers" for agent in self.agents)
        return OPPOSITE[self.effect] if lost and self.effect is not None else self.effect


def bare_effects(terms: Sequence[Term]) -> frozenset[Effect]:
    """What the words of relation do that govern nothing named: of "blocks this", it lowers."""
    return _Reading(terms).bare()


def find_statements(terms: Sequence[Term]) -> tuple[Statement, ...]:
    """One statement for each thing that a sentence names, in order."""
    return _Reading(terms).statements()


class _Reading(Governing):
    """A sentence while its statements are made; every number is a place in `terms`."""

    def __init__(self, terms: Sequence[Term]) -> None:
        super().__init__(terms)
        self.denied = self.reach("not")
        self.hedged = self.reach("hedge")
        self.paired = pairs(terms)

    def statements(self) -> tuple[Statement, ...]:
        found = [self._statement(i, term) for i, term in enumerate(self.terms) if term.is_thing]
        for i, term in enumerate(self.terms):
            if term.kind == "it" and i in self.governors:
                found += [self._statement(i, self.terms[j]) for j in self._meant(i)]
        return (*found, *self._shared())

    def bare(self) -> frozenset[Effect]:
        """The effects of the words of relation that govern nothing which is named."""
        return frozenset(
            self.effect_of(i)
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
                found += [replace(self._statement(j, self.terms[j]), effect=self.effect_of(i)) for j in things]
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
        role = role_of(self, i) if term.kind == "cell" else ""
        effect = self.effect_of(verb) if verb is not None and i in self.governed[verb] else None
        if term.kind == "cell" and is_owner(self, i):
            effect, role = None, role or "object"
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
            owners_of(self, i),
            self.parts[i],
        )

    def _agents(self, i: int, verb: int) -> tuple[Agent, ...]:
        """What stands before an active verb or after "by", and what was done to it."""
        by = self.following(verb, "of" if self.is_target_of(verb) else "by")
        if verb in self.passives or (verb > i and by):
            places = range(by + 1, len(self.terms)) if by else range(0)
            places = range(places.start, self._end_of_agent(by)) if by else places
        else:
            places = range(min(i, verb))
        if on := self.exerted_on(verb):
            places = range(on)
        found: list[Agent] = []
        for j in places:
            term = self.terms[j]
            if term.kind in {"molecule", "symbol"} and j != i and self.governors.get(j) != verb:
                above = self.governors.get(j)
                effect: Effect = self.effect_of(above) if above is not None and above != verb else "raises"
                direct = above is None or not is_finite(self.terms[above])
                found.extend(Agent(key, effect, direct) for key in (term.key, *term.also, *term.wider))
        return (*found, *self._conditions(i, places))

    def _end_of_agent(self, by: int) -> int:
        """Where what "by" begins ends, with the "that …" on it: "by exosomes that carry a miR-21 inhibitor"."""
        end = self.end(by)
        if end < len(self.terms) and self.terms[end].kind == "which" and self.terms[end - 1].kind != "comma":
            return self.end(end)
        return end

    def _conditions(self, i: int, known: range) -> Iterator[Agent]:
        """What is done in a clause with "when" to a molecule: what is said beside is said of that."""
        for j, term in enumerate(self.terms):
            if term.kind != "molecule" or j in known or self.clauses[j] == self.clauses[i]:
                continue
            above = self.governors.get(j)
            first = self.terms[self.begin(j)].text.casefold()
            if above is not None and first in _WHEN:
                yield from (Agent(key, self.effect_of(above), direct=False) for key in (term.key, *term.wider))

    def _of(self, i: int, verb: int | None, kind: Kind) -> tuple[str, ...]:
        """The keys of the molecules, or of the cancers, that what is said of a thing is said of."""
        groups = self._groups(kind)
        own = [group for group in groups if self.clauses[group[0]] == self.clauses[i]]
        if not own:
            before = [group for group in groups if group[0] < i]
            own = before[-1:] or groups[:1]
            if kind == "cancer" and own and self._is_apart(own[0][0], i):
                return ()
        others = [group for group in own if i not in group] or own
        if not others:
            return ()
        group = others[0] if len(others) == 1 else self._nearest(others, i, verb, kind)
        keys = tuple(dict.fromkeys(self.terms[j].key for j in group if j != i or kind == "cancer"))
        respective = {one for one, other in self.paired if other == self.terms[i].key and one in keys}
        return tuple(key for key in keys if key in respective or not respective)

    def _is_apart(self, cancer: int, i: int) -> bool:
        """True for a cancer that is said of the molecule of its own clause alone: it stands behind it."""
        molecules = [j for j, term in enumerate(self.terms) if term.kind == "molecule"]
        there = [j for j in molecules if self.clauses[j] == self.clauses[cancer]]
        here = any(self.clauses[j] == self.clauses[i] for j in molecules)
        return here and bool(there) and there[0] < cancer

    def _nearest(self, groups: list[list[int]], i: int, verb: int | None, kind: Kind) -> list[int]:
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
        return place not in self.governors or self.effect_of(self.governors[place]) != "raises"

    def _groups(self, kind: Kind) -> list[list[int]]:
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
