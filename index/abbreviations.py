"""Abbreviations that documents define, and which concepts a text names, by a short form or in full.

Definitions in running text, "long form (SHORT)" and "SHORT (long form)", are found as by Schwartz and Hearst (2003,
Pacific Symposium on Biocomputing 8:451-462): the short form is matched from right to left in the words before it, its
first character at the start of a word. What biomedical text needs beside: initials of words go before letters within
them; words that follow and have no part in it fall away ("oral squamous cell carcinoma cells (OSCC)"); a number is
matched as a whole (IL-6 is not interleukin-16); a Greek letter is matched by itself or its name.
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

_GREEK: Final = {
    letter: unicodedata.name(letter).rpartition(" ")[2].lower().replace("lamda", "lambda")
    for letter in map(chr, range(ord("α"), ord("ω") + 1))
}
_HYPHENS: Final = "-\u2010\u2011\u2012\u2013\u2212"

# what a bracket opens with, up to the next bracket of any kind: "(HCC)", "(HCC [12])"
_BRACKET: Final = re.compile(r"[(\[]([^()\[\]]{2,200})(?:[)\]]|(?=[(\[]))")
_INTRODUCED: Final = re.compile(
    r"(?:abbreviated|termed|called|named|known as|referred to as|here(?:in)?after|henceforth|also|or|i\.e\.|the)[\s,:]+"
    r"(?:(?:as|referred to as|called)\s+)?",
    re.IGNORECASE,
)
_SHORT: Final = re.compile(rf"[^\W_](?:[^\W_]|[{_HYPHENS}/.'’& ](?=[^\W_])){{1,9}}")
_NO_SHORT: Final = re.compile(  # places in the paper or on the map, words of statistics, numbered points
    r"(?:figs?|figures?|tables?|refs?|eqs?|suppl|box|appendix|section|vol|nos?|see|both|ca|cf|vs|usa|uk)(?![^\W_])"
    r"|(?!iv$)[ivx]{2,}$",
    re.IGNORECASE,
)
_UNIT: Final = re.compile(r"\d+|[^\W\d_]")
_PART: Final = re.compile(r"\d+|[^\W\d_]+")
_BEFORE: Final = re.compile(r"(?:[^\s()\[\],;]+ )?([^\s()\[\],;]+) ?$")
_TOUCHING: Final = re.compile(r"\s*\^?[(\[][^()\[\]]*[)\]]\s*$")
_SENTENCE_END: Final = re.compile(r"(?<![\s.(][A-Z])[.!?]['”\"]?\s+(?=[A-Z])|[;:]\s|\n\s*\n|\t")
_PASSED_OVER: Final = frozenset("a an and as at by for in of on or the to with".split())
_NEVER_FIRST: Final = frozenset("an and as at by for from into of or the to via with was were is are that".split())

# an entry of a glossary: "SHORT: long", "SHORT and SHORT = long"
_SYMBOL: Final = r"[^\W_][^\s:;,=()\[\]]{1,13}"
_SYMBOLS: Final = rf"{_SYMBOL}(?:(?:\s+and\s+|,\s*|\s){_SYMBOL})?"
_LABEL: Final = re.compile(r"\s*(?:list of )?abbreviations(?: and \w+)?(?: used)?\s*[:.\n]\s*", re.IGNORECASE)
_NEXT: Final = re.compile(rf"\s*[;\n]\s*|[,.]\s+(?={_SYMBOLS}\s*(?:[:=]|[{_HYPHENS}\u2014]\s))")
_ENTRY: Final = re.compile(
    rf"(?P<short>{_SYMBOLS})(?:(?P<mark>\s*[:=]\s*|\s*[{_HYPHENS}\u2014]\s+)|,\s+|\t\s*|\s\s+)(?P<long>\S.+?)[\s.,]*"
)
_REMARK: Final = re.compile(r"\s*\([^()]*\)$")
_OTHER_NAME: Final = re.compile(
    r"\((?:another name (?:for|of)|also (?:known as|called|named)|alias(?: of)?|synonym(?: of)?|aka)\s+([^()]+)\)", re.I
)

# what names in a text are made of, so that ZO-1, ZO 1 and ZO1 are one
_PIECE: Final = re.compile(r"\d+|[α-ω]|[^\W\d_α-ω]+", re.IGNORECASE)
_TIES: Final = frozenset(f"{_HYPHENS}/'’")
_UNSAID: Final = frozenset({"to", "the"})  # epithelial-to-mesenchymal transition
_BRITISH: Final = dict(
    pair.split(":")
    for pair in (
        "tumour:tumor colour:color behaviour:behavior oesoph:esoph oedem:edem oestr:estr foet:fet coeli:celi "
        "rrhoea:rrhea haem:hem aemi:emi paed:ped caec:cec aesth:esth aecol:ecol aetiol:etiol faec:fec fibre:fiber "
        "centre:center sulph:sulf logue:log signall:signal labell:label isation:ization metastases:metastasis"
    ).split()
)
_SPELLINGS: Final = re.compile("|".join(_BRITISH))
# words that are somebody's short form; with one capital at the front, or in a text all in capitals, they are words
_ORDINARY: Final = frozenset(
    "act age aid aim air all and any are arm art as at bad bar base bat bed best big but by can cap car case cast cat "
    "chip clip cost cut day do ear end era eye fact far fast fat few fit flap for gap get had has he help her hip his "
    "hit how if impact in is it key kit lab lap last led light long low map mark mask men mice mind net new no not now "
    "of off on one or our out over pace past pen pet pin poor race rare rat red rest ring risk role run same scan see "
    "set she shot sit skin so some spin star step stop task ten test that the then this tip to top trap tree two up us "
    "was we what who why with you".split()
)
_Names = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
"""Names by their first piece: for each, its pieces and its concept, longer ones first."""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what a text says it stands for.

    Attributes:
        short: as written: `HCC`.
        long: as written: `hepatocellular carcinoma`; of a long form shared by two ("factor 2 and 4"), this one's words.
        start, end: the whole definition, characters of the text searched, `[start, end)`.
    """

    short: str
    long: str
    start: int
    end: int


