"""Other names of one thing, from a table the user has, found in a text without taking a plain word for a symbol.

No list of English words can tell a gene from a verb, so a name is matched by what it looks like:

- of several words ("tight junction protein 1", "E-cadherin") or one learned word ("melanoma", "occludin"): in any
  case, hyphens and blanks alike, Greek letters spelled out, a plural s and British spellings folded;
- a symbol with a digit or a Greek letter ("TJP1", "ZO-1", "TNF-α"): in any case, hyphens alike, never across a blank;
- a symbol of letters only ("SET", "KRAS", "HCC"): as written, and only where the text around it is not in capitals;
  "set", "Set" and "THE REST OF THE SET" are words;
- one or two letters, one letter with a number ("D29") and a lone short word ("base", "impact"): never, but for
  proteins named by their mass ("p53").

A name of two things is taken for the one that prefers it, or else for the one that the same text names otherwise.
A name that is a piece of a longer one ("EGF receptor", "gremlin-2", "N-MYC") is none. MicroRNAs go by `index.names`.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, Final, Self

from corpus.errors import LibraryDamaged
from corpus.store import REBUILD
from index.names import find_names

RULES: Final = 1
"""Raised whenever names are keyed or matched otherwise; the keys saved under another number are made anew."""

_LONGEST: Final = 24  # pieces of a name; nobody writes out a longer one
_DASH: Final = "\\-\u2010-\u2013\u2212_"
_GREEK: Final = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "ς": "sigma", "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_GREEK_NAME: Final = "(?:alpha|beta|gamma|delta|epsilon|kappa|theta|sigma|omega)"
_LETTER: Final = r"[^\W\d_\u0370-\u03ff]"
# letters, a number, a Greek letter or its name, a sign; a dash between blanks and a blank line are signs too
_PIECE: Final = re.compile(
    rf"{_LETTER}{{2,}}?(?={_GREEK_NAME}(?!{_LETTER}))|{_LETTER}+(?:['’]s\b)?|\d+|[\u0370-\u03ff]"
    rf"|(?<=\s)[{_DASH}](?=\s)|\n\s*\n|[^\w\s'’{_DASH}]",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_DASHES: Final = re.compile(rf"[{_DASH}]")
_CODE: Final = re.compile(rf"[^\W\d_][^\W_]*(?:[{_DASH}][^\W_]+)*")
_MASS: Final = re.compile(r"[pP]\d{2,3}")
_BLANKS_BY_GREEK: Final = re.compile(rf"\s?([\u0370-\u03ff]|\b{_GREEK_NAME}\b)\s?", re.IGNORECASE)
_LEARNED: Final = re.compile(
    r"\w{3,}(?:omas?|a?emias?|itis|os[ie]s|opath(?:y|ies)|plasias?|penias?|cytes?|blasts?|phages?|globulins?"
    r"|ins?|ases?|ogens?|cans?|ines?|mabs?|n?ibs?)"
)
# ordinary words that writers put in capitals for weight: "did NOT", "ALL patients"
_FUNCTION_WORDS: Final = frozenset(
    """a about after all also although am an and any are as at be been before both but by can cannot could did do does
    each either else ever every few for from had has have he her here him his how i if in into is it its just less many
    may me might more most much must my neither never no none nor not now of off on once one only or other our out over
    own per shall she should since so some such than that the their them then there these they this those though thus
    till to too two under until up upon us very via was we were what when where whether which while who whom whose why
    will with within without would yes yet you your""".split()  # noqa: SIM905 (a list of quoted words is harder to read)
)
# what makes a name a piece of another: "MET-1", "TNF β", "N-MYC"; and, of molecules, "gremlin 2", "EGF receptor"
_GOES_ON: Final = re.compile(
    rf"[{_DASH}](?:\d{{1,2}}[A-Za-z]?|[A-Za-z]|{_GREEK_NAME})(?!\w)|[\s{_DASH}]?[\u0370-\u03ff]"
)
_GOES_BEFORE: Final = re.compile(rf"(?<![^\W_])[A-Z\u0370-\u03ff][{_DASH}]\Z")
_OTHER_MOLECULE: Final = re.compile(
    rf"\s(?:\d{{1,2}}[A-Z]?(?![\w.%])|{_GREEK_NAME}(?!\w))|[\s{_DASH}](?:receptors?|ligands?|like)(?!\w)"
    rf"|[\s{_DASH}](?:related|associated|interacting|binding)[\s{_DASH}](?:protein|factor|kinase)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing and its names.

    Attributes:
        concept: its key: an identifier ("HGNC:11827"), a microRNA's name in its one spelling, or the preferred name.
        name: the preferred name, to show.
        type: `"gene"`, `"mirna"`, `"disease"`, or what the file says.
        synonyms: every name as written, the preferred one included.
    """

    concept: str
    name: str
    type: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A name of the lexicon as it stands in a text.

    Attributes:
        text: the very characters `[start, end)` of the text searched.
        concepts: the keys of what it names, sorted; several only where these share one preferred name.
        name, type: those of the first of these.
    """

    text: str
    start: int
    end: int
    concepts: tuple[str, ...]
    name: str
    type: str


class Lexicon:
    """Entries, and where their names stand in a text; never changed once made.

    Attributes:
        entries: in the order of their concepts, the preferred name first among each one's synonyms.
        hash: of the entries and the rules, SHA-256, hexadecimal; equal lexicons have an equal hash.
    """

    def __init__(self, entries: tuple[Entry, ...], forms: dict[str, str]) -> None:
        self.entries = entries
        self.hash = hashlib.sha256(_dump([RULES, _fields(entries)])).hexdigest()
        self._forms = forms  # by key: who has a name of that key, as "entry.synonym entry.synonym"
        self._has_molecules = False
        self._lengths: dict[str, int] = {}  # by first piece: bit n is set where a name of n pieces begins with it
        for key in forms:
            first, _, rest = key.partition(" ")
            if first.startswith(_MOLECULE):
                self._has_molecules = True
            else:
                self._lengths[first] = self._lengths.get(first, 0) | 1 << (rest.count(" ") + 1 if rest else 0)

    def __len__(self) -> int:
        return len(self.entries)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """The lexicon of `entries`; those of one concept become one, with the name and type of the first."""
        merged = _merge(entries)
        return cls(merged, _key_all(merged))

    def find(self, text: str) -> tuple[Found, ...]:
        """What `text` names, from left to right, the longest name first; none overlaps another."""
        sure: list[Found] = []
        unsure: list[tuple[int, int, list[int]]] = []
        for start, end, holders in self._spans(text):
            if self._is_one(holders):
                sure.append(self._found(text, start, end, holders))
            else:
                unsure.append((start, end, holders))
        named = {concept for found in sure for concept in found.concepts} if unsure else set()
        for start, end, holders in unsure:
            meant = [holder for holder in holders if self.entries[holder].concept in named]
            if meant and self._is_one(meant):
                sure.append(self._found(text, start, end, meant))
        return tuple(sorted(sure, key=lambda found: found.start))

    def concepts(self, text: str) -> tuple[str, ...]:
        """The keys of what `text` names, in order of first appearance, each once."""
        return tuple(dict.fromkeys(concept for found in self.find(text) for concept in found.concepts))

    def to_json(self) -> bytes:
        """The lexicon as UTF-8 JSON; equal lexicons give equal bytes."""
        return _dump({"rules": RULES, "hash": self.hash, "entries": _fields(self.entries), "forms": self._forms})

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """The lexicon that `to_json` wrote; keys made by other rules are made anew.

        Raises:
            LibraryDamaged: the bytes are no such lexicon, or not the one that was saved.
        """
        try:
            saved = json.loads(data)
            entries = tuple(Entry(concept, name, kind, tuple(rest)) for concept, name, kind, rest in saved["entries"])
            current = saved["rules"] == RULES
            lexicon = cls(entries, dict(saved["forms"]) if current else _key_all(entries))
            whole = not current or saved["hash"] == lexicon.hash
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            msg = f"The other names of the library cannot be read ({error}); {REBUILD}."
            raise LibraryDamaged(msg) from error
        if not whole:
            msg = f"The other names of the library are not those that were saved; {REBUILD}."
            raise LibraryDamaged(msg)
        return lexicon

    def _spans(self, text: str) -> Iterator[tuple[int, int, list[int]]]:
        """Every name's characters and the entries it may mean: microRNAs first, then the rest from left to right."""
        molecules = list(self._molecules(text)) if self._has_molecules else []
        yield from molecules
        matches = list(_PIECE.finditer(text))
        keys = [fold(match[0]) for match in matches]
        position = 0
        while position < len(keys):
            lengths, step = self._lengths.get(keys[position], 0), 1
            while lengths:
                last = lengths.bit_length() - 1
                lengths ^= 1 << last
                form = self._forms.get(" ".join(keys[position : position + last + 1]))
                if form is None or position + last >= len(keys):
                    continue
                start, end = matches[position].start(), matches[position + last].end()
                holders = self._holders(form, text, start, end)
                if holders and not any(start < there[1] and there[0] < end for there in molecules):
                    yield start, end, holders
                    step = last + 1
                    break
            position += step

    def _molecules(self, text: str) -> Iterator[tuple[int, int, list[int]]]:
        for name in find_names(text):
            if form := self._forms.get(_MOLECULE + name.name):
                yield name.start, name.end, _prefer(_places(form))

    def _holders(self, form: str, text: str, start: int, end: int) -> list[int]:
        """The entries with a name that is written as `text[start:end]` is, only those that prefer it where any does."""
        if _is_inside(text, start, end):
            return []
        return _prefer([place for place in _places(form) if self._fits(*place, text, start, end)])

    def _fits(self, entry: int, synonym: int, text: str, start: int, end: int) -> bool:
        written, there = self.entries[entry].synonyms[synonym], text[start:end]
        if self.entries[entry].type != "disease" and _OTHER_MOLECULE.match(text, end):
            return False
        look = _look(written)
        if look is _Look.WORDS:
            return True
        if look is _Look.CODE:
            return _is_same_code(written, there)
        there = _DASHES.sub("-", there)
        is_same = _DASHES.sub("-", written) in (there, there.removesuffix("s"))
        return is_same and (not written.isupper() or _stands_out(text, start, end))

    def _is_one(self, holders: Sequence[int]) -> bool:
        """True where all holders have one preferred name: one thing, told in several tables."""
        return len(holders) == 1 or len({_key(self.entries[holder].name) for holder in holders}) == 1

    def _found(self, text: str, start: int, end: int, holders: Sequence[int]) -> Found:
        first = self.entries[holders[0]]
        concepts = tuple(self.entries[holder].concept for holder in holders)
        return Found(text[start:end], start, end, concepts, first.name, first.type)


