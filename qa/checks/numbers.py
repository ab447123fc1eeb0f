"""Numbers in a text, each with its unit: figures and words alike, ranges as one, parts of names left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from corpus.markers import find_markers
from index.names import find_names
from index.tokens import stem, without

_SMALL: Final = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905 (shorter so)
    )
} | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
     "hundred": 100, "thousand": 1000, "million": 10**6, "half": 0.5, "double": 2, "twice": 2, "doubled": 2,
     "tripled": 3, "third": 1 / 3, "quarter": 0.25, "dozen": 12, "hundreds": 100, "thousands": 1000, "millions": 10**6,
     "halves": 0.5, "halved": 0.5, "twofold": 2, "threefold": 3, "doubles": 2, "triples": 3, "tenfold": 10}  # fmt: skip
_FIGURE: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDED: Final = "|".join(sorted(_SMALL, key=len, reverse=True))
_ONE: Final = rf"(?:{_FIGURE}|\b(?:{_WORDED})\b)"
_NUMBER: Final = re.compile(
    rf"(?P<sign>(?:(?<=\s)|(?<=\()|^)[-−+](?=\d))?(?<![\w.,/\-\u2010\u2011α-ω])(?P<low>{_ONE})"
    rf"(?:\s?(?:[-\u2010-\u2015−]|to\s)\s?(?P<high>{_ONE}))?(?P<fold>-fold| fold)?"
    r"(?![\w]|[-\u2010\u2011/]\d)(?P<after>\s?(?:%|percent|per cent)|[\s-]?[^\W\d_]+)?",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(rf"\bbetween ({_ONE})(?:\s?\w+)? and ({_ONE})", re.IGNORECASE)
_UNITS: Final = {
    "nm": "nm", "nanometer": "nm", "nanometre": "nm", "µm": "um", "μm": "um", "nt": "nucleotid",
    "base": "nucleotid", "nucleotide": "nucleotid", "%": "%", "percent": "%", "year": "year", "month": "month",
    "day": "day", "hour": "hour", "week": "week", "mg": "mg", "ml": "ml", "patient": "patient",
}  # fmt: skip
_LEAST: Final = re.compile(
    r"(?:more than|over|above|at least|exceed\w*|greater than|beyond|upwards? of|>|≥)\s*$", re.IGNORECASE
)
_MOST: Final = re.compile(
    r"(?:less than|fewer than|under|below|at most|up to|no more than|not more than|<|≤)\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a text gives it.

    Attributes:
        low, high: equal where it is no range.
        unit: `%`, `nm`, `nucleotid`, …; "" for a bare number.
        bound: `least` for "more than", `most` for "less than", otherwise "".
        counts: it is a small number in words, which may count what the text lists.
    """

    text: str
    low: float
    high: float
    unit: str
    bound: str
    counts: bool
    start: int


def find_numbers(text: str) -> tuple[Number, ...]:
    """Every number of a text in order, those of names, symbols, markers and lists left out; nor the word "one"."""
    for marker in reversed(find_markers(text)):
        text = text[: marker.start] + " " + text[marker.end :]
    text = re.sub(r"^\s*\(?\d{1,2}[.)]\s", " ", without(text, find_names(text)))
    text = _BETWEEN.sub(r"\1-\2", text)
    return tuple(_read(match, text) for match in _NUMBER.finditer(text) if match["low"].casefold() != "one")


def _read(match: re.Match[str], text: str) -> Number:
    low = _value(match["low"])
    high = _value(match["high"]) if match["high"] else low
    if match["sign"] in ("-", "−"):
        low, high = -low, -high
    before = text[max(0, match.start() - 16) : match.start()]
    bound = "least" if _LEAST.search(before) else "most" if _MOST.search(before) else ""
    unit = "fold" if match["fold"] else _unit(match["after"] or "")
    counts = not match["low"][0].isdigit() and low <= 12
    return Number(match["low"] if low == high else match[0].strip(), low, high, unit, bound, counts, match.start())


def _value(text: str) -> float:
    known = _SMALL.get(text.casefold())
    return float(known) if known is not None else float(text.replace(",", ""))


def _unit(after: str) -> str:
    word = after.strip(" -").casefold()
    if word in ("per cent", "percent"):
        return "%"
    return _UNITS.get(word) or _UNITS.get(word.removesuffix("s")) or (_UNITS.get(stem(word), "") if word else "")


def bears(given: Number, claimed: Number) -> bool:
    """True where evidence that gives the one number bears a sentence that claims the other."""
    if (claimed.unit and given.unit and claimed.unit != given.unit) or (claimed.unit and not given.unit):
        return False
    if claimed.bound and claimed.bound != given.bound:
        edge = given.low if claimed.bound == "least" else given.high
        return not given.bound and given.low != given.high and claimed.low == claimed.high == edge
    return (given.low, given.high) == (claimed.low, claimed.high)
