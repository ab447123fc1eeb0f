"""Abbreviations that documents define, and which concepts a text names, by a short form or in full.

Definitions in running text, "long form (SHORT)" and "SHORT (long form)", are found as by Schwartz and Hearst (2003,
Pacific Symposium on Biocomputing 8:451-462): the short form is matched from right to left in the words before it, its
first character at the start of a word. What biomedical text needs beside: initials of words go before letters within
them; "cells" and the like fall away where they have no part in it; a number is matched as a whole (IL-6 is not
interleukin-16); a Greek letter is matched by itself or its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corpus.greek import NAMES as GREEK
from index.names import find_names
from index.pieces import HYPHENS, PIECE, UNSAID, WORDS, Pieces, fold, symbols_of

# what a bracket opens with, up to the next bracket: "(HCC)", "(HCC [12])"; but no figures: "(HR 1.2)", "(n = 3)"
_BRACKET: Final = re.compile(
    r"[(\[](?![^()\[\],;:=<>≤≥]*(?:[:=<>≤≥]\s*[-−]?[\d.]|,?\s[-−]?\d*\.\d))([^()\[\]]{2,200})(?:[)\]]|(?=[(\[]))"
)
_INTRODUCED: Final = re.compile(r"\s*(?:(?:also|or),?\s+)?(?:(?:(?:abbreviated|known) as|termed|called)\s+)?")
_SHORT: Final = re.compile(rf"[^\W_](?:[^\W_]|[{HYPHENS}/.'’& ](?=[^\W_])){{1,9}}")
_NO_SHORT: Final = re.compile(  # places in the paper or on the map, and numbered points
    r"(?:(?i:figs?|figures?|tables?|eqs?|suppl)|[Rr]efs?|[Bb]ox|[Ss]ection|[Vv]ol|[Nn]os?|[Ss]ee|[Bb]oth|cf|vs|ca|USA|UK)"
    r"(?![^\W_])|(?!IV$)[IVXivx]{2,}$"
)
_PART: Final = re.compile(r"\d+|[^\W\d_]+")
_AHEAD: Final = re.compile(r"(?:[^\s()\[\],;]+ )?([^\s()\[\],;]+) ?$")
_TOUCHING: Final = re.compile(r"\s*\^?[(\[][^()\[\]]*[)\]]\s*$")
_CLAUSE: Final = re.compile(r"\[\s*\d|\b(?:be|been|can|are|is|was|were|we|which|that|used)\b")
# where the words of a long form cannot begin before: a sentence, a line of a table, a bracket that is open
_BOUND: Final = re.compile(r"(?<![\s.(][A-Z])[.!?]['”\"]?\s+(?=[A-Z])|[;:]\s|\n\s*\n|\t|[(\[](?=[^()\[\]]*$)")
_PASSED_OVER: Final = re.compile(r"an?|and|as|at|by|for|in|of|on|or|the|to|with")
_START: Final = re.compile(
    r"(?<![^\W_])(?!(?:an|and|are|as|at|by|for|from|into|is|of|or|the|to|via|with)(?![^\W\d_]))[^\W_]"
)
_FALLS_AWAY: Final = re.compile(r"(?:cell|cycle|gene|group|line|pathway|patient|protein|sample|tissue)s?|therapy")
# an entry of a glossary: "SHORT: long", "SHORT and SHORT = long"
_SYMBOL: Final = r"[^\W_][^\s:;,=()\[\]]{1,13}"
_SYMBOLS: Final = rf"{_SYMBOL}(?:(?:\s+and\s+|,\s*|\s){_SYMBOL})?"
_NEXT: Final = re.compile(
    rf"(?:[;\n]|(?i:abbreviations)(?: and \w+| used)*[:.])\s*|[,.]\s+(?={_SYMBOLS}\s*(?:[:=]|[{HYPHENS}\u2014]\s))"
)
_ENTRY: Final = re.compile(
    rf"(?P<short>{_SYMBOLS})(?:(?P<mark>\s*[:=]\s*|\s*[{HYPHENS}\u2014]\s+)|,\s+|\t\s*|\s\s+)(?P<long>\S.+?)[\s.,]*"
)
_REMARK: Final = re.compile(r"\s*\([^()]*\)$")
_OTHER_NAME: Final = re.compile(r"\((?i:another name (?:for|of)|also (?:known as|called)|aka)\s+([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a short form and its long form come to.

    Attributes:
        symbols: the short form in pieces.
        concept: what it stands for: the long form folded, or the short one where the long one does not say which.
        said: whether the long form says which.
        others: other names that the long form gives, in pieces.
    """

    symbols: Pieces
    concept: str
    said: bool
    others: tuple[Pieces, ...] = ()


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what a text says it stands for.

    Attributes:
        short: as written: `HCC`.
        long: as written: `hepatocellular carcinoma`; where two share one ("factor 2 and 4"), the words for this one.
        start, end: the whole definition, characters of the text searched, `[start, end)`.
    """

    short: str
    long: str
    start: int
    end: int


def find_abbreviations(text: str) -> tuple[Abbreviation, ...]:
    """Every definition in prose, in order; only the two of a pair (MAPK/ERK) share a span."""
    found: list[Abbreviation] = []
    last = 0
    for bracket in _BRACKET.finditer(text):
        if definitions := _before(bracket, last) or _within(bracket, last):
            found += definitions
            last = bracket.end()
    return tuple(found)


def _before(bracket: re.Match[str], last: int) -> list[Abbreviation]:
    """The definition whose long form stands after `last` and before a bracket that opens with the short form."""
    content = _INTRODUCED.sub("", bracket[1], count=1)
    whole = re.split(r"[;,:=<>]|\sor\s", content, maxsplit=1)[0].strip(" \n'\"“”‘’")
    low = max(last, bracket.start() - 250)
    end = (_TOUCHING.search(bracket.string, low, bracket.start()) or bracket).start()
    start = max([low, *(bound.end() for bound in _BOUND.finditer(bracket.string, low, end))])
    window = bracket.string[start:end].rstrip(" \n,")
    for short in (whole, whole.split("/")[0]):
        span = _align(short, window) if _is_short(short) else None
        if span and _is_long(short, long := window[slice(*span)]):
            pairs = _paired(short, long) or [(short, long)]
            return [Abbreviation(*pair, start + span[0], bracket.end()) for pair in pairs]
    return []


def _within(bracket: re.Match[str], last: int) -> list[Abbreviation]:
    """The definition whose short form stands right before a bracket that opens with the long form."""
    ahead = _AHEAD.search(bracket.string, max(last, bracket.start() - 24), bracket.start())
    heads = [(ahead[group].rstrip(), ahead.start(group)) for group in (1, 0)] if ahead else []
    for short, start in heads:
        for long in (bracket[1], re.split(r"[;,:]", bracket[1], maxsplit=1)[0]):
            span = _align(short, long) if _is_short(short) else None
            if span and not span[0] and _is_long(short, long[: span[1]]):
                return [Abbreviation(short, long[: span[1]], start, bracket.end())]
    return []


def _is_short(short: str) -> bool:
    """True for 2 to 10 characters, one or two words, that are marked as a symbol and are no microRNA's name."""
    if not _SHORT.fullmatch(short) or short.count(" ") > 1 or _NO_SHORT.match(short) or find_names(short):
        return False
    word = short.capitalize() == short and short.lower() in WORDS
    numbered = short[0].isalpha() and " " not in short and any(map(str.isdigit, short))
    marked = numbered or any(c.isupper() or c in GREEK for c in short)
    return marked and not word and any(map(str.isalpha, short))


