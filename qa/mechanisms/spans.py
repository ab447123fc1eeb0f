"""Words that may fill a cell of a mechanism: where they stand in a text, of which kind, in one spelling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from qa.results import Slot

Kind = Literal["molecule", "gene", "pathway", "process", "cell", "cancer"]


@dataclass(frozen=True, slots=True)
class Span:
    """The characters `[start, end)` of a text, of one kind; `name` is the same thing in one spelling."""

    kind: Kind
    name: str
    start: int
    end: int


def apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans that begin after all before them have ended, in order; the longest of those at one place.

    >>> apart([Span("gene", "AKT", 5, 8), Span("pathway", "AKT", 5, 18), Span("gene", "PTEN", 20, 24)])[0].kind
    'pathway'
    """
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def slots(text: str, spans: Iterable[Span], shift: int = 0) -> tuple[Slot, ...]:
    """Spans of the part of a document's text that begins at `shift`, as slots of it, in order, equal names once."""
    return tuple(_slots(text, spans, shift))


def _slots(text: str, spans: Iterable[Span], shift: int) -> Iterator[Slot]:
    told: set[str] = set()
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if span.name not in told:
            told.add(span.name)
            start, end = span.start + shift, span.end + shift
            yield Slot(text[start:end], span.name, start, end)
