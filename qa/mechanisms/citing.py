"""Which primary studies a sentence stands on: those that it cites, or else those cited for it nearby.

A review cites a study once for all that it tells of it, mostly where it ends. A sentence that cites nothing stands on
what the next one of its paragraph cites that cites anything; where it points back ("these vesicles …"), on what the one
before cites. What no such sentence cites anything for stands on nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from corpus.pointers import EVIDENCE, Pointers, joined
from corpus.records import Document, Reference
from corpus.sentences import sentences

Span = tuple[int, int]
_POINTS_BACK: Final = re.compile(
    r"(?:(?:\w+,|In \w+,|Thus|Hence)\s+)?(?:This|These|Those|Such|It|Its|They|Their)\b", re.IGNORECASE
)


class Citing:
    """What the sentences of one document stand on."""

    def __init__(self, document: Document, references: Sequence[Reference]) -> None:
        self._text = document.text
        self._pointers = Pointers(document, references)
        self._paragraphs = [(block.start, block.end) for block in document.blocks if block.kind in EVIDENCE]
        self._sentences = lru_cache(maxsize=256)(self._cut)

    def of(self, start: int, end: int) -> tuple[str, ...]:
        """The markers of the studies that what stands in `[start, end)` rests on, in order; none where none is cited.

        Args:
            start, end: characters of the document's text, within one paragraph.
        """
        if own := self._cited((start, end)):
            return own
        place = bisect_right(self._paragraphs, (start, len(self._text))) - 1
        if place < 0 or self._paragraphs[place][1] < end:
            return ()
        every = self._sentences(self._paragraphs[place])
        before = [span for span in every if span[1] <= start]
        after = [span for span in every if span[1] > start]
        back = after[:1] and _POINTS_BACK.match(self._text, after[0][0])
        order = [*reversed(before), *after] if back else after
        return next(filter(None, map(self._cited, order)), ())

    def _cited(self, span: Span) -> tuple[str, ...]:
        return joined(self._pointers.within(*span))[0]

    def _cut(self, paragraph: Span) -> tuple[Span, ...]:
        start, end = paragraph
        return tuple((start + left, start + right) for left, right in sentences(self._text[start:end]))