def _is_long(short: str, long: str) -> bool:
    """True for what is longer than `short` but not too long, not made with it, and neither clause nor reference."""
    most = min(len(short) + 5, 2 * len(short))
    if len(long) < len(short) + 3 or len(long.split()) > most or long.count("(") != long.count(")"):
        return False
    return not (_CLAUSE.search(long) or re.search(rf"(?<![^\W_]){re.escape(short.rstrip('s'))}s?(?![^\W_])", long))


def _align(short: str, text: str) -> tuple[int, int] | None:
    """The span of `text` at or near its end that spells `short`, by the initials of its words or else by letters."""
    flat = "".join(map(_letter, text))
    units = [
        unit if unit in GREEK or unit.isdigit() else _letter(unit)
        for unit in re.findall(r"\d+|[^\W\d_]", short.lower())
    ]
    plural = [units[:-1]] if len(units) > 2 and short[-1] == "s" and not short[-2].islower() else []
    ways = ((_by_initials, [*plural, units]), (_by_letters, [units, *plural]))
    spans = (way(chosen, text, flat) for way, choices in ways for chosen in choices)
    return next(filter(None, spans), None)


def _by_initials(units: Sequence[str], text: str, flat: str) -> tuple[int, int] | None:
    """The span whose words begin with `units`, small words passed over; up to two words fall away after it."""
    parts = list(_PART.finditer(flat))
    for _ in range(3):
        matched: list[re.Match[str]] = []
        for part in reversed(parts):
            if len(matched) < len(units) and _hits(units[-1 - len(matched)], text, flat, part.start()):
                matched.append(part)
            elif len(matched) == len(units) or not matched or not _PASSED_OVER.fullmatch(part[0]):
                break
        if len(matched) == len(units) and (len(units) > 3 or _START.match(flat, matched[-1].start())):
            return matched[-1].start(), matched[0].end()
        if len(units) < 3 or len(parts) < 2 or not _FALLS_AWAY.fullmatch(parts.pop()[0]) or len(parts[-1][0]) == 1:
            return None  # "activated B cells" ends with its cells
    return None


