"""The characters of a page as PDFium gives them: each with its place and its type."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.readers.pdf.characters import Characters

MAX_CHARACTERS: Final = 200_000
"""More characters than this on one page are not read: a page of a paper has 10,000 at most."""

_UNPRINTED: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2060\ufdd0-\ufdef\ufeff\uffff]")
_UNREAD: Final = re.compile("[\ufffd\ue000-\uf8ff]")
_AT_END: Final = "\x02"  # what PDFium gives for a hyphen, plain or soft, at the end of a line
_SOFT: Final = "\u00ad"
_UNTOLD: Final = "\u2010"
_ABOVE: Final = 0.2  # of the font's size, by which the ink of a letter set as a raised glyph stays off the baseline
_BELOW: Final = 0.06
_FLAT: Final = 0.47  # of the font's size, the tallest raised or lowered glyph
_SCRIPT: Final = 0.6  # the size that a raised or lowered glyph seems to have
_RISE: Final = {1: 0.33, -1: -0.15}  # of the font's size, that it seems to stand off the line
# what the codes of TeX's T1 stand for where a bitmap font gives them no name, and PDFium the bare code
_TEX: Final = {"\x15": "–", "\x16": "—", "\x1b": "ﬀ", "\x1c": "ﬁ", "\x1d": "ﬂ", "\x1e": "ﬃ", "\x1f": "ﬄ"}
_STEM: Final = frozenset("0123456789abcdefhiklmnorstuvwxzABCDEFGHIKLMNOPRSTUVWXYZ")  # these stand on the line
_SIGNS: Final = {"+": 0.25, "-": 0.4, "−": 0.4, "–": 0.4}  # and these, if raised, so far off it
_INKED: Final = _STEM | frozenset(_SIGNS) | {",", _AT_END}  # those whose ink tells anything
_UPRIGHT: Final = 0.92  # the cosine of the steepest slope of a line that is read
_TWICE: Final = 0.1  # of the font's size, by which the second of two equal letters drawn over each other is off

Place = Callable[[float, float], tuple[float, float]]
"""From the file's coordinates to those of the page as it is shown."""


@dataclass(frozen=True, slots=True)
class Style:
    """The type of a character: size in points as it is shown, font without the letters of a subset, and its face."""

    size: float
    font: str
    bold: bool
    italic: bool
    upright: bool


@dataclass(slots=True)
class Glyph:
    """A character.

    Attributes:
        baseline, left, top, right, bottom: on the page as it is shown, in points.
        key: of the object of the file that it belongs to.
        parted: PDFium thinks that a blank or the end of a line stands before it.
    """

    text: str
    baseline: float
    left: float
    top: float
    right: float
    bottom: float
    style: Style
    key: int
    parted: bool


@dataclass(slots=True)
class _Hyphens:
    """Which hyphens at the ends of lines a document marks as soft.

    PDFium does not give them. But where a glyph stands both for a plain and for a soft hyphen, a font can say but one
    of them, and the file says the other wherever it is meant; so those within lines, which are plain, tell.
    """

    within: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def met(self, font: str, *, told: bool) -> None:
        """Counts a plain hyphen within a line; `told`: the file says what it stands for."""
        self.within[font, told] += 1

    def at_end(self, font: str, *, told: bool) -> str:
        """A hyphen at the end of a line: soft, plain, or (U+2010) one of which nothing tells."""
        by_file, by_font = self.within[font, True], self.within[font, False]
        if by_file == by_font:
            return _UNTOLD
        return _SOFT if told != (by_file > by_font) else "-"


@dataclass(slots=True)
class Glyphs:
    """Reads the characters of a document, page by page.

    Attributes:
        unread: characters of the last page of which the file does not say what they are.
        sideways: of the last page, the share of characters that do not run from left to right.
    """

    unread: int = 0
    sideways: float = 0.0
    _hyphens: _Hyphens = field(default_factory=_Hyphens)

    def on(self, textpage: pdfium.PdfTextPage, place: Place) -> Iterator[Glyph | None]:
        """The upright characters of a page in the order of the file; None for a blank that the file has."""
        self.unread, self.sideways = 0, 0.0
        page = _TextPage(Characters(textpage), place)
        shown = turned = 0
        parted = False
        drawn: dict[tuple[str, int, int], Glyph] = {}
        for i, code in page.characters():
            unmapped = page.known.is_unmapped(i)
            text = _TEX.get(code, code) if unmapped else code
            if not text.isalnum():  # else it prints
                if text.isspace():
                    parted = True
                    if not raw.FPDFText_IsGenerated(page.known.handle, i):
                        yield None
                    continue
                if _UNPRINTED.match(text) and text != _AT_END:
                    continue
            if (unmapped and text == code) or _UNREAD.match(text):
                self.unread += 1
            glyph = page.glyph(i, text, self._hyphens, parted=parted)
            if glyph is None:
                continue
            parted = False
            shown += 1
            if not glyph.style.upright:
                turned += 1
            elif not _is_second(glyph, drawn):
                yield glyph
        self.sideways = turned / shown if shown else 0.0


