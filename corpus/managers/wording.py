"""Titles and names as they read: HTML and LaTeX that reference managers put into them made plain."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

from pylatexenc.latex2text import LatexNodes2Text

from corpus import inline
from corpus.drafting import without_unprinted
from corpus.greek import NAMES, close_greek

_SCRIPT: Final = re.compile(r"<(sup|sub)\b[^<>]*>([^<>]*)</\1\s*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?(?:i|b|u|em|strong|span|sup|sub|sc|scp|tt|mml:\w+)\b[^<>]*>", re.IGNORECASE)
_MATHS: Final = re.compile(r"(?<!\\)\$((?:[^$\\]|\\.)+)(?<!\\)\$")
_LONE_DOLLAR: Final = re.compile(r"(?<!\\)\$")
_MATHS_SCRIPT: Final = re.compile(r"([\^_])\s*(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\s\\{}]))")
_TEXT_SCRIPT: Final = re.compile(r"\\text(super|sub)script\s*\{([^{}]*)\}")
# A per cent sign or an ampersand that someone forgot to escape; the one would begin a comment, the other a column.
_ALONE: Final = re.compile(r"(?<!\\)[%&]")
# Commands that the library drops with what they say: letters by name, boxes and links around text, mathematical type.
_SIGN: Final = re.compile(r"\\(textgreater|textless|slash)(?![A-Za-z])\s?")
_SAID: Final = {"textgreater": ">", "textless": "<", "slash": "/"}
_GREEK: Final = re.compile(rf"\\(?:text|up)(?=(?i:{'|'.join(sorted(set(NAMES.values())))})(?![A-Za-z]))")
_AROUND: Final = re.compile(r"\\(?:mbox|textup|href\s*\{[^{}]*\})\s*(?=\{)")
_LETTERED: Final = re.compile(r"\\math(?:it|bf|sf|tt|bb|cal|frak|scr)(?![A-Za-z])")
# What the library raises of braces too deep in one another, and of commands without their arguments.
_UNSET: Final = (RecursionError, LookupError, AttributeError, TypeError, ValueError)
_MARKS: Final = re.compile(r"\\[A-Za-z]+\s*|[\\{}]")
_SIGNS: Final = {"^": "sup", "_": "sub"}


def plain(text: str) -> str:
    """`text` on one line, its HTML tags made plain, NFC: raised and lowered characters as Unicode has them.

    >>> plain("miR-21 <i>in vivo</i> &amp; CD8<sup>+</sup> cells in CO<sub>2</sub>")
    'miR-21 in vivo & CD8⁺ cells in CO₂'
    """
    text = _SCRIPT.sub(_scripted, html.unescape(text))
    return unicodedata.normalize("NFC", close_greek(" ".join(_TAG.sub("", without_unprinted(text)).split())))


def from_latex(text: str) -> str:
    r"""`text` as LaTeX would set it, on one line; what is no LaTeX, or none that can be set, stays.

    >>> from_latex(r'{TGF-$\beta$} of Bj{\"o}rn Wei{\ss} \& CD8$^{+}$, 50% more')
    'TGF-β of Björn Weiß & CD8⁺, 50% more'
    """
    if not re.search(r"[\\{}$~^_`'-]", text):
        return plain(text)
    text = _LETTERED.sub(r"\\mathrm", _AROUND.sub("", _GREEK.sub(r"\\", text)))
    text = _SIGN.sub(lambda found: _SAID[found[1]], text)
    text = _TEXT_SCRIPT.sub(lambda found: f"<{found[1][:3]}>{found[2]}</{found[1][:3]}>", text)
    text = _MATHS.sub(lambda found: f"\\({_MATHS_SCRIPT.sub(_mathematical, found[1])}\\)", text)
    text = _ALONE.sub(r"\\\g<0>", _LONE_DOLLAR.sub(r"\\$", text))
    try:
        text = LatexNodes2Text(math_mode="text", keep_comments=True).latex_to_text(text)
    except _UNSET:
        text = _MARKS.sub("", text)
    return plain(text)


def _scripted(found: re.Match[str]) -> str:
    inner, before = found[2], found.string[max(0, found.start() - 12) : found.start()]
    raised = found[1].casefold() == "sup"
    said = inline.superscript(inner, before) if raised else inline.lowered(inner, before)
    return said if said is not None else f"{'^' if raised else '_'}{{{inner.strip()}}}"


def _mathematical(found: re.Match[str]) -> str:
    tag = _SIGNS[found[1]]
    return f"<{tag}>{found[2] or found[3] or ''}</{tag}>"
