"""What lines of words say, as one line of text, and where each of its words is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from corpus import inline
from corpus.drafting import Printed, citing
from corpus.joining import Words, seam, words_of
from corpus.markers import UNIT, expand, find_markers
from corpus.readers.pdf.content import Word
from corpus.readers.pdf.lines import Line, is_left_over, is_script

SOFT: Final = "\u00ad"
UNTOLD: Final = "\u2010"
_HYPHENS: Final = "-\u2010\u2011\u00ad"
_RAISED: Final = 0.14  # of the line's size, from which a smaller word stands above or below the baseline
_LOWERED: Final = 0.06
_SMALL: Final = 0.92
_NUMBERS: Final = re.compile(r"[\[(]?(\d{1,4}(?:[-\u2010-\u2015\u2212,;]\d{1,4})*)[\])]?")
_ABOVE: Final = str.maketrans("0123456789;", "⁰¹²³⁴⁵⁶⁷⁸⁹,")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.|doi\.org/|10\.\d{4,9}/)\S*[._=?&%#-]$", re.IGNORECASE)
_DOI: Final = re.compile(r"10\.\d{4,9}/\S*[a-z][-\u2010]$")
_NAME: Final = re.compile(
    r"[^\W\d_]{2}\S{0,8}$|(?<!\S)\S{0,6}[A-Z]\S{0,6}[^\W\d_]-?\d{1,3}$|[^\W\d_]\S?\d\S{0,6}[^\W\d_]$|(?<!\S)(?:19|20)\d\d$"
)
_NOTES: Final = "*†‡§¶#∗,"  # marks of footnotes that may stand behind raised numbers
_GOING_ON: Final = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212,;")
_LETTERS: Final = re.compile(r"[^\W\d_]*")
_MANY: Final = 0.04  # of the lines, from which hyphens at their ends are many
_BEFORE: Final = 12  # characters that decide what raised ones say


@dataclass(frozen=True, slots=True)
class Said:
    """A text as `Part.text` has it, and its words as `Part.printed` has them."""

    text: str
    printed: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of a line that are read as one.

    Attributes:
        inner: their characters.
        way: 1 where they are raised, -1 where they are lowered, else 0.
        glued: to the run before on its line.
        box: page and corners.
    """

    inner: str
    way: int
    glued: bool
    box: tuple[int, float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run, what it says, and that with what cites marked."""

    run: _Run
    shown: str
    marked: str


@dataclass(slots=True)
class _Telling:
    """A text while it is put together."""

    pieces: list[tuple[str, _Piece]] = field(default_factory=list)

    @property
    def out(self) -> bool:
        """Something was said."""
        return bool(self.pieces)

    @property
    def ending(self) -> str:
        """The last characters so far."""
        return "".join(gap + piece.shown for gap, piece in self.pieces[-4:])[-_BEFORE:]

    @property
    def last_word(self) -> str:
        """The last word so far."""
        return "".join(gap + piece.shown for gap, piece in self.pieces[-8:]).rpartition(" ")[2]

    @property
    def awaits(self) -> bool:
        """The last piece is raised numbers that go on."""
        last = self.pieces[-1][1].run if self.pieces else None
        return last is not None and last.way > 0 and last.inner[-1:] in _GOING_ON and last.inner[:1].isdigit()

    gap: str = ""

    def take(self, piece: _Piece, gap: str) -> None:
        """Adds a piece after what stands between it and the one before."""
        self.pieces.append((gap, piece))

    def take_back(self) -> _Piece:
        """The last piece, taken away; `gap` is what stood before it."""
        self.gap, piece = self.pieces.pop()
        return piece

    def drop(self, count: int) -> None:
        """Takes characters off the end; a hyphen of which nothing told that stays is a plain one."""
        gap, last = self.pieces[-1]
        shown = last.shown[: len(last.shown) - count]
        if shown.endswith(UNTOLD):
            shown = f"{shown[:-1]}-"
        if shown != last.shown:
            self.pieces[-1] = gap, replace(last, shown=shown, marked=shown)

    def said(self) -> Said:
        """The text, and its words: what is glued and neither raised nor lowered is one."""
        printed: list[Printed] = []
        joins = False
        for gap, piece in self.pieces:
            page, left, top, right, bottom = piece.run.box
            if joins and not gap and piece.run.glued and not piece.run.way:
                last = printed.pop()
                left, top = min(left, last.left), min(top, last.top)
                right, bottom = max(right, last.right), max(bottom, last.bottom)
                printed.append(Printed(last.text + piece.shown, page, left, top, right, bottom))
            elif piece.shown:
                printed.append(Printed(piece.shown, page, left, top, right, bottom))
            joins = not piece.run.way and bool(printed)
        return Said("".join(gap + piece.marked for gap, piece in self.pieces), tuple(printed))


@dataclass(frozen=True, slots=True)
class Wording:
    """How the words of one document become text.

    Attributes:
        words: how often each word stands in it; they decide which hyphens at the ends of lines are the words' own.
        entries: the numbers of its reference list, where raised numbers cite it; else empty.
        kept: the hyphens at the ends of lines that are the words' own: those of which the file does not say that they
            only break a word, where it says so of others; all, where the document breaks no words.
    """

    words: Words = field(default_factory=Words)
    entries: frozenset[str] = frozenset()
    kept: str = ""

    def said(self, lines: Iterable[Line], *, cites: bool = True) -> Said:
        """What the lines say as one, on one line: words broken over two put together again.

        Raised numbers that cite stand in brackets, as citing stretches; other raised and lowered characters are those
        that Unicode has, else in TeX's signs.

        Args:
            lines: in order of reading, of any pages.
            cites: whether raised numbers may cite here; they do not behind the names of authors.
        """
        telling = _Telling()
        lines = list(lines)
        for at, line in enumerate(lines):
            raised = at > 0 and telling.awaits and line.size < _SMALL * lines[at - 1].size
            runs = list(_runs(line, raised=raised or (at > 0 and is_left_over(lines[at - 1], line))))
            if at and runs and runs[0].way > 0 and telling.awaits and cites:
                self._range(telling, runs.pop(0))
            for place, run in enumerate(runs):
                piece = self._piece(run, telling.ending if run.way else "", cites=cites)
                if piece.shown:
                    telling.take(piece, "" if run.glued and (place or not at) else self._gap(telling, piece, place, at))
        return telling.said()

    def _gap(self, telling: _Telling, piece: _Piece, place: int, at: int) -> str:
        """What stands before a piece that is not glued; a hyphen before it that only breaks a word is taken away."""
        if place or not at or not telling.out:
            return " " if telling.out else ""
        dropped, gap = self._seam(telling.last_word, piece.shown)
        telling.drop(dropped)
        return gap

    def _range(self, telling: _Telling, run: _Run) -> None:
        """Takes raised numbers that go on from those at the end of the line before."""
        first = telling.take_back()
        inner = first.run.inner + run.inner
        whole = self._piece(replace(run, inner=inner), telling.ending, cites=True)
        split = whole.shown.find(inner) + len(first.run.inner)
        cut = whole.marked.find(inner) + len(first.run.inner)
        if whole.shown == whole.marked or cut < len(first.run.inner):
            telling.take(first, telling.gap)
            telling.take(self._piece(run, telling.ending, cites=True), "")
            return
        telling.take(replace(first, shown=whole.shown[:split], marked=whole.marked[:cut]), telling.gap)
        telling.take(_Piece(run, whole.shown[split:], whole.marked[cut:]), "")

    def _seam(self, left: str, right: str) -> tuple[int, str]:
        """How many characters the end of a line loses, and what stands between it and the next."""
        if left.endswith(SOFT):
            return 1, ""
        if _DOI.search(left) and not self.kept and right[:1].islower():
            return 1, ""
        if left[:-1] and left[-1] in self.kept and right[:1].isalnum():
            return 0, ""
        if _ADDRESS.search(left) and (right[:1].islower() or right[:1].isdigit()):
            return 0, ""
        dropped, addition = seam(left, right, self.words)
        return dropped, addition[: len(addition) - len(right.strip())]

    def _piece(self, run: _Run, before: str, *, cites: bool) -> _Piece:
        """What a run says after a text."""
        inner = run.inner
        if not run.way or not inner:
            return _Piece(run, inner, inner)
        if run.way > 0:
            markers = self._cited(inner, before) if cites else ()
            if markers:
                numbers = inner.rstrip(_NOTES)
                bare, note = numbers.strip("[]()"), inner[len(numbers) :]
                return _Piece(run, f"[{bare}]{note}", f"[{citing(bare, markers)}]{note}")
            said = inline.superscript(inner, before)
            shown = marked = f"^{{{inner}}}" if said is None else said
        else:
            said = inline.lowered(inner, before)
            shown = marked = f"_{{{inner}}}" if said is None else said
        return _Piece(run, shown, marked)

    def _cited(self, inner: str, before: str) -> tuple[str, ...]:
        """The entries that raised characters after a text cite; empty where they cite none."""
        found = _NUMBERS.fullmatch(inner.rstrip(_NOTES)) if self.entries else None
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
    seams: list[tuple[str, str]] = []
    left = ""
    marked = False
    for line in lines:
        words = line.text.split()
        marked = marked or left.endswith(SOFT)
        if left and words:
            seams.append((left, words[0]))
            words = words[1:]
        left = words.pop() if words and words[-1][-1] in _HYPHENS else ""
        whole += words
    known = words_of(" ".join(whole))
    return Wording(known, kept="-" if marked else "" if _breaks_words(seams, known, len(lines)) else _HYPHENS)


def _breaks_words(seams: Sequence[tuple[str, str]], known: Words, lines: int) -> bool:
    """Whether a document breaks words at the ends of lines: it has many hyphens there, or one that no word has."""
    plain = [(left.strip('([“"'), right) for left, right in seams if right[:1].islower() and left[-2:-1].islower()]
    shown = sum(map(partial(_is_broken, known), plain))
    return shown > 0 or len(plain) > max(2, _MANY * lines)


def _is_broken(known: Words, seam: tuple[str, str]) -> bool:
    """Whether the document has a word without the hyphen that it has at the end of a line, and not with it."""
    left, right = seam[0].lower(), "".join(_LETTERS.findall(seam[1])[:1]).lower()
    return known[left[:-1] + right] > 0 and not known[left + right]


def citing_by_raised(wording: Wording, entries: frozenset[str], text: Sequence[Line]) -> Wording:
    """`wording`, which knows the entries where the running text cites them by raised numbers more than in brackets."""
    if not entries:
        return wording
    raising = replace(wording, entries=entries)
    raised = bracketed = 0
    for line in text:
        even = [word for word in line.words if way(line, word) <= 0]
        bracketed += len(find_markers(line.text if len(even) == len(line.words) else " ".join(w.text for w in even)))
        if len(even) < len(line.words):
            raised += raising.said([line]).text.count(citing("x", ["1"])[0])
    return raising if raised > bracketed else wording


def _runs(line: Line, *, raised: bool) -> Iterator[_Run]:
    """The words of a line, raised or lowered ones that are glued together taken as one; or all are raised.

    Raised numbers go on over a blank after a comma or a dash ("5, 14").
    """
    run: list[Word] = []
    last = 0
    for word in line.words:
        now = 1 if raised else way(line, word)
        if run and (now != last or not now or not (word.glued or (now > 0 and _go_on(run, word)))):
            yield _run(run, last, line, last=False)
            run = []
        last = now
        run.append(word)
    if run:
        yield _run(run, last, line, last=True)


def _go_on(run: Sequence[Word], word: Word) -> bool:
    """Whether raised numbers go on after a blank."""
    return run[-1].text[-1:] in _GOING_ON and run[0].text.lstrip("[(")[:1].isdigit() and word.text[:1].isdigit()


def _run(run: Sequence[Word], way: int, line: Line, *, last: bool) -> _Run:
    inner = "".join(word.text for word in run)
    if SOFT in inner:
        inner = inner.replace(SOFT, "") + (SOFT if last and inner.endswith(SOFT) else "")
    left, right = min(word.left for word in run), max(word.right for word in run)
    top, bottom = min(word.top for word in run), max(word.bottom for word in run)
    return _Run(inner, way, run[0].glued, (line.page, left, top, right, bottom))


def way(line: Line, word: Word) -> int:
    """1 for a word raised above its line's baseline, -1 for one lowered, else 0."""
    off = line.baseline - word.baseline
    if word.size > _SMALL * line.size and not is_script(word.size, abs(off), line.size):
        return 0
    return 1 if off > _RAISED * line.size else -1 if off < -_LOWERED * line.size else 0
