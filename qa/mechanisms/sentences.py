"""What the sentences of a passage say of molecules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.records import Passage
from qa.mechanisms.actors import Actor, actors_in
from qa.mechanisms.assertions import Assertion, assertions_in, groups
from qa.mechanisms.cancers import cancers_in
from qa.mechanisms.cells import recipients_in, sources_in
from qa.mechanisms.clauses import clauses
from qa.mechanisms.joining import Said, joined, said
from qa.mechanisms.spans import Span, slots
from qa.mechanisms.verbs import compose
from qa.results import Slot

# a sentence that goes on about what the one before it spoke of
_GOES_ON: Final = re.compile(
    r"(?:(?:in\s+turn|consequently|moreover|furthermore|additionally|in\s+addition|thus|thereby|as\s+a\s+result|then)\s*,?\s+)?"
    r"(?:this|these|it|such|its|they|the\s+(?:transfer|process|mechanism|effect|same)s?)\b",
    re.IGNORECASE,
)


_OF_SEVERAL: Final = re.compile(r"(?:[\w\s]*?,\s+)?(?:these|they|their|both)\b", re.IGNORECASE)
_LONGEST: Final = 3000
"""Characters of what may be a sentence; what is longer is no prose."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A mechanism as a sentence states it; fields as in `Mechanism`."""

    start: int
    end: int
    molecule: tuple[Slot, ...]
    source: tuple[Slot, ...]
    recipient: tuple[Slot, ...]
    cancer: tuple[Slot, ...]
    said: Said


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a document's text, `[start, end)`, and what it said of one group of molecules, for the next one."""

    start: int
    end: int
    molecule: tuple[Slot, ...] = ()
    less: Slot | None = None
    source: tuple[Slot, ...] = ()
    recipient: tuple[Slot, ...] = ()
    cancer: tuple[Slot, ...] = ()


def stated_in(passage: Passage, text: str) -> Iterator[Stated]:
    """What each sentence states, in order.

    A sentence that names no molecule and begins with "this", "it" or the like is about that of the one before, if that
    one names a single one; with "these" or "they", about those that it names together. It then stands in both.
    """
    before: _Sentence | None = None
    for start, end in passage.sentences:
        if end - start > _LONGEST:
            before = None
            continue
        sentence = text[start:end]
        actors = actors_in(sentence)
        if actors:
            found = assertions_in(sentence)
            for same in groups(found).values():
                yield from _stated(text, start, end, same)
            before = _spoken_of(text, start, end, actors)
        elif before and _GOES_ON.match(sentence) and (len(before.molecule) == 1 or _OF_SEVERAL.match(sentence)):
            yield from _goes_on(text, start, end, before)
        else:
            before = None


def _stated(text: str, start: int, end: int, found: Sequence[Assertion]) -> Iterator[Stated]:
    actor = found[0].actor
    if actor is None:
        return
    low, high = _region(text[start:end], actor, found)
    context = _context(text, start, low, high, found)
    molecule = slots(text, actor.names, start)
    for one in joined([said(assertion, text, start) for assertion in found]):
        yield Stated(start, end, molecule, *context, one)


def _goes_on(text: str, start: int, end: int, before: _Sentence) -> Iterator[Stated]:
    found = assertions_in(text[start:end], about=True)
    source, recipient, cancer = _context(text, start, 0, end - start, found)
    for one in joined([_turned(said(assertion, text, start), before.less) for assertion in found]):
        yield Stated(
            before.start, end, before.molecule, source or before.source, recipient or before.recipient,
            cancer or before.cancer, one,
        )  # fmt: skip


def _turned(one: Said, less: Slot | None) -> Said:
    """What is said where there is less of the molecule, turned round."""
    if less is None or not one.direction or one.direction[0].name == "affects":
        return one
    way = compose("inhibits", "inhibits" if one.lowers else "activates")
    return replace(one, direction=tuple(replace(word, name=way) for word in (less, *one.direction)))


def _spoken_of(text: str, start: int, end: int, actors: tuple[Actor, ...]) -> _Sentence | None:
    """What the next sentence can go on about; None where more than one group is named."""
    if len({tuple(name.name for name in actor.names) for actor in actors}) > 1:
        return None
    actor = actors[0]
    less = slots(text, [actor.less], start) if actor.less else ()
    context = _context(text, start, 0, end - start, [])
    return _Sentence(start, end, slots(text, actor.names, start), less[0] if less else None, *context)


def _region(sentence: str, actor: Actor, found: Sequence[Assertion]) -> tuple[int, int]:
    """The clauses in which the molecules are named, or something is said of them."""
    places = [actor.start, *(word.start for one in found for word in one.words)]
    held = [(low, high) for low, high in clauses(sentence) if any(low <= place < high for place in places)]
    return held[0][0], held[-1][1]


def _context(
    text: str, start: int, low: int, high: int, found: Sequence[Assertion]
) -> tuple[tuple[Slot, ...], tuple[Slot, ...], tuple[Slot, ...]]:
    """Source, recipient and cancer that the characters `[low, high)` of the sentence at `start` name."""
    part = text[start + low : start + high]
    after = min((word.start for one in found for word in one.words), default=high) - low
    kinds: list[tuple[Span, ...]] = [
        sources_in(part, 0, len(part)),
        recipients_in(part, 0, len(part), after),
        cancers_in(part),
    ]
    source, recipient, cancer = (slots(text, spans, start + low) for spans in kinds)
    return source, recipient, cancer
