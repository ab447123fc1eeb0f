"""Passages: the sentences of one paragraph, a few at a time, as spans of its text."""

from __future__ import annotations

import re

from corpus.markers import find_markers
from corpus.sentences import sentences

MAX_SENTENCES = 2
"""Sentences a passage holds, before a very short last one is added to it."""
MAX_CHARS = 900
"""Characters a passage may hold, from its first to its last."""
SHORT = 60
"""A last sentence of fewer characters does not stand alone where there is room in the passage before."""
MOST_SENTENCES = 3
"""No passage holds more, a short last sentence included, unless more were asked for."""

_CLAUSE_END = re.compile(r"[,;:.?!)\]—–]\s")
_BLANK = re.compile(r"\s")

Span = tuple[int, int]


def cut(
    text: str,
    start: int,
    end: int,
    *,
    max_sentences: int = MAX_SENTENCES,
    max_chars: int = MAX_CHARS,
) -> tuple[tuple[Span, ...], ...]:
    """The passages of the paragraph `text[start:end]`, each as the spans of its sentences, in characters of `text`.

    In order, not overlapping, together covering every character that is not blank. A passage runs from the start of
    its first sentence to the end of its last, at most `max_chars`; a longer sentence is divided, at the end of a
    clause where there is one, and never within a marker that is no longer than the limit.

    Args:
        text: a document's text.
        start: first character of the paragraph.
        end: one past its last.
        max_sentences: 1 or more.
        max_chars: 1 or more.
    """
    pieces: list[Span] = []
    for left, right in sentences(text[start:end]):
        pieces.extend(_divided(text, start + left, start + right, max_chars))
    passages: list[list[Span]] = []
    for piece in pieces:
        if passages and len(passages[-1]) < max_sentences and piece[1] - passages[-1][0][0] <= max_chars:
            passages[-1].append(piece)
        else:
            passages.append([piece])
    if len(passages) > 1:
        _settle_last(passages, max(max_sentences, MOST_SENTENCES), max_chars)
    return tuple(tuple(passage) for passage in passages)


def _settle_last(passages: list[list[Span]], most: int, max_chars: int) -> None:
    """Takes a very short last sentence out of its loneliness, where limits allow."""
    before, last = passages[-2], passages[-1]
    if len(last) > 1 or last[0][1] - last[0][0] >= SHORT:
        return
    if len(before) < most and last[0][1] - before[0][0] <= max_chars:
        before.append(last[0])
        passages.pop()
    elif len(before) > 1 and last[0][1] - before[-1][0] <= max_chars:
        last.insert(0, before.pop())


def _divided(text: str, start: int, end: int, max_chars: int) -> list[Span]:
    """One sentence as spans of at most `max_chars`, without outer blanks."""
    pieces = []
    while end - start > max_chars:
        place = _place_to_divide(text, start, start + max_chars)
        pieces.append((start, start + len(text[start:place].rstrip())))
        start = place
        while text[start].isspace():
            start += 1
    return [*pieces, (start, end)]


def _place_to_divide(text: str, start: int, limit: int) -> int:
    """Where to divide a sentence: after `start`, at `limit` or before it."""
    # A blank at the limit itself leaves exactly max_chars before it.
    window = text[start : limit + 1]
    markers = [(marker.start, marker.end) for marker in find_markers(text, start, limit + 40)]

    def outside(place: int) -> bool:
        return not any(left < place < right for left, right in markers)

    # A clause that ends in the first half would leave a stub, so a blank further on is better.
    ends = [start + match.start() + 1 for match in _CLAUSE_END.finditer(window, len(window) // 2)]
    blanks = [start + match.start() for match in _BLANK.finditer(window, 1)]
    for place in (*reversed(ends), *reversed(blanks)):
        if outside(place):
            return place
    left = min((left for left, right in markers if left < limit < right), default=limit)
    return left if left > start else limit
