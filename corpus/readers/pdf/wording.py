"""What lines of words say, as one line of text, and where each of its words is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from corpus import inline
from corpus.drafting import Printed, citing
from corpus.joining import Words, seam, words_of
from corpus.markers import UNIT, expand, find_markers
from corpus.readers.pdf.content import Word
from corpus.readers.pdf.lines import Line

SOFT: Final = "\u00ad"
_HYPHENS: Final = "-\u2010\u2011\u00ad"
_RAISED: Final = 0.14  # of the line's size, from which a smaller word stands above or below the baseline
_LOWERED: Final = 0.06
_SMALL: Final = 0.92
_NUMBERS: Final = re.compile(r"[\[(]?(\d{1,4}(?:[-\u2010-\u2015\u2212,;]\d{1,4})*)[\])]?")
_ABOVE: Final = str.maketrans("0123456789;", "⁰¹²³⁴⁵⁶⁷⁸⁹,")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.|doi\.org/|10\.\d{4,9}/)\S*[._=?&%#-]$", re.IGNORECASE)
_NAME: Final = re.compile(r"[^\W\d_]{2}\S{0,8}$|[^\W\d_]\S?\d\S{0,6}[^\W\d_]$|(?<!\S)(?:19|20)\d\d$")
_BEFORE: Final = 12  # characters that decide what raised ones say


@dataclass(frozen=True, slots=True)
class Said:
    """A text as `Part.text` has it, and its words as `Part.printed` has them."""

    text: str
    printed: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words that are read as one: the words, what they say, and what of it only marks what cites."""

    words: tuple[Word, ...]
    shown: str
    marked: str
    page: int
    glued: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """How the words of one document become text.

    Attributes:
        words: how often each word stands in it; they decide which hyphens at the ends of lines are the words' own.
        entries: the numbers of its reference list, where raised numbers cite it; else empty.
        marked: the file says which hyphens only break a word, so that all others are the words' own.
    """

    words: Words = field(default_factory=Words)
    entries: frozenset[str] = frozenset()
    marked: bool = False

    def said(self, lines: Iterable[Line], *, cites: bool = True) -> Said:
        """What the lines say as one, on one line: words broken over two put together again.

        Raised numbers that cite stand in brackets, as citing stretches; other raised and lowered characters are those
        that Unicode has, else in TeX's signs.

        Args:
            lines: in order of reading, of any pages.
            cites: whether raised numbers may cite here; they do not behind the names of authors.
        """
        out: list[str] = []
        printed: list[Printed] = []
        last: _Piece | None = None
        for line in lines:
            first = True
            for piece in self._pieces(line, "".join(out[-3:]), cites=cites):
                if not piece.shown:
                    continue
                if last is None or (piece.glued and not first):
                    gap = ""
                elif first:
                    dropped, gap = self._seam(_ending(out), piece.shown)
                    if dropped:
                        out[-1] = out[-1][:-dropped]
                        printed[-1] = replace(printed[-1], text=printed[-1].text[:-dropped])
                else:
                    gap = " "
                out += [gap, piece.marked]
                printed.append(_printed(piece))
                last, first = piece, False
        return Said("".join(out), tuple(word for word in printed if word.text))

    def _seam(self, left: str, right: str) -> tuple[int, str]:
        """How many characters the end of a line loses, and what stands between it and the next."""
        if left.endswith(SOFT):
            return 1, ""
        if self.marked and left[-1:] in _HYPHENS and left[:-1] and right[:1].isalnum():
            return 0, ""
        if _ADDRESS.search(left) and (right[:1].islower() or right[:1].isdigit()):
            return 0, ""
        dropped, addition = seam(left, right, self.words)
        return dropped, addition[: len(addition) - len(right.strip())]

    def _pieces(self, line: Line, before: str, *, cites: bool) -> Iterator[_Piece]:
        """The words of a line, scripts made readable; `before` ends in what was said before it."""
        run: list[Word] = []
        way = 0
        for at, word in enumerate(line.words):
            now = _way(line, word)
            if run and (now != way or not now or not word.glued):
                piece = self._piece(run, way, before, line.page, cites=cites)
                yield piece
                before = (before + ("" if piece.glued else " ") + piece.shown)[-_BEFORE:]
                run = []
            way = now
            ending = at + 1 == len(line.words)
            run.append(
                word if ending else replace(word, text=word.text.replace(SOFT, "")) if SOFT in word.text else word
            )
        if run:
            yield self._piece(run, way, before, line.page, cites=cites)

    def _piece(self, run: list[Word], way: int, before: str, page: int, *, cites: bool) -> _Piece:
        inner = "".join(word.text for word in run)
        glued = run[0].glued
        shown = marked = inner
        if way > 0:
            markers = self._cited(inner, before) if cites else ()
            if markers:
                bare = inner.strip("[]()")
                shown, marked = f"[{bare}]", f"[{citing(bare, markers)}]"
            else:
                said = inline.superscript(inner, before) if inner.strip() else inner
                shown = marked = f"^{{{inner}}}" if said is None else said
        elif way < 0:
            said = inline.lowered(inner, before) if inner.strip() else inner
            shown = marked = f"_{{{inner}}}" if said is None else said
        return _Piece(tuple(run), shown, marked, page, glued)

    def _cited(self, inner: str, before: str) -> tuple[str, ...]:
        """The entries that raised characters after a text cite; empty where they cite none."""
        found = _NUMBERS.fullmatch(inner) if self.entries else None
        if found is None:
            return ()
        raised = found[1].translate(_ABOVE)
        markers = find_markers(before + raised, len(before), raised=True)
        named = markers[0].markers if len(markers) == 1 and markers[0].end == len(before + raised) else ()
        # "PD-L1" and "in 2019" may be cited behind, "10" and "x2" may not
        if not named and _NAME.search(before) and not UNIT.search(before):
            named = expand(found[1])
        return named if all(name in self.entries for name in named) else ()


def wording_of(lines: Sequence[Line]) -> Wording:
    """The wording of a document with these lines, without its reference list."""
    whole: list[str] = []
    broken = marked = False
    for line in lines:
        words = line.text.split()
        shown = words[1:] if broken else words
        broken = bool(words) and words[-1][-1] in _HYPHENS
        marked = marked or line.words[-1].text.endswith(SOFT)
        whole += shown[:-1] if broken else shown
    return Wording(words_of(" ".join(whole)), marked=marked)


def citing_by_raised(wording: Wording, entries: frozenset[str], text: Sequence[Line]) -> Wording:
    """`wording`, which knows the entries where the running text cites them by raised numbers more than in brackets."""
    if not entries:
        return wording
    raising = replace(wording, entries=entries)
    raised = bracketed = 0
    for line in text:
        bracketed += len(find_markers(line.text))
        raised += raising.said([line]).text.count(citing("x", ["1"])[0])
    return raising if raised > bracketed else wording


def _ending(out: Sequence[str]) -> str:
    """The last word of what was said, pieces that are glued taken together."""
    return "".join(out[-8:]).rpartition(" ")[2]


def _way(line: Line, word: Word) -> int:
    """1 for a word raised above its line's baseline, -1 for one lowered, else 0."""
    off = line.baseline - word.baseline
    if word.size > _SMALL * line.size:
        return 0
    return 1 if off > _RAISED * line.size else -1 if off < -_LOWERED * line.size else 0


def _printed(piece: _Piece) -> Printed:
    return Printed(
        piece.shown,
        piece.page,
        min(word.left for word in piece.words),
        min(word.top for word in piece.words),
        max(word.right for word in piece.words),
        max(word.bottom for word in piece.words),
    )
