"""Abbreviations that documents define, and what each text names by its short form or in full.

Definitions in running text, "long form (SHORT)" and "SHORT (long form)", are found as Schwartz and Hearst did (2003,
Pacific Symposium on Biocomputing 8:451-462): a short form of 2 to 10 characters is matched from right to left in the
words before it, its first character at the start of a word. What biomedical text adds: initials of the words go
before letters within them; words that follow and have no part in it fall away ("oral squamous cell carcinoma cells
(OSCC)"); a number is matched as a whole (IL-6 is not interleukin-16); a Greek letter matches its name; microRNA names,
reference markers, figures and statistics are no short forms.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from index.names import find_names

_GREEK: Final = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau "
        "upsilon phi chi psi omega".split(),  # noqa: SIM905 (a list of quoted words is harder to read)
        strict=True,
    )
)
_GREEK_NAMES: Final = frozenset(_GREEK.values())
_HYPHENS: Final = "-\u2010\u2011\u2012\u2013\u2212"

# ---- definitions in running text

# what a bracket opens with, up to the next bracket of any kind: "(HCC)", "(HCC [12])"
_BRACKET: Final = re.compile(r"[(\[]([^()\[\]]{2,200})(?:[)\]]|(?=[(\[]))")
_INTRODUCED: Final = re.compile(
    r"(?:(?:abbreviated|abbrev\.|referred to|known|denoted|designated)(?: here)?(?: as)?|termed|called|named|hereafter"
    r"|hereinafter|henceforth|also|or|i\.e\.|the|so-called)[\s,:]+",
    re.IGNORECASE,
)
_SHORT: Final = re.compile(rf"[^\W_](?:[^\W_]|[{_HYPHENS}/.'’&](?=[^\W_])| (?=[^\W_])){{1,9}}")
_WORDLESS: Final = re.compile(
    r"(?:figs?|figures?|tables?|tab|refs?|eqs?|suppl|supplementary|box|appendix|chapter|section|vol|no|nos|see|both|ca"
    r"|cf|vs|et|usa|uk)(?![^\W_])|[ivx]{2,}$(?<!^iv)",
    re.IGNORECASE,
)
_UNIT: Final = re.compile(r"\d+|[^\W\d_]")
_PART: Final = re.compile(r"\d+|[^\W\d_]+")
_SENTENCE_END: Final = re.compile(r"(?<![\s.(][A-Z])[.!?]['”\"]?\s+(?=[A-Z])|[;:]\s|\n\s*\n|\t")
_BEFORE: Final = re.compile(r"[^\s()\[\],;]+(?: [^\s()\[\],;]+)?$")
_ADJACENT: Final = re.compile(r"\s*\^?[(\[][^()\[\]]*[)\]]\s*$")
_STOPWORDS: Final = frozenset({"a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"})
_NEVER_FIRST: Final = _STOPWORDS - {"a", "in", "on"} | {"from", "into", "via", "was", "were", "is", "are", "that"}


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what a text says it stands for.

    Attributes:
        short: as written: `HCC`.
        long: as written: `hepatocellular carcinoma`; where a list shares words, those of this short form together.
        start, end: the whole definition, characters of the text searched, `[start, end)`.
    """

    short: str
    long: str
    start: int
    end: int


def find_abbreviations(text: str) -> tuple[Abbreviation, ...]:
    """Every definition in running text, in order; definitions never overlap, save two of one pair (MAPK/ERK).

    The text is prose: in a list of references, places and journals in brackets may look like definitions.
    """
    found: list[Abbreviation] = []
    last = 0
    for bracket in _BRACKET.finditer(text):
        if bracket.start() < last:
            continue
        definitions = _before_bracket(bracket, last) or _within_bracket(bracket, last)
        if definitions:
            found += definitions
            last = bracket.end()
    return tuple(found)


