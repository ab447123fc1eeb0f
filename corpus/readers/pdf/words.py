"""Words: characters that stand together, in one size and on one baseline."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from corpus.readers.pdf.content import Word
from corpus.readers.pdf.glyphs import Glyph

_GAP: Final = 0.16  # of the font's size, from which a gap between two letters parts words
_SAME: Final = 0.08  # of the font's size, by which letters of one word may differ in baseline and size
_OVER: Final = -0.13  # of the font's size, by which letters never stand closer than they are wide
_BESIDE: Final = 0.6  # of the larger size, by which the baselines of a word and its raised part may differ
# Ligatures, and the letters of mathematics (𝛼, 𝑥, 𝐊), which are read as the letters they are.
_LIKE_OTHERS: Final = re.compile("[\ufb00-\ufb06\U0001d400-\U0001d7ff\u2126\u212b\u00b5]")
# An accent that was set as a character of its own, over the letter beside it.
_ACCENTS: Final = dict(
    zip("´`¨ˆ˜˚¸ˇ˘¯", map(chr, (0x301, 0x300, 0x308, 0x302, 0x303, 0x30A, 0x327, 0x30C, 0x306, 0x304)), strict=True)
)


def words_of(glyphs: Iterable[Glyph | None]) -> Iterator[Word]:
    """The words that characters make, in their order."""
    run: list[Glyph] = []
    glued = False
    for glyph in glyphs:
        if run and (glyph is None or not _goes_on(run[-1], glyph)):
            yield _word(run, glued=glued)
            glued = glyph is not None and _touches(run[-1], glyph)
            run = []
        if glyph is None:
            glued = False
        else:
            run.append(glyph)
    if run:
        yield _word(run, glued=glued)


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    """Both belong to one word."""
    alike = before.key == glyph.key and before.baseline == glyph.baseline and before.style is glyph.style
    if alike and not glyph.parted:
        size = glyph.style.size  # as almost always; what follows says the same of them, but takes longer
        return -size < glyph.left - before.right < _GAP * size
    if before.key == glyph.key and (before.left, before.right) == (glyph.left, glyph.right):
        return True  # the letters of one ligature, which may be wider than letters lie over each other
    same = before.key == glyph.key or before.style == glyph.style
    if before.key != glyph.key and glyph.left - before.right < _OVER * before.style.size:
        return False  # a cell of a table that is too narrow for its word, and the next one
    return same and _even(before, glyph) and _touches(before, glyph)


def _even(before: Glyph, glyph: Glyph) -> bool:
    """Both are of one size and on one baseline."""
    size = before.style.size
    return abs(before.baseline - glyph.baseline) <= _SAME * size and abs(size - glyph.style.size) <= _SAME * size


def _touches(before: Glyph, glyph: Glyph) -> bool:
    """No blank stands between the two, which are on one line."""
    size = max(before.style.size, glyph.style.size)
    if abs(before.baseline - glyph.baseline) >= _BESIDE * size or not -size < glyph.left - before.right < _GAP * size:
        return False
    # PDFium parts what is raised from what follows it, too
    return not (glyph.parted and _even(before, glyph))


def _word(run: list[Glyph], *, glued: bool) -> Word:
    text = "".join([glyph.text for glyph in run])
    if not text.isascii():
        text = _LIKE_OTHERS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), "".join(_text(run)))
    elif "`" in text:
        text = "".join(_text(run))
    style = run[0].style
    return Word(
        unicodedata.normalize("NFC", text),
        min([glyph.left for glyph in run]),
        min([glyph.top for glyph in run]),
        max([glyph.right for glyph in run]),
        max([glyph.bottom for glyph in run]),
        run[0].baseline,
        style.size,
        style.font,
        style.bold,
        style.italic,
        glued,
    )


def _text(run: list[Glyph]) -> Iterator[str]:
    """The characters, accents after the letters that they stand over."""
    accent = ""
    for at, glyph in enumerate(run):
        combining = _ACCENTS.get(glyph.text)
        middle = (glyph.left + glyph.right) / 2
        if combining and at and run[at - 1].left < middle < run[at - 1].right:
            yield combining
        elif combining and at + 1 < len(run) and run[at + 1].left < middle < run[at + 1].right:
            accent = combining
        else:
            yield glyph.text + accent
            accent = ""
