"""What is said of one group of molecules, put together: target, pathway and effect of a sentence or row are one chain.

"X inhibits PTEN and activates AKT signaling, promoting invasion" is a chain: X inhibits PTEN, through AKT signaling, to
invasion. A mechanism's direction is what is done to its target; where it has none, to its pathway; where it has
neither, to its effect. So a pathway that goes another way than the target has a mechanism of its own besides, without a
target. An effect in a chain is one that there is more of; one that there is less of, and what is denied, stand by
themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.mechanisms.assertions import Assertion
from qa.mechanisms.spans import slots
from qa.results import Slot


@dataclass(frozen=True, slots=True)
class Said:
    """An assertion, its words and what is acted on as slots of the document; fields as in `Mechanism`."""

    direction: tuple[Slot, ...] = ()
    negated: bool = False
    target: tuple[Slot, ...] = ()
    pathway: tuple[Slot, ...] = ()
    effect: tuple[Slot, ...] = ()

    @property
    def lowers(self) -> bool:
        """True where it says that there is less of something."""
        return any(word.name == "inhibits" for word in self.direction)


def said(assertion: Assertion, text: str, shift: int) -> Said:
    """An assertion of the words of a document's text that begin at `shift`."""
    kinds = {
        kind: slots(text, (one for one in assertion.objects if one.kind == kind), shift)
        for kind in ("gene", "pathway", "process")
    }
    words = tuple(
        Slot(text[word.start + shift : word.end + shift], assertion.direction, word.start + shift, word.end + shift)
        for word in assertion.words
    )
    return Said(words, assertion.negated, kinds["gene"], kinds["pathway"], kinds["process"])


def joined(found: Sequence[Said]) -> Iterator[Said]:
    """The mechanisms that these assertions about one group of molecules make, in order."""
    sure = [one for one in found if not one.negated]
    pathways = _each(slot for one in sure for slot in one.pathway)
    raised = [one for one in sure if one.effect and not one.lowers]
    effects = _each(slot for one in raised for slot in one.effect)
    targeting = [one for one in sure if one.target]
    for one in targeting:
        yield Said(one.direction, False, one.target, _each(_through(one, sure, targeting)), effects)
    told = {_way(one) for one in targeting}
    alone = [one for one in sure if one.pathway and one.direction and _way(one) not in told]
    yield from (Said(one.direction, False, (), one.pathway, effects) for one in alone)
    lowered = [one for one in sure if one.effect and one.lowers]
    free = () if targeting or alone or raised else pathways
    if free and not lowered:
        yield Said(pathway=free)
    elif not targeting and not alone:
        for way in dict.fromkeys(_way(one) for one in raised):
            same = [one for one in raised if _way(one) == way]
            words = _each((word for one in same for word in one.direction), by_name=False)
            yield Said(words, False, (), pathways, _each(slot for one in same for slot in one.effect))
    yield from (Said(one.direction, False, (), free, one.effect) for one in lowered)
    yield from (one for one in found if one.negated)


def _through(one: Said, sure: Sequence[Said], targeting: Sequence[Said]) -> Iterator[Slot]:
    """The pathways that lead on from a target; one that is lowered does not from what is raised beside what is lowered.

    To lower PIK3CA lowers PI3K/AKT; that TGF-β rises besides is another chain.
    """
    beside = not one.lowers and any(other.lowers for other in targeting)
    for other in sure:
        if not (beside and other.lowers):
            yield from other.pathway


def _way(one: Said) -> str:
    return one.direction[0].name if one.direction else ""


def _each(found: Iterable[Slot], *, by_name: bool = True) -> tuple[Slot, ...]:
    """Slots in order, equal names (or places) once."""
    kept: dict[str | int, Slot] = {}
    for slot in found:
        kept.setdefault(slot.name if by_name else slot.start, slot)
    return tuple(kept.values())
