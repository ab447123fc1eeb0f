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
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from corpus.greek import NAMES as GREEK
from index.names import find_names
from index.spelling import american

_LETTERS: Final = {name: letter for letter, name in GREEK.items() if letter != "ς"}
_HYPHENS: Final = "-\u2010\u2011\u2012\u2013\u2212"
# what a bracket opens with, up to the next bracket: "(HCC)", "(HCC [12])"; but no figures: "(HR 1.2)", "(n = 3)"
_BRACKET: Final = re.compile(
    r"[(\[](?![^()\[\],;:=<>≤≥]*(?:[:=<>≤≥]\s*[-−]?[\d.]|,?\s[-−]?\d*\.\d))([^()\[\]]{2,200})(?:[)\]]|(?=[(\[]))"
)
_INTRODUCED: Final = re.compile(r"\s*(?:(?:also|or),?\s+)?(?:(?:(?:abbreviated|known) as|termed|called)\s+)?")
_SHORT: Final = re.compile(rf"[^\W_](?:[^\W_]|[{_HYPHENS}/.'’& ](?=[^\W_])){{1,9}}")
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
    rf"(?:[;\n]|(?i:abbreviations)(?: and \w+| used)*[:.])\s*|[,.]\s+(?={_SYMBOLS}\s*(?:[:=]|[{_HYPHENS}\u2014]\s))"
)
_ENTRY: Final = re.compile(
    rf"(?P<short>{_SYMBOLS})(?:(?P<mark>\s*[:=]\s*|\s*[{_HYPHENS}\u2014]\s+)|,\s+|\t\s*|\s\s+)(?P<long>\S.+?)[\s.,]*"
)
_REMARK: Final = re.compile(r"\s*\([^()]*\)$")
_OTHER_NAME: Final = re.compile(r"\((?i:another name (?:for|of)|also (?:known as|called)|aka)\s+([^()]+)\)")
# what names in a text are made of, so that ZO-1, ZO 1 and ZO1 are one
_PIECE: Final = re.compile(r"\d+|[α-ω]|(?!(?<=['’])s(?![^\W_]))[^\W\d_α-ω]+", re.IGNORECASE)
_PLURAL: Final = re.compile(r"(?<=[^\W\d_][A-Z])s(?![^\W\d_])")
_TIED: Final = re.compile(rf"[^\W_]+(?:[{_HYPHENS}/'’][^\W_]+)*|[^\W\d_]{{2,}}(?:[{_HYPHENS}/'’ ][^\W_]+)*")
_UNSAID: Final = frozenset({"to", "the"})  # epithelial-to-mesenchymal transition
_GREEK_NAME: Final = "(?:" + "|".join(GREEK.values()) + ")(?![a-z])"
# what makes a name a part of another: α-SMA, circ-MET, VEGF-A, PD-L1, TGF-β, NF-kB, IGF-1, "EGF receptor"
_LEANS: Final = re.compile(rf"(?:[^\W_]|(?<![{_HYPHENS}\w])(?:\d{{1,2}}|[^\W\d_p])[{_HYPHENS}])$")
_GOES_ON: Final = re.compile(
    rf"[^\W_]|[{_HYPHENS}](?:\d|[α-ω]|{_GREEK_NAME}|[A-Z](?![^\W\d_])|[a-z]{{1,2}}[A-Z])"
    rf"|\s(?:[α-ω](?![^\W_])|{_GREEK_NAME}|(?:receptor|ligand)s?(?![^\W_]))"
)
# … and a name in full: "non-small cell lung cancer", "growth factor 2", "growth factor A"
_NOT_THAT: Final = re.compile(r"(?<![^\W_])non[\s-]$", re.IGNORECASE)
_COUNTED: Final = re.compile(r"\s(?:\d{1,2}(?![\d%.])|[A-Z](?!\w|[\s-]cells?))")
_BROKEN: Final = re.compile(r"[.;:!?]\s|\t")
# somebody's short forms that are words where one capital begins a sentence, or where all is in capitals
_WORDS: Final = frozenset(
    """age all and are arm as at base bat by can car case cast cat chip clip day do does ear end fat flap for gap had
    has her hip his how ice if impact in is it kit lap light map mask may men mice net not now of on or our past pen pin
    rat red rest ring role see set she skin spin star step task test the to trap up was we""".split()  # noqa: SIM905 (shorter)
)
_Pieces = tuple[str, ...]
_Names = Mapping[str, Sequence[tuple[_Pieces, str]]]  # by their first piece; each with its concept


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
    word = short.capitalize() == short and short.lower() in _WORDS
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


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Abbreviations:
    """The abbreviations of a library: which concepts a text names, by a short form or in full.

    A concept's key is its long form in lower case, hyphens, plurals and British spellings folded; a short form whose
    long form does not say which molecule it is ("ZO-1: zonula occludens") is its own key.
    """

    _longs: _Names
    _shared: _Names
    _own: Mapping[str, _Names]

    @classmethod
    def of(cls, documents: Mapping[str, Iterable[Abbreviation]]) -> Self:
        """Those of some documents, by document id.

        Where one document defines a short form twice, the more frequent meaning counts, then the first. A short form
        holds for the library where all documents that define it agree.
        """
        votes: defaultdict[tuple[str, _Pieces], Counter[str]] = defaultdict(Counter)
        longs: dict[str, None] = {}
        other_names: list[tuple[str, tuple[str, _Pieces]]] = []
        for document, abbreviations in sorted(documents.items()):
            for one in (one for one in abbreviations if _is_short(one.short)):
                key, said = _concept(one)
                longs.update({key: None} if said else {})
                votes[document, _symbols(one.short)][key] += 1
                other_names += [(key, (document, _symbols(name))) for name in _OTHER_NAME.findall(one.long)]
        meant = {place: counts.most_common(1)[0][0] for place, counts in votes.items()}
        concepts = {key: key for counts in votes.values() for key in counts}
        for key, place in other_names:
            other = concepts[meant.setdefault(place, key)]
            concepts.update({known: concepts[key] for known in concepts if concepts[known] == other})
        own: defaultdict[str, list[tuple[_Pieces, str]]] = defaultdict(list)
        meanings: defaultdict[_Pieces, set[str]] = defaultdict(set)
        for (document, symbols), key in meant.items():
            own[document].append((symbols, concepts[key]))
            meanings[symbols].add(concepts[key])
        return cls(
            _by_first((tuple(key.split()), concepts[key]) for key in longs),
            _by_first((symbols, min(found)) for symbols, found in meanings.items() if len(found) == 1),
            {document: _by_first(names) for document, names in own.items()},
        )

    def changed(self, before: Abbreviations) -> Changed:
        """What texts name by other concepts than `before` had them name."""
        own = {one: before._own.get(one, {}) for one in self._own}
        return Changed(
            frozenset(name for name, _ in _flat(self._longs) ^ _flat(before._longs)),
            frozenset(name for name, _ in _flat(self._shared) ^ _flat(before._shared)),
            frozenset(one for one, names in own.items() if names != self._own[one]),
        )

    def concepts(self, text: str, document_id: str | None = None) -> tuple[str, ...]:
        """The keys of the concepts that `text` names, in order of first appearance, each once; otherwise as `find`."""
        return tuple(dict.fromkeys(concept for _, _, concept in self.find(text, document_id)))

    def find(self, text: str, document_id: str | None = None) -> tuple[tuple[int, int, str], ...]:
        """Where `text` names which concept, `(start, end, key)` from left to right; characters `[start, end)`.

        A short form, in its own capitals, is read as the document `document_id` defines it, or else as all do that
        define it. Of names that overlap the longer counts; one that goes on ("VEGF-A", "factor 2") is another name.
        """
        read, own = _Text(text), self._own.get(document_id or "", {})
        tables = ((self._longs, read.folded), (own, read.symbols), (self._shared, read.symbols))
        found: list[tuple[int, int, str]] = []
        beyond = 0
        for at, (word, symbol) in enumerate(zip(read.folded, read.symbols, strict=True)):
            if at < beyond or not (word in self._longs or symbol in self._shared or symbol in own):
                continue
            known = [(one, words) for table, words in tables for one in table.get(words[at], ())]
            beyond, concept = max((read.end(name, at, words), key) for (name, key), words in known)
            if beyond:
                found.append((read.pieces[at].start(), read.pieces[beyond - 1].end(), concept))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Changed:
    """Names that other concepts go by than before; of what is only in one of the two, the name.

    Attributes:
        longs: names in full, in folded pieces.
        shorts: short forms that hold for the library, in pieces.
        documents: the ids of the documents whose own short forms have changed.
    """

    longs: frozenset[tuple[str, ...]]
    shorts: frozenset[tuple[str, ...]]
    documents: frozenset[str]


