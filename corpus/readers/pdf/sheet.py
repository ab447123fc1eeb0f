"""A page as tables are looked for on it: its words as lines of runs, its ruling lines, and the columns of its text.

What a page is set in shows on the pages around it, too, since a table may leave it next to no running text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.pdf.content import PageContent, Word
from corpus.readers.pdf.gutters import Span
from corpus.readers.pdf.ruling import Stroke, strokes
from corpus.readers.pdf.runs import Run, Spaced, spaced

_LEAST = 6  # runs of running text that show its columns
_OVER = 0.25  # of a page's runs, up to which some may run over the gutters of the document
_SMALLEST = 0.75  # of the size of a document's running text, down to which text may show columns
_FULL = 0.9  # likewise, of which there is none in most tables
_JUSTIFIED = 0.9  # of the font's size, the widest blank between words that shows no gutter
_PROSE = 4  # words from which a run may be of running text
_EDGE = 12.0  # points by which a table may stand out of its column
_SLIGHT = 0.3  # points by which two lines of one size may differ
_STEP = 0.05  # of the size, to which white between lines is counted
_USUAL = 0.3  # of the size, the white between lines where no text shows it
_MORE = 0.25


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page.

    Attributes:
        number: from 1.
        words: in the order of the file.
        lines: all of them as lines, from the top.
        levels, uprights: ruling lines, each by place.
        columns: of running text, from the left; at least one.
        body: the font size of running text, in points; 0 where there is none.
        near: of the font's size, the widest white between two lines of one paragraph.
    """

    number: int
    words: tuple[Word, ...]
    lines: tuple[Spaced, ...]
    levels: tuple[Stroke, ...]
    uprights: tuple[Stroke, ...]
    columns: tuple[Span, ...]
    body: float
    near: float

    def within(self, span: Span, top: float, bottom: float) -> tuple[Spaced, ...]:
        """The lines that the words between these places make, from the top."""
        return spaced(
            [
                word
                for word in self.words
                if span[0] <= (word.left + word.right) / 2 <= span[1]
                and top <= word.baseline - 0.3 * word.size <= bottom
            ],
            self.number,
        )

    def around(self, left: float, right: float) -> Span:
        """From where to where the text goes that something from `left` to `right` stands in: its column, or several."""
        first = next((col for col in self.columns if left >= col[0] - _EDGE and right <= col[1] + _EDGE), None)
        if first is not None:
            return min(left, first[0]) - 1, max(right, first[1]) + 1
        inside = [col for col in self.columns if col[1] > left + _EDGE and col[0] < right - _EDGE]
        return min([left, *(col[0] for col in inside)]) - 1, max([right, *(col[1] for col in inside)]) + 1


def sheets_of(pages: Sequence[PageContent]) -> Iterator[Sheet]:
    """The pages of a document, looked at, each with what the others tell of it."""
    lined = [spaced(page.words, page.number) for page in pages]
    runs = [[run for line in lines for run in _stretches(line) if len(run.words) >= _PROSE] for lines in lined]
    body = _usual_size([run for some in runs for run in some])
    text = [[run for run in some if run.words[0].size >= _SMALLEST * body] for some in runs]
    full = [_shows([run for run in some if run.words[0].size >= _FULL * body]) for some in text]
    own = [columns or _shows(some) for columns, some in zip(full, text, strict=True)]
    count = _usual_count(full)
    columns = [_shown(at, own, some, count) or (_everything(pages[at].words),) for at, some in enumerate(text)]
    whites = [_whites(page, some, _SMALLEST * body) for page, some in zip(pages, columns, strict=True)]
    every = sum(whites, Counter[float]())
    for at, page in enumerate(pages):
        near = _near(whites[at] if sum(whites[at].values()) >= _LEAST else every)
        size = _usual_size(text[at]) or body
        yield Sheet(page.number, page.words, lined[at], *strokes(page.rules), columns[at], size, near)


def _stretches(line: Spaced) -> Iterator[Run]:
    """A line cut only where it is whiter than the blanks of justified text are."""
    words = list(line.runs[0].words)
    for before, run in pairwise(line.runs):
        if run.left - before.right > _JUSTIFIED * line.size:
            yield Run(tuple(words))
            words = []
        words += run.words
    yield Run(tuple(words))


def _shows(runs: Sequence[Run]) -> tuple[Span, ...]:
    """The columns that some runs show; none where there are too few."""
    return tuple(_columns(runs)) if len(runs) >= _LEAST else ()


def _usual_size(runs: Iterable[Run]) -> float:
    """That of most words in runs, in points; 0 where there are none."""
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(run.words[0].size, 1)] += len(run.words)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def _usual_count(own: Sequence[Sequence[Span]]) -> int:
    """How many columns most pages have that show any; the more where that is undecided."""
    counts = Counter(len(columns) for columns in own if columns)
    return max(counts, key=lambda count: (counts[count], count)) if counts else 0


def _shown(at: int, own: Sequence[tuple[Span, ...]], runs: Sequence[Run], count: int) -> tuple[Span, ...]:
    """The columns of page `at`: those of most pages unless its text runs over their gutters, else its own."""
    if count < 2 or len(own[at]) == count:
        return own[at]
    # left and right pages may have other margins
    others = [other for other, columns in enumerate(own) if len(columns) == count]
    nearest = own[min(others, key=lambda other: ((other - at) % 2, abs(other - at), other))]
    over = sum(
        any(run.left < left - _EDGE and run.right > right + _EDGE for (_, left), (right, _) in pairwise(nearest))
        for run in runs
    )
    return nearest if over <= _OVER * len(runs) else own[at]


def _everything(words: Sequence[Word]) -> Span:
    return min((word.left for word in words), default=0.0), max((word.right for word in words), default=0.0)


def _whites(page: PageContent, columns: Sequence[Span], smallest: float) -> Counter[float]:
    """How often there is how much white between two lines of running text, of the font's size."""
    whites: Counter[float] = Counter()
    for left, right in columns:
        column = spaced(
            [word for word in page.words if left - 1 <= (word.left + word.right) / 2 <= right + 1], page.number
        )
        for above, below in pairwise(column):
            alike = above.size >= smallest and abs(above.size - below.size) < _SLIGHT
            if alike and len(above.words) >= _PROSE and len(above.runs) == 1:
                whites[round((below.top - above.bottom) / below.size / _STEP) * _STEP] += 1
    return whites


def _near(whites: Counter[float]) -> float:
    """A little more than the white that is the most frequent."""
    return (max(whites, key=lambda white: (whites[white], -white)) if whites else _USUAL) + _MORE


def _columns(runs: Sequence[Run], depth: int = 2) -> list[Span]:
    """The columns that running text is set in: parted where many runs end before and begin behind, and few cross."""
    if len(runs) < _LEAST:
        return [(min(run.left for run in runs), max(run.right for run in runs))] if runs else []
    best = None
    for place in sorted({run.left - 2 for run in runs}):
        before = [run for run in runs if run.right <= place + 1]
        behind = [run for run in runs if run.left >= place]
        least = min(len(before), len(behind))
        crossing = len(runs) - len(before) - len(behind)
        if least >= 3 and crossing < least and least > len(runs) // 6:
            best = max(best or (least - crossing, place), (least - crossing, place))
    if best is None or not depth:
        return [(min(run.left for run in runs), max(run.right for run in runs))]
    before = [run for run in runs if run.right <= best[1] + 1]
    behind = [run for run in runs if run.left >= best[1]]
    return [*_columns(before, depth - 1), *_columns(behind, depth - 1)]
