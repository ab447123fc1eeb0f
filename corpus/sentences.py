"""Sentences: where they begin and end, in the prose of papers.

The work is done by `sentencex` (Wikimedia's segmenter). Around it stands what it does not know of papers: a marker
after the full stop belongs to the sentence before (`in cells.[30] Later`), a few abbreviations, and that no sentence
begins with a plain word in lower case, though many begin with `miR-155` or `α-SMA`.
"""

from __future__ import annotations

import re

import sentencex  # type: ignore[import-untyped]  # no types are published for it

from corpus.markers import find_markers

_ODD_BLANK = re.compile(r"[^\S ]")
_STOP_BEFORE = re.compile(r"[.?!…][\"'”’)\]*_]{0,3}(\s*\^?)$")
_LAST_WORD = re.compile(r"([^\W\d_](?:\w|[.])*)\.$")
_BRACKET = re.compile(r"\[[^\[\]]{1,120}\]")
# Whole words in lower case. A name is not one: it has a digit, a capital, a Greek letter, or one letter and a hyphen.
_PLAIN_WORD = re.compile(r"[(\"'“‘\[]{0,2}(?:[a-zà-ÿ]{2,}(?:[-'’][a-zà-ÿ]{2,})*|a)(?=[\s,.;:!?)]|$)")
# Not parted by a blank: two words run together ("in cells.The next"), never "H2A.Z" or "ng./ml".
_RUN_TOGETHER = re.compile(r"[a-zà-ÿ]{2}[.?!][A-Z][a-z]")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]")

# No sentence ends in the first; one may end in the second, but not before a number ("no. 5", "et al. (2019)").
_NEVER_LAST = re.compile(r"approx|cf|dr|e\.g|eqs?|figs?|i\.e|mrs?|ms|prof|refs?|sects?|suppl|viz|vs")
_BEFORE_NUMBER = re.compile(r"al|ca|chap|nos?|pp?|spp?|tabs?|vol")
_NUMBER = re.compile(r"\(?\d")
_LONGEST = 20_000  # characters


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of one paragraph: spans `[start, end)` of `text`, in order, not overlapping, without outer blanks.

    Together they cover every character that is not blank. A text of blanks has none.
    """
    brackets = [match.span() for match in _BRACKET.finditer(text)]
    starts = sorted({0, *_kept(text, _after_markers(text, _boundaries(text)), brackets)})
    spans = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            spans.append((left, left + len(piece.strip())))
    return tuple(_joined(text, spans))


def _boundaries(text: str) -> set[int]:
    """Where `sentencex` would begin a sentence."""
    # It counts characters, but panics at a blank of more than one byte between an initial and a stop ("J\u00a0.").
    plain = _ODD_BLANK.sub(" ", text)
    found: set[int] = set()
    start = 0
    while start < len(plain):
        # its time grows with the square of the length, so what no paragraph is as long as is cut, at a blank
        end = len(plain) if len(plain) - start <= _LONGEST else plain.rfind(" ", start, start + _LONGEST) + 1
        end = end if end > start else start + _LONGEST
        begun = {one["start_index"] for one in sentencex.get_sentence_boundaries("en", plain[start:end])}
        found |= {start + at for at in begun if at or not start}
        start = end
    return found


def _after_markers(text: str, boundaries: set[int]) -> set[int]:
    """The boundaries with those beside markers moved behind them: `in cells.[30] ` ends there."""
    moved = set(boundaries)
    for start, end in _marker_runs(text):
        stop = _STOP_BEFORE.search(text, max(0, start - 12), start)
        if stop is None or _NEVER_LAST.fullmatch(_word_before(text, stop.start() + 1)):
            # sentencex takes "as shown[3] Later" and "see ref. [3]" for ends; without a full stop they are none.
            moved.difference_update(range(start, end + 2))
            continue
        moved.difference_update(range(stop.start() + 1, end + 2))
        plain = _begins_plain(text, end)
        if plain and stop[1].strip("^"):
            # "It fell. [30] showed why": the marker is the subject of what follows.
            moved.add(start)
        elif not plain or _word_before(text, stop.start() + 1) != "al":
            moved.add(end)
    return moved


def _marker_runs(text: str) -> list[tuple[int, int]]:
    """The spans of markers, those with nothing but blanks and commas between them taken together."""
    runs: list[tuple[int, int]] = []
    for marker in find_markers(text):
        if runs and not text[runs[-1][1] : marker.start].strip(" ,^"):
            runs[-1] = (runs[-1][0], marker.end)
        else:
            runs.append((marker.start, marker.end))
    return runs


def _kept(text: str, boundaries: set[int], brackets: list[tuple[int, int]]) -> list[int]:
    """The boundaries that begin a sentence: none within a bracket, after an abbreviation, or before a plain word."""
    inside = {place for start, end in brackets for place in range(start + 1, end)}
    # A text all in lower case tells nothing by case.
    cased = not text.islower()
    return [place for place in boundaries if place not in inside and not _is_false(text, place, cased=cased)]


def _is_false(text: str, place: int, *, cased: bool) -> bool:
    head = text[max(0, place - 40) : place].rstrip()
    after = text[place : place + 80].lstrip()
    if head.endswith("]"):
        return False
    parted = any(map(str.isspace, text[place - 1 : place + 1]))
    if not parted and text[place - 1] not in "。！？" and not _RUN_TOGETHER.match(text, max(0, place - 3)):
        return True
    word = _word_before(text, place)
    if _NEVER_LAST.fullmatch(word) or (_BEFORE_NUMBER.fullmatch(word) and _NUMBER.match(after)):
        return True
    return cased and _begins_plain(text, place)


def _begins_plain(text: str, place: int) -> bool:
    return bool(_PLAIN_WORD.match(text[place : place + 80].lstrip()))


def _word_before(text: str, place: int) -> str:
    """The word that ends in a full stop just before a place, in lower case, without it; `""` where there is none."""
    found = _LAST_WORD.search(text[max(0, place - 40) : place].rstrip())
    return found[1].lower() if found else ""


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans with a lone `1.` or `(a)` joined to what it numbers, and lone signs to what they follow."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        signs = not any(map(str.isalnum, text[start:end]))
        if joined and (signs or _ENUMERATOR.fullmatch(text, *joined[-1])):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
