"""Mechanisms put together by hand, for tests of what is made of them."""

from __future__ import annotations

import re

from qa.results import DocumentCard, Mechanism, MechanismEntry, Slot

CARD = DocumentCard("kelp", "Kelp letters", ("A. Ito",), 2020, None, "kelp.md")


def said(text: str, *, direction: str = "", negated: bool = False, document: str = "kelp", **cells: str) -> Mechanism:
    """A mechanism that fills its cells with words of `text`; several of one cell are parted by `; `.

    Args:
        direction: `inhibits by silencing` is the direction `inhibits`, said by the word `silencing`.
        cells: `WORDS`, or `WORDS as NAME` where the name is spelled otherwise.
    """

    def slots(given: str) -> tuple[Slot, ...]:
        return tuple(slot(*re.split(" as ", part)) for part in given.split("; ") if part)

    def slot(words: str, name: str | None = None) -> Slot:
        start = text.index(words)
        return Slot(words, name or words, start, start + len(words))

    name, _, word = direction.partition(" by ")
    filled = {cell: slots(cells.get(cell, "")) for cell in _CELLS}
    return Mechanism(
        f"{document}:0-{len(text)}", document, 0, len(text), negated=negated,
        direction=(slot(word, name),) if direction else (), references=(), cautions=(), permalink="/evidence/x",
        **filled,
    )  # fmt: skip


_CELLS = ("molecule", "source", "recipient", "target", "pathway", "effect", "cancer")


def entry(text: str, **given: object) -> MechanismEntry:
    """The same with a paper."""
    return MechanismEntry(said(text, **given), CARD, text)  # type: ignore[arg-type]