def find_abbreviations(text: str) -> tuple[Abbreviation, ...]:
    """Every definition in running text, in order; they never overlap, save the two of a pair (MAPK/ERK).

    Meant for prose: in a reference list, places in brackets may look like definitions.
    """
    found: list[Abbreviation] = []
    last = 0
    for bracket in _BRACKET.finditer(text):
        if definitions := _before(bracket, last) or _within(bracket, last):
            found += definitions
            last = bracket.end()
    return tuple(found)


def _before(bracket: re.Match[str], last: int) -> list[Abbreviation]:
    """The definition whose long form stands after `last` and before a bracket that opens with the short form."""
    content = _INTRODUCED.sub("", bracket[1].strip(), count=1) if _INTRODUCED.match(bracket[1].strip()) else bracket[1]
    whole = re.split(r"[;,:=]|\sor\s", content, maxsplit=1)[0].strip(" '\"“”‘’")
    for short in (whole, *whole.split("/")) if whole.count("/") == 1 else (whole,):
        if not _is_short(short):
            continue
        start, window = _window(bracket.string, last, bracket.start(), _most_words(short))
        if (span := _align(short, window)) and _is_long(short, long := window[slice(*span)]):
            pairs = _paired(short, long) or [(short, long)]
            return [Abbreviation(*pair, start + span[0], bracket.end()) for pair in pairs]
    return []


def _within(bracket: re.Match[str], last: int) -> list[Abbreviation]:
    """The definition whose short form stands right before a bracket that opens with the long form."""
    head = bracket.string[max(last, bracket.start() - 24) : bracket.start()]
    before = _BEFORE.search(head)
    for short in (before[1], before[0].rstrip()) if before else ():
        for long in (bracket[1], re.split(r"[;,:]", bracket[1], maxsplit=1)[0]):
            if not _is_short(short) or len(long.split()) > _most_words(short):
                continue
            if (span := _align(short, long, anchored=True)) and _is_long(short, long := long[: span[1]]):
                return [Abbreviation(short, long, bracket.start() - len(head) + head.rindex(short), bracket.end())]
    return []