def _by_letters(units: Sequence[str], text: str, flat: str) -> tuple[int, int] | None:
    """The span with each of `units` as far right as it goes, the first at the start of a word.

    Of its words at most three have no part in the short form, and at most one of those stands at the end.
    """
    position, places = len(flat), []
    for place, unit in reversed(list(enumerate(units))):
        ahead = range(position - 1, -1, -1)
        position = next((at for at in ahead if _hits(unit, text, flat, at) and (place or _START.match(flat, at))), -1)
        if position < 0:
            return None
        places.append(position)
    words = [word for word in re.finditer(r"\S+", flat) if word.end() > position]
    while words[-1].start() > places[0] and _FALLS_AWAY.fullmatch(words[-1][0]) and len(words[-2][0]) > 1:
        words.pop()
    used = [word for word in words if any(word.start() <= at < word.end() for at in places)]
    idle = [word for word in words if word not in used and not _PASSED_OVER.fullmatch(word[0])]
    tail = [word[0] for word in idle if word.start() > places[0]]
    crowded = (
        len(idle) > 3 or len(tail) > 1 or re.fullmatch("[a-z]", "".join(tail)) or _PASSED_OVER.fullmatch(words[0][0])
    )
    return None if crowded else (position, words[-1].end())


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    """A character in lower case without its accent; of a Greek letter, its name's first."""
    lower = character.lower()
    return unicodedata.normalize("NFKD", GREEK.get(lower, lower))[0]


def _hits(unit: str, text: str, flat: str, position: int) -> bool:
    """True where `text` has `unit`: a letter, a whole number, or a Greek letter, which may be written out."""
    if unit in GREEK:
        return text[position].lower() == unit or re.match(rf"\b{GREEK[unit]}", flat[position:]) is not None
    if unit.isdigit():
        whole = not flat[max(0, position - 1) : position].isdigit() and not flat[position + len(unit) :][:1].isdigit()
        return whole and flat.startswith(unit, position)
    return flat[position] == unit or (unit == "e" and flat.startswith("oe", position))  # oestrogen receptor (ER)


def find_glossary(text: str) -> tuple[Abbreviation, ...]:
    """Every entry of a table's footnote or a list of abbreviations, in order.

    An entry is "SHORT: long", "SHORT = long", "SHORT – long" or "SHORT, long", parted from the next by a semicolon or a
    line. A remark in brackets stays in the long form; after a mere comma or blanks, this must spell the short one.
    """
    start = 0
    found: list[Abbreviation] = []
    for stop, following in [*(separator.span() for separator in _NEXT.finditer(text)), (len(text), 0)]:
        if entry := _ENTRY.fullmatch(text, start, max(start, stop)):
            found += _entries(entry)
        start = following
    return tuple(found)


def _entries(entry: re.Match[str]) -> Iterator[Abbreviation]:
    """What one entry defines: one short form, or two ("ERK/STAT3", "KLF2 and KLF4")."""
    for short, long in _paired(entry["short"], entry["long"]) or [(entry["short"], entry["long"])]:
        symbol = entry["mark"] and not (short.isalpha() and short[1:].islower())  # "Note: …" is no entry
        spelled = (span := _align(short, _REMARK.sub("", long))) and not span[0]
        if _is_short(short) and re.search(r"[^\W\d_]{3}", long) and (symbol or spelled):
            yield Abbreviation(short, long, entry.start(), entry.end("long"))


def _paired(short: str, long: str) -> list[tuple[str, str]]:
    """The two of a pair, each with its part of the long form; none for what is no pair.

    A second part that is only a number takes the words of the first: "Krüppel-like factor 2 and 4".
    """
    for mark in ("/", " and "):
        shorts, longs = ([part.strip() for part in whole.split(mark)] for whole in (short, long))
        if len(shorts) == len(longs) == 2 and min(map(len, shorts)) > 1:
            if re.fullmatch(r"\d+\w?", longs[1]):
                longs[1] = re.sub(r"\d+\w?$", "", longs[0]) + longs[1]
            if all(_is_short(one) and len(other) > len(one) for one, other in zip(shorts, longs, strict=True)):
                return list(zip(shorts, longs, strict=True))
    return []


@lru_cache(maxsize=16384)
def meaning_of(short: str, long: str) -> Meaning | None:
    """What a short form with that long form means; None for what is no short form of anything.

    A long form that neither spells the short one nor has a number or letter of its own ("YOD1: deubiquitinating
    enzyme") says what kind of thing it is, not which.
    """
    if not _is_short(short):
        return None
    plain = _REMARK.sub("", long)
    said = _align(short, plain) is not None or re.search(r"(?<![^\W_])(?:\d+|[A-Z])(?![^\W_])", plain) is not None
    pieces = map(fold, PIECE.findall(plain)) if said else map(str.lower, symbols_of(short))
    concept = " ".join(piece for piece in pieces if piece not in UNSAID)
    return Meaning(symbols_of(short), concept, said, tuple(map(symbols_of, _OTHER_NAME.findall(long))))
