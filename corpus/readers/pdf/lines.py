"""Lines: the words of one column or cell as they stand beside one another, from top to bottom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus.readers.pdf.content import Word

_EVEN: Final = 0.25  # of the font's size, by which the baselines of one line differ
OFF: Final = 0.62
"""Of the larger size, that raised and lowered words stand off their line at most."""
_SMALL: Final = 0.9  # of the larger size, below which a word can be raised or lowered
_LESS: Final = 0.97  # and below which one that stands clearly off its line can
_CLEARLY: Final = 0.3  # of the larger size, off the line
_BEFORE: Final = frozenset(
    '.,;:!?)]\u201d"-\u2010\u2011\u2012\u2013\u2014\u2212'
)  # what raised numbers break off behind
_CITED: Final = re.compile(r"[\[(]?\d[\d,;\u2010-\u2015\u2212-]*[\])]?,?")


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, left to right.

    Attributes:
        words: at least one; a raised or lowered one stands where it is read.
        page: from 1.
        left, top, right, bottom: around all of them.
        baseline, size: of most of its characters.
    """

    words: tuple[Word, ...]
    page: int
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float

    @property
    def bold(self) -> bool:
        """Most of its letters are bold."""
        return 2 * sum(len(word.text) for word in self.words if word.bold) > sum(len(word.text) for word in self.words)

    @property
    def italic(self) -> bool:
        """Most of its letters are italic."""
        return 2 * sum(len(w.text) for w in self.words if w.italic) > sum(len(w.text) for w in self.words)

    @property
    def text(self) -> str:
        """The words as they stand, raised and lowered ones like any other."""
        return "".join(word.text if word.glued else f" {word.text}" for word in self.words).strip()


def lines_of(words: Iterable[Word], page: int) -> tuple[Line, ...]:
    """The lines that words of one column or cell make, from top to bottom; each word is in exactly one."""
    rows: list[list[list[Word]]] = []
    last, weight = None, 0  # the word that stands for the row, of its longest chain
    mains = [(_main(chain), chain) for chain in _chains(words)]
    for main, chain in sorted(mains, key=lambda pair: (pair[0].baseline, pair[1][0].left)):
        if last is not None and abs(main.baseline - last.baseline) <= _EVEN * max(main.size, last.size):
            rows[-1].append(chain)
        else:
            rows.append([chain])
            weight = 0
        if len(main.text) > weight:
            last, weight = main, len(main.text)
    return tuple(line(_in_order(row), page) for row in _with_scripts(rows))


def line(words: Sequence[Word], page: int) -> Line:
    """The line that words, which are in order, make."""
    main = _main(words)
    return Line(
        tuple(words),
        page,
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
        main.baseline,
        main.size,
    )


def _chains(words: Iterable[Word]) -> list[list[Word]]:
    """The words with those glued to them."""
    chains: list[list[Word]] = []
    for word in words:
        if word.glued and chains and _close(chains[-1][-1], word):
            chains[-1].append(word)
        else:
            chains.append([word])
    return chains


def _close(before: Word, word: Word) -> bool:
    """Whether the word that one is glued to is the one before it, and was not taken away."""
    size = max(before.size, word.size)
    return abs(word.left - before.right) < size and abs(word.baseline - before.baseline) < size


def _main(words: Sequence[Word]) -> Word:
    """The first word of the size and baseline that most characters have."""
    if len(words) == 1:
        return words[0]
    weights: Counter[tuple[float, float]] = Counter()
    for word in words:
        weights[round(word.size, 1), round(word.baseline, 1)] += len(word.text)
    size, baseline = max(weights, key=lambda key: (weights[key], key[0]))
    return next(word for word in words if (round(word.size, 1), round(word.baseline, 1)) == (size, baseline))


def _with_scripts(rows: list[list[list[Word]]]) -> list[list[list[Word]]]:
    """`rows` with those that are only raised or lowered words of the one below or above put into it."""
    mains = [_main([word for chain in row for word in chain]) for row in rows]
    taken: dict[int, int] = {}
    for at, row in enumerate(rows):
        best = None
        for other in (at - 1, at + 1):
            if 0 <= other < len(rows) and other not in taken and _hangs(row, mains[at], rows[other], mains[other]):
                off = abs(mains[at].baseline - mains[other].baseline)
                best = min(best or (off, other), (off, other))
        if best is not None:
            taken[at] = best[1]
    merged = [list(row) for row in rows]
    for at, other in taken.items():
        merged[other] += rows[at]
    return [row for at, row in enumerate(merged) if at not in taken]


def _hangs(row: list[list[Word]], main: Word, other: list[list[Word]], base: Word) -> bool:
    """Whether a row's words are raised or lowered beside those of the other, larger row, in its gaps or at its ends."""
    off = abs(main.baseline - base.baseline)
    if off > OFF * base.size or not is_script(main.size, off, base.size):
        return False
    first, last = min(one[0].left for one in other), max(one[-1].right for one in other)
    for chain in row:
        left, right = chain[0].left, chain[-1].right
        near = any(left <= one[-1].right + base.size and right >= one[0].left - base.size for one in other)
        # the blanks of a line that fills its column may be wide, but only what cites stands alone in them
        near = near or (first < left and right < last and all(_CITED.fullmatch(word.text) for word in chain))
        over = any(min(right, word.right) - max(left, word.left) > 0.5 * (right - left) for o in other for word in o)
        if not near or over:
            return False
    return True


def is_script(size: float, off: float, base: float) -> bool:
    """Whether a word of a size that stands off a line whose size is `base` can be raised or lowered, as it is smaller.

    A little smaller is enough where it stands clearly off the line.
    """
    return size < (_LESS if off > _CLEARLY * base else _SMALL) * base


def is_left_over(up: Line, low: Line) -> bool:
    """Whether a line is only what cites, raised and broken off the end of the line above."""
    return (
        low.size < _LESS * up.size
        and 0 < low.baseline - up.baseline < 1.5 * up.size
        and _CITED.fullmatch(low.text.replace(" ", "")) is not None
        and up.text[-1:] in _BEFORE
    )


def _in_order(row: list[list[Word]]) -> list[Word]:
    return [word for chain in sorted(row, key=lambda chain: (chain[0].left, chain[-1].right)) for word in chain]


def leading(lines: Sequence[Line]) -> float:
    """The distance of baselines that lines below one another most often have, in points; 0 where there are none."""
    steps = Counter(
        round(2 * (low.baseline - up.baseline)) / 2
        for up, low in pairwise(lines)
        if up.page == low.page and 0 < low.baseline - up.baseline < 4 * up.size
    )
    return max(steps, key=lambda step: (steps[step], -step)) if steps else 0.0