def _window(text: str, last: int, end: int, most: int) -> tuple[int, str]:
    """The last `most` words before `end`, of one sentence, and where they begin; a bracket that touches is passed."""
    start = max(last, end - 40 * most)
    if touching := _TOUCHING.search(text, start, end):
        end = touching.start()
    start = max([start, *(stop.end() for stop in _SENTENCE_END.finditer(text, start, end))])
    depth = 0
    for position in range(end - 1, start - 1, -1):
        depth += {")": 1, "]": 1, "(": -1, "[": -1}.get(text[position], 0)
        if depth < 0:
            start = position + 1
            break
    words = list(re.finditer(r"\S+", text[start:end]))[-most:]
    first = start + words[0].start() if words else end
    return first, text[first:end].rstrip()


def _most_words(short: str) -> int:
    """How many words a long form has at most (Schwartz and Hearst)."""
    return min(len(short) + 5, 2 * len(short))


def _is_short(short: str) -> bool:
    """True for 2 to 10 characters, one or two words, that are marked as a symbol and are no microRNA's name."""
    if not _SHORT.fullmatch(short) or short.count(" ") > 1 or _NO_SHORT.match(short) or find_names(short):
        return False
    numbered = short[0].isalpha() and " " not in short and any(map(str.isdigit, short))
    return any(map(str.isalpha, short)) and (numbered or any(c.isupper() or c in _GREEK for c in short))


def _is_long(short: str, long: str) -> bool:
    """True for what is longer than `short`, not made with it, and has no reference or half a bracket in it."""
    if len(long) <= len(short) or long.count("(") != long.count(")") or re.search(r"\[\s*\d", long):
        return False
    return not re.search(rf"(?<![^\W_]){re.escape(short.removesuffix('s'))}s?(?![^\W_])", long)


def _align(short: str, text: str, *, anchored: bool = False) -> tuple[int, int] | None:
    """The span of `text`, near its end or, if anchored, at its start, that spells `short`; initials are tried first."""
    flat = "".join(map(_letter, text))
    units = [unit if unit in _GREEK or unit.isdigit() else _letter(unit) for unit in _UNIT.findall(short.lower())]
    plural = [units[:-1]] if len(units) > 2 and short[-1] == "s" and not short[-2].islower() else []
    for way, choices in ((_by_initials, [*plural, units]), (_by_letters, [units, *plural])):
        for chosen in choices:
            if (span := way(chosen, text, flat)) and not (anchored and span[0]):
                return span
    return None


def _by_initials(units: Sequence[str], text: str, flat: str) -> tuple[int, int] | None:
    """The span whose words begin with `units`, small words passed over; up to two words after it fall away."""
    parts = list(_PART.finditer(flat))
    for _ in range(3):
        matched: list[re.Match[str]] = []
        for part in reversed(parts):
            if len(matched) < len(units) and _hits(units[-1 - len(matched)], text, flat, part.start()):
                matched.append(part)
            elif len(matched) == len(units) or not matched or part[0] not in _PASSED_OVER:
                break
        if len(matched) == len(units) and _begins(flat, matched[-1].start()):
            return matched[-1].start(), matched[0].end()
        if len(units) < 3 or not parts or not _falls_away(parts.pop()[0]):
            return None
    return None


def _by_letters(units: Sequence[str], text: str, flat: str) -> tuple[int, int] | None:
    """The span with each of `units` as far right as it goes, the first at the start of a word."""
    position, end = len(flat), 0
    for place, unit in reversed(list(enumerate(units))):
        position = flat.rfind(_letter(unit[0]), 0, position)
        while position >= 0 and not (_hits(unit, text, flat, position) and (place or _begins(flat, position))):
            position = flat.rfind(_letter(unit[0]), 0, position)
        if position < 0:
            return None
        end = end or position + len(unit)
    while end < len(flat) and flat[end].isalnum():
        end += 1
    rest = _PART.findall(flat, end)
    return position, end if len(rest) < 3 and all(map(_falls_away, rest)) else len(flat)


