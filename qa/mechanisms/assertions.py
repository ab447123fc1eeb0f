"""Who does what to what: relation words joined with what acts and what is acted on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qa.mechanisms.actors import Actor, actors_in, molecules_in
from qa.mechanisms.clauses import adjoins, clauses, joins, negates, negates_next, reaches
from qa.mechanisms.genes import genes_in
from qa.mechanisms.pathways import pathways_in
from qa.mechanisms.processes import processes_in
from qa.mechanisms.spans import Span, apart
from qa.mechanisms.verbs import Direction, Relation, compose, relations_in

_Item = Span | Relation
_ROLE: Final = re.compile(r"\s+of\s.*\sin\s+(?:the\s+)?(?:[\w-]+\s+){0,2}", re.IGNORECASE)
_PART_IN: Final = re.compile(r"(?:roles?|involvement)\b", re.IGNORECASE)
# what follows is a condition, not what is done: "even under VEGF blockade"
_UNDER: Final = re.compile(r"\b(?:under|despite|upon|after|during)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_BY: Final = re.compile(r"\s+(?:\w+ly\s+)?by\s+|(?<=[tes] of)\s+|(?<=[tes] for)\s+", re.IGNORECASE)
_BE: Final = re.compile(
    r"[^,;]*\b(?:is|are|was|were|be|been|being|as)\s+(?:[\w-]+\s+){0,3}|,\s+(?:an?|the)\s+(?:\w+\s+){0,2}",
    re.IGNORECASE,
)
# after a gene these speak of the gene: "PTEN, a protein involved in", "TSC2 which controls"
_OF_THE_GENE: Final = re.compile(
    r"\s*[,(–-]\s*(?:an?|the|one\s+of|known)\b.*|\s+(?:that|which|who)\s.*|\s*\(?which\s.*", re.IGNORECASE
)
_WHICH: Final = re.compile(
    r".*,\s*which\s+(?P<then>(?:subsequently|consequently|then|in\s+turn|thereby|thus|ultimately|finally)\b)?.*",
    re.IGNORECASE,
)
_ONWARD: Final = re.compile(r"\b(?:which|that|thereby|thus|lead\w*|result\w*|consequently|in\s+turn)\b", re.IGNORECASE)
# before a participle that says which one is meant: "with elevated miR-155"
_WHICH_ONE: Final = re.compile(
    r"(?:^\W*|\b(?:the|an?|with|of|by|in|from|and|containing|carrying|\w+ly)\s+)$", re.IGNORECASE
)
_THROUGH: Final = re.compile(r"\b(?:via|through|involving|by\s+means\s+of)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_PASSED_ON: Final = re.compile(r".*,\s*(?:which|that)\b.*", re.IGNORECASE)
# what is asked, or not borne out, is not said: "whether miR-21 inhibits"
_OPEN: Final = re.compile(
    r"\bwhether\b|\bno\s+(?:[\w-]+\s+)?(?:evidence|proof|indication)\b"
    r"|\b(?:not|never)\s+(?:be|been)\s+(?:confirmed|replicated|reproduced|shown|proven|established|demonstrated)\b",
    re.IGNORECASE,
)
_RESPECTIVELY: Final = re.compile(r"\brespectively\b", re.IGNORECASE)
_OR: Final = re.compile(r".*\b(?:or|nor)\s+(?:\w+ly\s+)?", re.IGNORECASE)
_ALONE: Final = re.compile(r"\W*(?:(?:also|instead|rather|then|thereby|\w+ly)\s+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Assertion:
    """One thing that is said: a direction, in which words, and what is acted on.

    Attributes:
        actor: which microRNAs act; None for those that the text around it is about.
        words: the relation words, outermost first.
        objects: genes, pathways or processes, in order, never empty.
    """

    actor: Actor | None
    direction: Direction
    words: tuple[Span, ...]
    negated: bool
    objects: tuple[Span, ...]


@dataclass(slots=True)
class _Reach:
    """A relation with what it acts on: the places of its objects and of the relation words within its reach."""

    objects: list[int]
    chain: list[int]
    negated: bool = False


def assertions_in(text: str, *, about: bool = False) -> tuple[Assertion, ...]:
    """What a sentence or a cell says that microRNAs do, in order.

    Args:
        about: the text around it names who acts; then what no microRNA of its own does counts too.
    """
    found: list[Assertion] = []
    for start, end in clauses(text):
        if _OPEN.search(text, start, end):
            continue
        before = found[-1].actor if found else None
        found += _Clause(text[start:end], before, about=about).assertions(start)
    return tuple(found)


class _Clause:
    """One clause: the things and the relation words in it, in order."""

    def __init__(self, text: str, before: Actor | None, *, about: bool) -> None:
        things = apart([*molecules_in(text), *pathways_in(text), *genes_in(text), *processes_in(text)])
        taken = [
            (thing.start, thing.end) for thing in things if thing.kind != "process" or thing.name != "M2 polarization"
        ]
        self.actors = actors_in(text)
        taken += [(actor.less.start, actor.less.end) for actor in self.actors if actor.less]
        relations = [one for one in relations_in(text) if not any(a <= one.start < b for a, b in taken)]
        self.text = text
        self.items: list[_Item] = sorted([*things, *relations], key=lambda item: (item.start, item.end))
        self.before = before
        self.about = about

    def assertions(self, shift: int) -> Iterator[Assertion]:
        """What is said, in order, in characters of the text that begins `shift` before this clause."""
        done: set[int] = set()
        consumed: set[int] = set()
        negated = False
        for place, item in enumerate(self.items):
            if not isinstance(item, Relation) or place in done:
                continue
            reach = self._reach(place)
            if reach is None:
                continue
            done.update(reach.chain)
            said = self._said(place, reach, consumed, or_negated=negated)
            consumed.update(reach.objects)
            if said is not None:
                negated = said.negated
                yield _shifted(said, shift)
        yield from (_shifted(said, shift) for said in self._through(consumed))

    def _through(self, consumed: set[int]) -> Iterator[Assertion]:
        """The pathways that the clause only says to be gone through, with no direction: "via PI3K/AKT signaling"."""
        for place, item in enumerate(self.items):
            if place in consumed or not isinstance(item, Span) or item.kind != "pathway":
                continue
            ahead = [actor for actor in self.actors if actor.start < item.start]
            if (ahead or self.about) and _THROUGH.search(self.text, max(0, item.start - 60), item.start):
                yield Assertion(ahead[-1] if ahead else None, "affects", (), negated=False, objects=(item,))

    def _gap(self, left: int, right: int) -> str:
        return self.text[self.items[left].end : self.items[right].start]

    def _reach(self, place: int) -> _Reach | None:
        """What the relation at `place` acts on: what stands after it, or before it for a noun and a passive."""
        relation = self.items[place]
        assert isinstance(relation, Relation)  # noqa: S101 (tells the type checker)
        if relation.form == "passive":
            return self._before(place)
        said_last = self.about and self.text[: relation.end].endswith("ed")  # "RASSF4 down-regulated", in a row
        return self._after(place) or (self._before(place) if said_last or relation.form == "noun" else None)

    def _after(self, place: int) -> _Reach | None:
        chain, following = [place], place + 1
        if _PART_IN.match(self.text, self.items[place].start):
            following = self._after_molecules(place)
        negated = False
        while following < len(self.items):
            gap = self._gap(chain[-1], following)
            item = self.items[chain[-1]]
            noun = isinstance(item, Relation) and item.form == "noun"
            neither = negates_next(gap)
            if not (
                neither
                or reaches(gap, noun=noun)
                or (len(chain) == 1 and following > place + 1 and _ROLE.fullmatch(gap))
            ):
                return None
            negated = negated or neither
            if not isinstance(self.items[following], Relation):
                break
            chain.append(following)
            following += 1
        objects = self._listed(following)
        if not objects:
            return None
        last = objects[-1] + 1
        if last < len(self.items) and self._closes(objects[-1], last):
            chain.append(last)  # "suppressing PTEN activation"
        return _Reach(objects, chain, negated)

    def _after_molecules(self, place: int) -> int:
        """The place after the molecules that follow a relation: "involvement of miR-21 in EMT"."""
        place += 1
        while place < len(self.items) and self._is(place, "molecule"):
            place += 1
        return place

    def _closes(self, thing: int, place: int) -> bool:
        """True for a noun right behind a thing that acts on it, with nothing of its own behind it."""
        item = self.items[place]
        if not isinstance(item, Relation) or item.form != "noun" or not adjoins(self._gap(thing, place)):
            return False
        following = place + 1
        return following >= len(self.items) or not reaches(self._gap(place, following), noun=True)

    def _listed(self, place: int) -> list[int]:
        """The places of the list of things that begins at `place`; empty where a microRNA or nothing stands there."""
        if place >= len(self.items) or isinstance(self.items[place], Relation) or self._is(place, "molecule"):
            return []
        found = [place]
        while place + 1 < len(self.items) and not isinstance(self.items[place + 1], Relation):
            if self._is(place + 1, "molecule") or not joins(self._gap(place, place + 1)):
                break
            place += 1
            found.append(place)
        return found

    def _before(self, place: int) -> _Reach | None:
        """The list of things right before a noun, or before the verb of a passive."""
        last = place - 1
        if last < 0 or isinstance(self.items[last], Relation) or self._is(last, "molecule"):
            return None
        gap, relation = self._gap(last, place), self.items[place]
        passive = isinstance(relation, Relation) and relation.form == "passive"
        if not (adjoins(gap) or (passive and _BE.fullmatch(gap))):
            return None
        first = last
        while first > 0 and not isinstance(self.items[first - 1], Relation) and not self._is(first - 1, "molecule"):
            if not joins(self._gap(first - 1, first)):
                break
            first -= 1
        if _UNDER.search(self.text, max(0, self.items[first].start - 40), self.items[first].start):
            return None
        return _Reach(list(range(first, last + 1)), [place])

    def _is(self, place: int, kind: str) -> bool:
        item = self.items[place]
        return isinstance(item, Span) and item.kind == kind

    def _said(self, place: int, reach: _Reach, consumed: set[int], *, or_negated: bool) -> Assertion | None:
        relations = [item for link in reach.chain if isinstance(item := self.items[link], Relation)]
        relation = relations[0]
        if self._is_of_another(place, consumed, reach) or (relation.form == "passive" and consumed & {*reach.objects}):
            return None  # what a passive acts on may be an event: "the loss of PTEN caused by"
        acts, actor = self._actor(place, relation, reach)
        if not acts or (actor and len(actor.names) > 1 and _RESPECTIVELY.search(self.text)):
            return None  # which of several does which of several is not told apart
        direction = relations[-1].direction
        for outer in reversed(relations[:-1]):
            direction = compose(outer.direction, direction)
        telling = [one for one in relations if one.direction != "affects"] or relations  # not "role in" beside another
        words = tuple(
            Span("process", direction, one.start, one.end) for one in sorted(telling, key=lambda one: one.start)
        )
        low = self.items[place - 1].end if place else 0
        before = self.text[max(low, relation.start - 60) : relation.start]
        denied = actor is not None and actor.denied
        negated = denied or reach.negated or negates(before) or (or_negated and _OR.fullmatch(before) is not None)
        objects = tuple(thing for link in reach.objects if isinstance(thing := self.items[link], Span))
        if actor and actor.less:
            direction = compose("inhibits", direction) if direction != "affects" else direction
            words = tuple(replace(word, name=direction) for word in (actor.less, *words))
        return Assertion(actor, direction, words, negated, objects)

    def _is_of_another(self, place: int, consumed: set[int], reach: _Reach) -> bool:
        """True where a gene or pathway is what acts: the one right before a verb, or one that a clause speaks of."""
        relation, last = self.items[place], place - 1
        if last < 0 or not (self._is(last, "gene") or self._is(last, "pathway")) or last in reach.objects:
            return False
        gap = self._gap(last, place)
        if which := _WHICH.fullmatch(gap):
            effect = all(self._is(one, "process") for one in reach.objects)
            return not (which["then"] or (effect and getattr(relation, "direction", "") == "activates"))
        if _OF_THE_GENE.fullmatch(gap):
            return True
        finite = isinstance(relation, Relation) and relation.form == "active"
        return finite and last not in consumed and not re.search(r"[,;]|\b(?:and|by|via|through)\b", gap)

    def _actor(self, place: int, relation: Relation, reach: _Reach) -> tuple[bool, Actor | None]:
        """Whether a microRNA does it, and which; None for those that the text around is about."""
        if relation.form == "passive":
            return self._by(place)
        low = self._after_molecules(place) if _PART_IN.match(self.text, relation.start) else place
        ahead = [actor for actor in self.actors if actor.start < self.items[low].start]
        if ahead:
            nearest = ahead[-1]
            between = self.text[nearest.end : relation.start]
            if self._is_passed_on(nearest, relation):
                return False, None
            return (not self._is_acted_on(nearest) or bool(_ONWARD.search(between))), nearest
        last = max((self.items[one].end for one in reach.objects), default=relation.end)
        through = [actor for actor in self.actors if actor.through and actor.start >= last]
        if through:
            return True, through[0]
        if self.before is not None and _ALONE.fullmatch(self.text[: relation.start]):
            return True, self.before
        return self.about and not self.actors, None

    def _by(self, place: int) -> tuple[bool, Actor | None]:
        by = _BY.match(self.text, self.items[place].end)
        if by is None:
            return self.about, None
        behind = [actor for actor in self.actors if actor.start >= by.end()]
        if (
            behind
            and len(self.text[by.end() : behind[0].start]) <= 60
            and not re.search(r"[;]|\bwhich\b", self.text[by.end() : behind[0].start])
        ):
            return True, behind[0]
        return False, None

    def _is_passed_on(self, actor: Actor, relation: Relation) -> bool:
        """True where what acts on the microRNAs does this too: "miR-21 is reduced by curcumin, which suppresses"."""
        return any(
            isinstance(one, Relation)
            and one.form == "passive"
            and actor.end <= one.start < relation.start
            and _BY.match(self.text, one.end)
            and _PASSED_ON.fullmatch(self.text, one.end, relation.start)
            for one in self.items
        )

    def _is_acted_on(self, actor: Actor) -> bool:
        """True where something else raises or lowers the microRNAs: "hypoxia induces miR-21"."""
        if actor.less:
            return False
        ahead = [item for item in self.items if isinstance(item, Relation) and item.end <= actor.start]
        if not ahead or ahead[-1].form != "active" or not self.text[: ahead[-1].start].strip():
            return False
        says_which = self.text[: ahead[-1].end].endswith("ed") and _WHICH_ONE.search(self.text, 0, ahead[-1].start)
        return not says_which and reaches(self.text[ahead[-1].end : actor.start])


def _shifted(said: Assertion, shift: int) -> Assertion:
    actor = said.actor
    if actor is not None:
        less = _moved(actor.less, shift) if actor.less else None
        actor = replace(actor, names=tuple(_moved(name, shift) for name in actor.names), less=less)
    words, objects = (tuple(_moved(one, shift) for one in spans) for spans in (said.words, said.objects))
    return replace(said, actor=actor, words=words, objects=objects)


def _moved(span: Span, shift: int) -> Span:
    return replace(span, start=span.start + shift, end=span.end + shift)


def groups(assertions: Sequence[Assertion]) -> dict[tuple[Span, ...], list[Assertion]]:
    """Assertions by who acts, in order; `()` for those of which the text around says who."""
    found: dict[tuple[Span, ...], list[Assertion]] = {}
    for one in assertions:
        found.setdefault(one.actor.names if one.actor else (), []).append(one)
    return found