def _is_second(glyph: Glyph, drawn: dict[tuple[str, int, int], Glyph]) -> bool:
    """Whether the same letter was drawn in the same place before, as is done for want of a bold font."""
    x, y = int(glyph.left), round(glyph.baseline)
    other = drawn.get((glyph.text, round(glyph.left), y))
    # the letters of one ligature stand in one place, too, but in one object
    if other is not None and other.key != glyph.key:
        off = abs(other.left - glyph.left) + abs(other.baseline - glyph.baseline)
        if off < _TWICE * glyph.style.size:
            return True
    drawn[glyph.text, x, y] = drawn[glyph.text, x + 1, y] = glyph
    return False


class _TextPage:
    """The characters of one page, with their types; `known` is what PDFium knows of them."""

    def __init__(self, known: Characters, place: Place) -> None:
        self.known = known
        self._place = place
        self._styles: dict[int, Style] = {}
        self._way = 0

    def characters(self) -> Iterator[tuple[int, str]]:
        """Number and text of each; one beyond U+FFFF, which PDFium gives as two, once."""
        high = ""
        for i in range(min(len(self.known), MAX_CHARACTERS)):
            text = self.known.text(i)
            if text < "\ud800" or text > "\udfff":
                yield i, text
            elif text <= "\udbff":
                high = text
            else:
                yield i, (high + text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def glyph(self, i: int, text: str, hyphens: _Hyphens, *, parted: bool) -> Glyph | None:
        """Character `i`; None where nothing of the file is behind it."""
        key = self.known.owner(i)
        if not key:
            return None
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._style(i)
        x, y = self.known.origin(i)
        left, top, right, bottom = self.known.box(i)
        way = 0
        if text in _INKED:
            ink = self.known.ink(i)
            # what the file says that a glyph stands for (ActualText) has no box but its ink
            told = abs(ink[0] - left) + abs(ink[1] - right) < 0.01
            if text == _AT_END:
                text = hyphens.at_end(style.font, told=told)
            elif text == "-":
                hyphens.met(style.font, told=told)
            way = _script(text, y, ink[2], ink[3], style.size, self._way)
        self._way = way
        (x0, y0), (x1, y1) = self._place(left, top), self._place(right, bottom)
        baseline = self._place(x, y)[1]
        if way and style.upright:
            baseline -= _RISE[way] * style.size
            style = replace(style, size=_SCRIPT * style.size)
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        return Glyph(text, baseline, x0, y0, x1, y1, style, key, parted)

    def _style(self, i: int) -> Style:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.known.handle, i, matrix)
        size = raw.FPDFText_GetFontSize(self.known.handle, i) * (math.hypot(matrix.b, matrix.d) or 1.0)
        flags = ctypes.c_int()
        length = raw.FPDFText_GetFontInfo(self.known.handle, i, None, 0, flags)
        buffer = ctypes.create_string_buffer(length or 1)
        raw.FPDFText_GetFontInfo(self.known.handle, i, buffer, length, flags)
        font = re.sub(r"^[A-Z]{6}\+", "", buffer.value.decode("utf-8", "replace"))
        plain = font.casefold()
        bold = raw.FPDFText_GetFontWeight(self.known.handle, i) >= 600 or "bold" in plain
        italic = bool(flags.value & 64) or "italic" in plain or "oblique" in plain  # bit 7 of the PDF font flags
        (x, y), (x0, y0) = self._place(matrix.a, matrix.b), self._place(0, 0)
        upright = x - x0 >= _UPRIGHT * math.hypot(x - x0, y - y0)
        return Style(size or 1.0, font, bold, italic, upright)


def _script(text: str, baseline: float, bottom: float, top: float, size: float, way: int) -> int:
    """1 or -1 for a glyph that a font itself draws raised or lowered, as its ink shows; `way` is that of the last."""
    off, height = (bottom - baseline) / size, (top - bottom) / size
    if text in _STEM and 0 < height <= _FLAT:
        return 1 if off > _ABOVE else -1 if off < -_BELOW else 0
    return 1 if off > _SIGNS.get(text, math.inf) or (text == "," and way > 0 and off > 0.1) else 0