def _letter(character: str) -> str:
    """A character in lower case without its accent; of a Greek letter, its name's first."""
    if character.isascii():
        return character.lower()
    lower = character.lower()
    return _GREEK[lower][0] if lower in _GREEK else unicodedata.normalize("NFKD", lower)[0]


def _hits(unit: str, text: str, flat: str, position: int) -> bool:
    """True where `text` has `unit`: a letter, a whole number, or a Greek letter, which may be written out."""
    if unit in _GREEK:
        return text[position].lower() == unit or re.match(rf"\b{_GREEK[unit]}", flat[position:]) is not None
    if unit.isdigit():
        whole = not flat[max(0, position - 1) : position].isdigit() and not flat[position + len(unit) :][:1].isdigit()
        return whole and flat.startswith(unit, position)
    return flat[position] == unit


def _begins(flat: str, position: int) -> bool:
    """True at the start of a word that a long form may begin with."""
    part = _PART.match(flat, position)
    return part is not None and part[0] not in _NEVER_FIRST and not (position and flat[position - 1].isalnum())


def _falls_away(word: str) -> bool:
    """True for a word that tells no two molecules apart, as a number or a letter does."""
    return len(word) > 3 and word.isalpha() and word not in _GREEK.values()


def find_glossary(text: str) -> tuple[Abbreviation, ...]:
    """Every entry of a table's footnote or a list of abbreviations, in order.

    An entry is "SHORT: long", "SHORT = long", "SHORT – long" or "SHORT, long"; entries are parted by semicolons or
    lines. A remark in brackets stays in the long form. Where only a comma or blanks part the two, the long form must
    spell the short one.
    """
    label = _LABEL.match(text)
    start = label.end() if label else 0
    found: list[Abbreviation] = []
    for stop, following in [*(separator.span() for separator in _NEXT.finditer(text, start)), (len(text), 0)]:
        if entry := _ENTRY.fullmatch(text, start, max(start, stop)):
            found += _entries(entry)
        start = following
    return tuple(found)


def _entries(entry: re.Match[str]) -> Iterator[Abbreviation]:
    """What one entry defines: one short form, or two ("ERK/STAT3", "KLF2 and KLF4")."""
    for short, long in _paired(entry["short"], entry["long"]) or [(entry["short"], entry["long"])]:
        symbol = entry["mark"] and not (short.isalpha() and short[1:].islower())  # "Note: …" is no entry
        if _is_short(short) and re.search(r"[^\W\d_]{3}", long) and (symbol or _align(short, long, anchored=True)):
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
            return list(zip(shorts, longs, strict=True))
    return []


class Abbreviations:
    """The abbreviations of a library: which concepts a text names, by a short form or in full.

    A concept's key is its long form in lower case, hyphens, plurals and British spellings folded; a short form whose
    long form does not say which molecule it is ("ZO-1: zonula occludens") is its own key.
    """

    def __init__(self, longs: _Names, shared: _Names, own: Mapping[str, _Names]) -> None:
        self._longs = longs
        self._shared = shared
        self._own = own

    @classmethod
    def of(cls, documents: Mapping[str, Iterable[Abbreviation]]) -> Self:
        """Those of some documents, by document id.

        Where one document defines a short form twice, the more frequent meaning counts, then the first. A short form
        holds for the library where all documents that define it agree.
        """
        meant, aliases = {}, []
        longs: set[str] = set()
        for document, abbreviations in sorted(documents.items()):
            votes: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
            for one in abbreviations:
                if not _is_usable(one.short):
                    continue
                key = _key(one)
                if key != (own := _fold_all(one.short)):
                    longs.add(key)
                votes[_symbols(one.short)][key] += 1
                aliases += [(document, key, _symbols(other[1])) for other in _OTHER_NAME.finditer(one.long)]
            meant[document] = {symbols: counts.most_common(1)[0][0] for symbols, counts in votes.items()}
        raise NotImplementedError(own)