def _before_bracket(bracket: re.Match[str], last: int) -> list[Abbreviation]:
    """The definition whose long form stands before the bracket, which holds the short form."""
    content = bracket[1].strip(" \n'\"“”‘’")
    if introduced := _INTRODUCED.match(content):
        content = content[introduced.end() :].strip(" '\"“”‘’")
    whole = re.split(r"[;,:=]|\s+or\s+", content, maxsplit=1)[0].strip(" '\"“”‘’")
    sides = whole.split("/") if whole.count("/") == 1 else []
    for short in (whole, *sides):
        if not _is_short(short):
            continue
        start, window = _window(bracket.string, last, bracket.start(), _most_words(short))
        if (span := _align(short, window, anchored=False)) and _is_long(short, window[slice(*span)]):
            long = window[slice(*span)]
            pairs = _paired(short, long) or [(short, long)]
            return [Abbreviation(one, other, start + span[0], bracket.end()) for one, other in pairs]
    return []


def _within_bracket(bracket: re.Match[str], last: int) -> list[Abbreviation]:
    """The definition whose short form stands right before the bracket, which opens with the long form."""
    head = bracket.string[max(last, bracket.start() - 24) : bracket.start()].rstrip(" ")
    before = _BEFORE.search(head)
    if before is None:
        return []
    whole = bracket[1].lstrip()
    lead = bracket.start(1) + len(bracket[1]) - len(whole)
    for short in dict.fromkeys((before[0].split(" ")[-1], before[0])):
        for long in dict.fromkeys((whole, re.split(r"[;,:]", whole, maxsplit=1)[0])):
            if not _is_short(short) or len(long.split()) > _most_words(short) + 2:
                continue
            if (span := _align(short, long, anchored=True)) and _is_long(short, long[: span[1]]):
                start = (
                    bracket.start()
                    - len(bracket.string[: bracket.start()])
                    + len(bracket.string[: bracket.start()].rstrip(" "))
                )
                return [Abbreviation(short, long[: span[1]], start - len(short), max(bracket.end(), lead + span[1]))]
    return []


def _window(text: str, last: int, end: int, most: int) -> tuple[int, str]:
    """Where the words before `end` begin, and those words: at most `most`, of one sentence, brackets that touch cut."""
    start = max(last, end - 40 * most)
    if adjacent := _ADJACENT.search(text, start, end):
        end = adjacent.start()
    for stop in _SENTENCE_END.finditer(text, start, end):
        start = stop.end()
    depth = 0
    for position in range(end - 1, start - 1, -1):
        depth += {")": 1, "]": 1, "(": -1, "[": -1}.get(text[position], 0)
        if depth < 0:
            start = position + 1
            break
    words = list(re.finditer(r"\S+", text[start:end]))[-most:]
    return (start + words[0].start(), text[start + words[0].start() : start + words[-1].end()]) if words else (end, "")


def _most_words(short: str) -> int:
    return min(len(short) + 5, 2 * len(short))


def _is_short(short: str) -> bool:
    """True for what may be a short form: 2 to 10 characters, one or two words, and marked as a symbol by its letters."""
    if not _SHORT.fullmatch(short) or short.count(" ") > 1 or _WORDLESS.match(short) or find_names(short):
        return False
    marked = any(letter.isupper() or letter.lower() in _GREEK for letter in short)
    numbered = " " not in short and not short[0].isdigit() and any(map(str.isdigit, short))
    return any(map(str.isalpha, short)) and (marked or numbered)


def _is_long(short: str, long: str) -> bool:
    """True for what may be a long form of `short`: longer, not made with it, its brackets closed, no reference in it."""
    if len(long) <= len(short) or long.count("(") != long.count(")") or re.search(r"\[\s*\d", long):
        return False
    return not re.search(rf"(?<![^\W_]){re.escape(short.removesuffix('s'))}s?(?![^\W_])", long)