@lru_cache(maxsize=1 << 17)
def fold(piece: str) -> str:
    """A piece of a name as it is keyed: lower case, without accents, plural s and what is British about it.

    >>> [fold(piece) for piece in ("Tumours", "oesophageal", "leukaemias", "β", "KRAS")]
    ['tumor', 'esophageal', 'leukemia', 'beta', 'kras']
    """
    if not piece[0].isalpha():
        return "|" if piece.isspace() else piece
    if len(piece) > 2 and piece[-1] == "s" and piece[:-1].isupper():
        piece = piece[:-1]
    if not piece.isascii():
        letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", piece))
        piece = "".join(letter for letter in letters if not unicodedata.combining(letter))
    word = _spell(piece).removesuffix("'s").removesuffix("’s")
    return word if len(word) < 5 or piece.isupper() else _fold_word(word)


def _fold_word(word: str) -> str:
    if word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    word = word.replace("ae", "e").replace("oe", "e").replace("our", "or").replace("ll", "l").replace("sulph", "sulf")
    word = re.sub(r"(?<=[iy])s(?=(?:e|ed|ing|ation)$)", "z", word)
    return re.sub(r"([bt])re$", r"\1er", word)


def _spell(text: str) -> str:
    """`text` in lower case, its Greek letters spelled out."""
    return "".join(_GREEK.get(letter, letter) for letter in text.casefold())


