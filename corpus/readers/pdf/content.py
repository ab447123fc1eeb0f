"""What a page of a PDF shows, before anything is made of it: words with their places, and ruling lines.

All lengths are points from the top left corner of the page as it is shown (`corpus.pages`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without blanks, in one size and on one baseline.

    Attributes:
        text: NFC; ligatures of Latin letters taken apart. It ends in U+00AD where the file itself marks a hyphen that
            only breaks the word over two lines, in U+2010 where it may do so.
        left, top, right, bottom: its box; of the font's height, not of the letters' ink, so words of a line agree.
        baseline: the line its letters stand on, from the top.
        size: of the font, as it is shown.
        font: the font's name, without the six letters of a subset; "" where it has none.
        bold, italic: as far as the font says.
        glued: no blank stands between it and the word before it in the file: they are one word in two sizes or on two
            baselines (a superscript, a subscript, small capitals) or in two fonts.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    font: str = ""
    bold: bool = False
    italic: bool = False
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, drawn as such or as a thin box, or one edge of a box; level or upright, by its corners."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        """It runs from left to right, not from top to bottom."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page.

    Attributes:
        number: from 1.
        words: upright text only, in the order of the file, which need not be that of reading.
        rules: by top, then left.
        pictured: the share of the page, 0 to 1, that images cover.
        unread: how many of its characters are pictures only: the file does not say which they are.
        sideways: the share of its characters, 0 to 1, that do not run from left to right and are not among the words.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    pictured: float = 0.0
    unread: int = 0
    sideways: float = 0.0