def _align(short: str, text: str, *, anchored: bool) -> tuple[int, int] | None:
    """The span of `text` that spells `short`, or None; `anchored` spans begin where the text does.

    First by the initials of its words, with up to two words after them left out, then by any of its letters.
    """
    flat = _flat(text)
    units = _units(short)
    plural = short.endswith("s") and len(units) > 2 and not short[-2].islower()
    for chosen in (units[:-1], units) if plural else (units,):
        if span := _by_initials(chosen, text, flat, anchored=anchored):
            return span
    for chosen in (units, units[:-1]) if plural else (units,):
        if span := _by_letters(chosen, text, flat, anchored=anchored):
            return span
    return None


def _by_initials(units: Sequence[str], text: str, flat: str, *, anchored: bool) -> tuple[int, int] | None:
    parts = list(_PART.finditer(flat))
    for dropped in range(3 if len(units) > 2 else 1):
        if dropped and not (parts and len(parts[-1][0]) > 3 and parts[-1][0].isalpha()):
            return None
        kept = parts = parts[:-1] if dropped else parts
        matched: list[re.Match[str]] = []
        for part in reversed(kept):
            if len(matched) == len(units):
                break
            if _hits(units[-1 - len(matched)], text, flat, part.start()):
                matched.append(part)
            elif part[0] not in _STOPWORDS or not matched:
                break
        if len(matched) == len(units) and _begins(matched[-1], flat, anchored=anchored):
            return matched[-1].start(), matched[0].end()
    return None


def _begins(part: re.Match[str], flat: str, *, anchored: bool) -> bool:
    if part.start() and flat[part.start() - 1].isalnum():
        return False
    return part[0] not in _NEVER_FIRST and (not anchored or part.start() == 0)


def _by_letters(units: Sequence[str], text: str, flat: str, *, anchored: bool) -> tuple[int, int] | None:
    """The match of Schwartz and Hearst: each character as far right as it goes, the first at the start of a word."""
    position, end = len(flat), 0
    for unit in reversed(units[1:]):
        position = _last(unit, text, flat, position)
        if position < 0:
            return None
        end = end or position + len(unit)
    while (position := _last(units[0], text, flat, position)) >= 0:
        part = _PART.match(flat, position)
        if part and _begins(part, flat, anchored=anchored):
            return position, _closed(flat, end)
    return None


def _closed(flat: str, end: int) -> int:
    """Where the long form ends whose last matched character ends at `end`: up to two plain words after it fall away."""
    while end < len(flat) and flat[end].isalnum():
        end += 1
    rest = [part[0] for part in _PART.finditer(flat, end)]
    return end if len(rest) <= 2 and all(len(word) > 3 and word.isalpha() for word in rest) else len(flat)


def _last(unit: str, text: str, flat: str, before: int) -> int:
    """The last place before `before` where `unit` is matched, or -1."""
    first = _GREEK[unit][0] if unit in _GREEK else unit
    while (before := flat.rfind(first, 0, before)) >= 0:
        if _hits(unit, text, flat, before):
            return before
    return -1


def _hits(unit: str, text: str, flat: str, position: int) -> bool:
    """True where `unit` is matched at `position`: a letter, a whole number, or a Greek letter itself or by name."""
    if unit in _GREEK:
        return text[position].lower() == unit or bool(re.match(rf"\b{_GREEK[unit]}", flat[position:]))
    if unit.isdigit():
        whole = not flat[position - 1 : position].isdigit() and not flat[position + len(unit) :][:1].isdigit()
        return whole and flat.startswith(unit, position)
    return flat[position] == unit


def _units(short: str) -> list[str]:
    """What of a short form must be matched, in order: letters in lower case without accents, and whole numbers."""
    lowered = "".join(letter if letter in _GREEK else _flat(letter) for letter in short.lower())
    return _UNIT.findall(lowered)


def _flat(text: str) -> str:
    """`text` character by character in lower case, without accents, each Greek letter its name's first."""
    lowered = text.lower() if len(text.lower()) == len(text) else "".join(letter.lower()[0] for letter in text)
    if lowered.isascii():
        return lowered
    return "".join(_GREEK[c][0] if c in _GREEK else unicodedata.normalize("NFKD", c)[0] for c in lowered)