def _key(name: str) -> str:
    return " ".join([fold(piece) for piece in _PIECE.findall(name)])


_MOLECULE: Final = "mirna:"  # before a canonical name; no piece of a text holds a letter and a colon


def _merge(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """`entries` by concept, synonyms without blanks around and repeats, the preferred name first."""
    merged: dict[str, Entry] = {}
    for entry in entries:
        first = merged.get(entry.concept, entry)
        names = (first.name, *first.synonyms, *entry.synonyms)
        merged[entry.concept] = Entry(entry.concept, first.name, first.type, tuple(dict.fromkeys(names)))
    return tuple(merged[concept] for concept in sorted(merged))


def _key_all(entries: Sequence[Entry]) -> dict[str, str]:
    """Who has a name of which key, for every name that is ever matched."""
    forms: dict[str, list[str]] = {}
    for number, entry in enumerate(entries):
        for place, written in enumerate(entry.synonyms):
            key = _molecule_key(written, entry.concept) if entry.type == "mirna" else None
            if key is None and _is_matched(written, entry, preferred=place == 0):
                key = _key(written)
            if key and key.count(" ") < _LONGEST:
                forms.setdefault(key, []).append(f"{number}.{place}")
    return {key: " ".join(places) for key, places in forms.items()}


def _molecule_key(written: str, concept: str) -> str | None:
    """The key of a microRNA's name, empty for one that is today's without its letter or arm, None for another spelling.

    miR-17 was miR-17-5p and miR-20 was miR-20a-5p; today both name more than that, so neither is taken for it.
    """
    names = find_names(written)
    if len(names) != 1 or names[0].text != written:
        return None
    name = names[0].name
    is_stem = name != concept and concept.startswith(name) and not concept[len(name)].isdigit()
    return "" if is_stem else _MOLECULE + name


def _is_matched(written: str, entry: Entry, *, preferred: bool) -> bool:
    """False for a name that no text may be held against: too short, too common, or of too many things."""
    look = _look(written)
    if look is _Look.NONE or preferred:
        return look is not _Look.NONE
    if look is _Look.LETTERS and (written.lower() in _FUNCTION_WORDS or (entry.type == "gene" and len(written) < 4)):
        return False
    return entry.type != "gene" or not written.isalpha() or look is _Look.LETTERS or bool(_LEARNED.fullmatch(written))


def _places(form: str) -> list[tuple[int, int]]:
    pairs = (place.partition(".") for place in form.split())
    return [(int(entry), int(synonym)) for entry, _, synonym in pairs]


def _prefer(places: Iterable[tuple[int, int]]) -> list[int]:
    places = list(places)
    return sorted({entry for entry, synonym in places if synonym == 0} or {entry for entry, _ in places})


def _fields(entries: Iterable[Entry]) -> list[list[Any]]:
    return [[entry.concept, entry.name, entry.type, entry.synonyms] for entry in entries]


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


class _Look(Enum):
    """How a name is matched, by what it looks like."""

    WORDS = "several words, or one learned word"
    CODE = "letters with a digit or a Greek letter"
    LETTERS = "as written"
    NONE = "never"


@lru_cache(maxsize=1 << 17)
def _look(written: str) -> _Look:
    words = _WORD.findall(written)
    count = sum(map(len, words))
    if count + sum(map(str.isdigit, written)) < 3 or not words:
        return _Look.NONE
    if _has_plain_words(written, words):
        return _Look.WORDS
    if any(map(str.isdigit, written)) or re.search(rf"[\u0370-\u03ff]|{_GREEK_NAME}", written, re.IGNORECASE):
        if count == 1:
            return _Look.CODE if _MASS.fullmatch(written) else _Look.NONE
        if _CODE.fullmatch(_BLANKS_BY_GREEK.sub(r"\1", written)):
            return _Look.CODE
        return _Look.NONE if " " in written else _Look.LETTERS
    is_symbol = " " not in written and any(map(str.isupper, written[1:]))
    return _Look.LETTERS if is_symbol and count > 2 else _Look.NONE


def _has_plain_words(written: str, words: Sequence[str]) -> bool:
    """True for a learned word, alone or tied to others, and for two or more words with a blank, not all short."""
    plain = [word for word in words if len(word) > 1 and not re.fullmatch(_GREEK_NAME, word, re.IGNORECASE)]
    if (written.isalpha() or re.search(rf"[\s{_DASH}]", written)) and any(map(_is_learned, plain)):
        return True
    is_long = sum(map(len, plain)) > 7 and any(len(word) > 4 and not word.isupper() for word in plain)
    return " " in written and len(plain) > 1 and is_long


def _is_learned(word: str) -> bool:
    """True for a word too long, or of too learned an ending, to be an everyday one; a list of these is not needed."""
    if not word[1:].islower():
        return False
    return len(word) > 8 or (len(word) > 5 and bool(_LEARNED.fullmatch(word.lower())))


def _is_same_code(written: str, there: str) -> bool:
    """True where `there` spells the code `written`.

    Capitals mark a symbol, so "TJP-1" is TJP1; in small letters a hyphen must be the code's own ("zo-1", not "set-1").
    """
    written, there = (_DASHES.sub("-", _BLANKS_BY_GREEK.sub(r"\1", side)) for side in (written, there))
    if _spell(written).replace("-", "") != _spell(there).replace("-", ""):
        return False
    words = _WORD.findall(there)
    if any(map(str.isupper, "".join(words)[1:])):
        return True
    return words[0].lower() not in _FUNCTION_WORDS and ("-" not in there or _spell(written) == _spell(there))


def _is_inside(text: str, start: int, end: int) -> bool:
    """True where what stands around `[start, end)` makes it a piece of a longer word or name."""
    if text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum():
        return True
    return bool(_GOES_ON.match(text, end) or _GOES_BEFORE.search(text[max(0, start - 3) : start]))


def _stands_out(text: str, start: int, end: int) -> bool:
    """True where the capitals at `[start, end)` mark a symbol: small letters around them, no run of capitals, no heading."""
    before = re.split(r"[.!?]\s", text[text.rfind("\n", 0, start) + 1 : start])[-1]
    line = text[end:].partition("\n")[0]
    after = re.split(r"[.!?](?:\s|$)", line)[0]
    if not re.search(r"(?<!\w)[^\W\d_A-Z]{2,}", f"{before} {after}"):
        return False
    run_before, run_after = re.search(r"(?:\b[A-Z]+\s+)*\Z", before), re.match(r"(?:\s+[A-Z]+\b)*", after)
    assert run_before is not None and run_after is not None
    is_heading = not before[: run_before.start()].strip() and after[run_after.end() :].startswith(":")
    return len(run_before[0].split()) + len(run_after[0].split()) < 2 and not is_heading