class _Text:
    """A text in pieces: as symbols, for short forms, and folded, for long ones."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.shouted = text.isupper()
        self.pieces = list(_PIECE.finditer(text))
        self.symbols = _symbols(text)
        self.folded = [_fold(piece[0]) for piece in self.pieces]

    def end(self, name: _Pieces, place: int, words: Sequence[str]) -> int:
        """The piece after a name that begins at the piece `place`, or 0 where it does not or is a part of another."""
        full, end = words is self.folded, place
        for wanted in name:
            while full and place < end < len(words) and words[end] in _UNSAID:
                end += 1
            if end == len(words) or words[end] != wanted:
                return 0
            end += 1
        start, stop = self.pieces[place].start(), self.pieces[end - 1].end()
        said, before = self.text[start:stop], self.text[max(0, start - 5) : start]
        if full:
            other = bool(_BROKEN.search(said) or _NOT_THAT.search(before) or _COUNTED.match(self.text, stop))
        else:
            other = not _TIED.fullmatch(said) or (self.shouted and said.lower() in _WORDS)
        return 0 if other or _LEANS.search(before) or _GOES_ON.match(self.text, stop) else end


def _concept(one: Abbreviation) -> tuple[str, bool]:
    """The key of what a short form stands for, and whether that is its name in full.

    A long form that neither spells the short one nor has a number or letter of its own ("YOD1: deubiquitinating
    enzyme") says what kind of thing it is, not which.
    """
    long = _REMARK.sub("", one.long)
    said = _align(one.short, long) is not None or re.search(r"(?<![^\W_])(?:\d+|[A-Z])(?![^\W_])", long) is not None
    pieces = map(_fold, _PIECE.findall(long)) if said else map(str.lower, _symbols(one.short))
    return " ".join(piece for piece in pieces if piece not in _UNSAID), said


def _by_first(names: Iterable[tuple[_Pieces, str]]) -> _Names:
    found: defaultdict[str, list[tuple[_Pieces, str]]] = defaultdict(list)
    for pieces, concept in names:
        found["".join(pieces[:1])].append((pieces, concept))
    return dict(found)


def _flat(names: _Names) -> Set[tuple[_Pieces, str]]:
    return {one for some in names.values() for one in some}


def _symbols(text: str) -> _Pieces:
    """The pieces of a text as they stand, but for the s of a plural (CAFs) and the names of Greek letters."""
    return tuple(_LETTERS.get(piece.lower(), piece) for piece in _PIECE.findall(_PLURAL.sub("", text)))


@lru_cache(maxsize=65536)
def _fold(piece: str) -> str:
    """A piece in lower case, without accents, singular, American, a Greek letter's name for the letter."""
    name = GREEK.get(piece.lower(), piece.lower()).replace("metastases", "metastasis")
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return re.sub(r"(?<=rus)es$|(?<=\w\w[^sui])s$", "", re.sub(r"ies$", "ys", american(plain)))
