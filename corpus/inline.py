"""Marks inside a line: emphasis, HTML tags, raised and lowered characters, made plain without losing a letter."""

from __future__ import annotations

import re

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_RAISABLE = re.compile(r"[0-9+\-−=()ni]+")
_NUMBERS = re.compile(r"\d{1,4}(?:\s*[-–—,;]\s*\d{1,4})*")
_SINGLE = re.compile(r"\d{1,4}")

_TAG = re.compile(
    r"</?(?:i|b|u|em|strong|span|small|font|a|br|p|div|center|sup|sub|mark|s|del|ins|code|kbd|var|cite|q|abbr)"
    r"(?:\s+[\w:-]{1,30}=(?:\"[^\"<>]{0,300}\"|'[^'<>]{0,300}'))*\s*/?>",
    re.IGNORECASE,
)
_SUP_TAG = re.compile(r"<sup>([^<>]{1,60})</sup>", re.IGNORECASE)
_CARET_BRACES = re.compile(r"\^\{([^{}\n]{1,60})\}")
_CARET_BRACKET = re.compile(r"\^(?=\[)")
_CARET_PAIR = re.compile(r"\^([^\s^\[\]{}]{1,20})\^")
_LOW_BRACES = re.compile(r"(?<=\w)_\{([^{}\n]{1,30})\}")
_BOLD = re.compile(r"(?<![\w*])\*\*(?=[^\s*])([^*\n]{1,400})(?<=\S)\*\*(?![\w*])")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,400})(?<=\S)\*(?![\w*])")


def plain(text: str) -> str:
    """`text` without Markdown emphasis, known HTML tags and comments, and with raised characters made readable.

    A raised list of numbers after a word becomes a reference marker in brackets; see `raised`.

    >>> plain("seen *in vivo*.^[35,36] and in <b>CD8^{+}</b> cells")
    'seen in vivo.[35,36] and in CD8⁺ cells'
    """
    if "<" in text:
        text = without_comments(text)
        text = _SUP_TAG.sub(_raise, text)
        text = _TAG.sub(lambda tag: " " if tag[0][:3].lower() in {"<br", "<p>", "</p"} else "", text)
    if "^" in text:
        text = _CARET_BRACES.sub(_raise, text)
        text = _CARET_PAIR.sub(_raise, text)
        text = _CARET_BRACKET.sub("", text)
    if "_{" in text:
        text = _LOW_BRACES.sub(r"\1", text)
    if "*" in text:
        text = _ITALIC.sub(r"\1", _BOLD.sub(r"\1", text))
    return text


def is_known_tag(html: str) -> bool:
    """Whether `html` is one HTML tag that only marks up what stands in it ("<b and c>" is text, not a tag)."""
    return _TAG.fullmatch(html) is not None


def without_comments(html: str) -> str:
    """`html` with each comment become one blank; one that never ends is text."""
    kept: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start + 4)) >= 0:
        kept += [html[at:start], " "]
        at = end + 3
    return "".join([*kept, html[at:]])


def raised(inner: str, before: str) -> str:
    """What the raised characters `inner` read as, after the text `before`.

    Brackets stay as they are. Numbers parted by commas or dashes, and a single number after punctuation or after a
    whole word, are reference markers: "growth" and "3,4" give "[3,4]". Otherwise characters are raised where Unicode
    has them raised (10⁵, CD8⁺, cm²), and stay as they are where it has not.
    """
    inner = inner.strip()
    if "[" in inner:
        return inner
    if _NUMBERS.fullmatch(inner) and not before[-1:].isdigit():
        single = _SINGLE.fullmatch(inner) is not None
        if not single or re.search(r"[.,;:!?)\]\"”’]$|(?<![^\W\d_])[^\W\d_]{4,}$", before[-12:]):
            return f"[{inner}]"
    return inner.translate(_RAISED) if _RAISABLE.fullmatch(inner) else inner


def _raise(found: re.Match[str]) -> str:
    return raised(found[1], found.string[max(0, found.start() - 12) : found.start()])
