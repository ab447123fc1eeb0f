"""Other names of one thing, from a table the user has, found in a text without ever taking a plain word for a symbol.

A name is matched by what it looks like, since no list of English words can tell a gene from a verb:

- of several words ("tight junction protein 1", "E-cadherin") or one long technical word ("melanoma", "occludin"): in
  any case, hyphens and blanks alike, Greek letters spelled out, a plural s and British spellings folded;
- a symbol with a digit or a Greek letter ("TJP1", "ZO-1", "TNF-α"): in any case, hyphens alike, never across a blank;
- a symbol of letters only ("SET", "KRAS", "HCC"): only as written, and only where the text around it is not all
  capitals; "set", "Set" and "THE SET" are words;
- one or two letters, a lone short word ("base", "impact"), one letter with a number ("D29"): never. The protein names
  of that last form, p and its mass in kilodaltons ("p53"), are the one exception.

A name of two things is taken only for the one that prefers it, or the one that the same text names otherwise. What
begins or ends a longer name ("EGF receptor", "gremlin-2", "N-MYC") is no name. MicroRNAs go through `index.names`.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple, Self

from corpus.errors import LibraryDamaged
from corpus.store import REBUILD
from index.names import find_names

RULES: Final = 1
"""Raised whenever a name is keyed otherwise than before; saved keys of another number are made anew."""

_LONGEST: Final = 24  # pieces of a name; nobody writes out a longer one
_HYPHENS: Final = "\\-\u2010-\u2013\u2212_"
_GREEK: Final = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "ς": "sigma", "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_GREEK_NAME: Final = "(?:alpha|beta|gamma|delta|epsilon|kappa|theta|sigma|omega)"
_LETTER: Final = r"[^\W\d_\u0370-\u03ff]"
# letters, digits, one Greek letter or its name, a sign; a lone dash and a blank line part what stands around them
_PIECE: Final = re.compile(
    rf"{_LETTER}{{2,}}?(?={_GREEK_NAME}(?!{_LETTER}))|{_LETTER}+(?:['’]s\b)?|\d+|[\u0370-\u03ff]"
    rf"|(?<=\s)[{_HYPHENS}](?=\s)|\n\s*\n|[^\w\s'’{_HYPHENS}]",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_CODE: Final = re.compile(rf"[^\W\d_][^\W_]*(?:[{_HYPHENS}][^\W_]+)*")
_MASS: Final = re.compile(r"[pP]\d{2,3}")
_TECHNICAL: Final = re.compile(
    r".{3,}(?:omas?|emias?|aemias?|itis|osis|oses|opathy|plasias?|penias?|cytes?|blasts?|phages?|ins?|ases?|ogen|cans?|ines?"
    r"|mabs?|ibs?|globulins?)"
)
# ordinary words that a writer puts in capitals for weight: "did NOT", "ALL patients"
_FUNCTION_WORDS: Final = frozenset(
    """a about after all also although am an and any are as at be been before both but by can cannot could did do does
    each either else ever every few for from had has have he her here hers him his how i if in into is it its just less
    many may me might mine more most much must my neither never no none nor not now of off on once one only or other
    our out over own per shall she should since so some such than that the their them then there these they this those
    though thus till to too two under until up upon us very via was we well were what when where whether which while
    who whom whose why will with within without would yes yet you your""".split()  # noqa: SIM905 (easier to read)
)
_SEPARATOR: Final = re.compile(rf"[\s{_HYPHENS}]+")
_BLANK_BY_GREEK: Final = re.compile(rf"\s(?=[\u0370-\u03ff]|{_GREEK_NAME}\b)|(?<=[\u0370-\u03ff])\s", re.IGNORECASE)
# what makes a name the beginning or the end of another one
_PART_OF_NEXT: Final = re.compile(
    rf"[{_HYPHENS}](?:\d{{1,2}}[A-Za-z]?|[A-Za-z]|[\u0370-\u03ff]|{_GREEK_NAME})(?!\w)"
    rf"|[\s{_HYPHENS}]?[\u0370-\u03ff]"
)
_PART_OF_MOLECULE: Final = re.compile(
    rf"\s(?:\d{{1,2}}[A-Z]?(?![\w.%])|{_GREEK_NAME}(?!\w))"
    rf"|[\s{_HYPHENS}](?:receptors?|ligands?|like|related|binding|associated|interacting)(?!\w)",
    re.IGNORECASE,
)
_PART_OF_LAST: Final = re.compile(rf"(?<![^\W_])[A-Z\u0370-\u03ff][{_HYPHENS}]\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing and its names.

    Attributes:
        concept: its key: an identifier ("HGNC:11827"); a microRNA's name in its one spelling; or the preferred name.
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
        concepts: the keys of what it names, sorted; several only where these have one preferred name.
        name, type: of the first of these.
    """

    text: str
    start: int
    end: int
    concepts: tuple[str, ...]
    name: str
    type: str


class _Kind(Enum):
    WORDS = "several words, or one technical word"
    CODE = "letters with a digit or a Greek letter"
    LETTERS = "letters only"
    NONE = "never matched"


class _Piece(NamedTuple):
    key: str
    start: int
    end: int


class Lexicon:
    """Entries, and where their names stand in a text; never changed once made."""

    def __init__(self, entries: tuple[Entry, ...], forms: dict[str, str]) -> None:
        self.entries = entries
        self.hash = hashlib.sha256(_dump([RULES, [_fields(entry) for entry in entries]])).hexdigest()
        self._forms = forms
        self._has_molecules = any(key.startswith("mir:") for key in forms)
        self._lengths: dict[str, int] = defaultdict(int)  # by first piece: bit n is set where a name has n pieces
        for key in forms:
            self._lengths[key.partition(" ")[0]] |= 1 << (key.count(" ") + 1)
        self._lengths = dict(self._lengths)

    def __len__(self) -> int:
        return len(self.entries)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """The lexicon of `entries`, in the order of their concepts; those of one concept are one, the first's name kept."""
        merged = _merged(entries)
        return cls(merged, _forms(merged))

    def find(self, text: str) -> tuple[Found, ...]:
        """What `text` names, from left to right, the longest name first; none overlaps another."""
        if not self.entries:
            return ()
        sure: list[Found] = []
        unsure: list[tuple[int, int, list[int]]] = []
        for start, end, holders in self._spans(text):
            if self._agree(holders):
                sure.append(self._found(text, start, end, holders))
            else:
                unsure.append((start, end, holders))
        if unsure:
            named = {concept for found in sure for concept in found.concepts}
            for start, end, holders in unsure:
                meant = [holder for holder in holders if self.entries[holder].concept in named]
                if meant and self._agree(meant):
                    sure.append(self._found(text, start, end, meant))
            sure.sort(key=lambda found: found.start)
        return tuple(sure)

    def concepts(self, text: str) -> tuple[str, ...]:
        """The keys of what `text` names, in order of first appearance, each once."""
        return tuple(dict.fromkeys(concept for found in self.find(text) for concept in found.concepts))

    def to_json(self) -> bytes:
        """The lexicon as UTF-8 JSON; equal lexicons give equal bytes."""
        entries = [_fields(entry) for entry in self.entries]
        return _dump({"rules": RULES, "hash": self.hash, "entries": entries, "forms": self._forms})

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """The lexicon that `to_json` wrote; keys made by other rules are made anew.

        Raises:
            LibraryDamaged: the bytes are not such a lexicon, or not all of it.
        """
        try:
            saved = json.loads(data)
            entries = tuple(Entry(concept, name, type_, tuple(rest)) for concept, name, type_, rest in saved["entries"])
            lexicon = cls(entries, saved["forms"] if saved["rules"] == RULES else _forms(entries))
            whole = saved["rules"] != RULES or saved["hash"] == lexicon.hash
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            msg = f"The other names of the library cannot be read ({error}); {REBUILD}."
            raise LibraryDamaged(msg) from error
        if not whole:
            msg = f"The other names of the library are not those that were saved; {REBUILD}."
            raise LibraryDamaged(msg)
        return lexicon

    def _spans(self, text: str) -> Iterator[tuple[int, int, list[int]]]:
        """Every name's characters and who may be meant, microRNAs' first, then from left to right."""
        taken = list(self._molecules(text)) if self._has_molecules else []
        yield from taken
        pieces = [_Piece(fold(match[0]), *match.span()) for match in _PIECE.finditer(text)]
        keys = [piece.key for piece in pieces]
        position = 0
        while position < len(pieces):
            lengths = self._lengths.get(keys[position], 0)
            step = 1
            while lengths:
                n = lengths.bit_length() - 1
                lengths ^= 1 << n
                if position + n > len(keys) or not (form := self._forms.get(" ".join(keys[position : position + n]))):
                    continue
                start, end = pieces[position].start, pieces[position + n - 1].end
                holders = self._holders(form, text, start, end)
                if holders and not any(start < there[1] and there[0] < end for there in taken):
                    yield start, end, holders
                    step = n
                    break
            position += step

    def _molecules(self, text: str) -> Iterator[tuple[int, int, list[int]]]:
        for name in find_names(text):
            if form := self._forms.get(f"mir:{name.name}"):
                yield name.start, name.end, self._preferring([_place(place) for place in form.split()])

    def _holders(self, form: str, text: str, start: int, end: int) -> list[int]:
        """The entries of a form that `text[start:end]` is written like, only those that prefer it where any does."""
        if _inside(text, start, end):
            return []
        places = [_place(place) for place in form.split()]
        return self._preferring([place for place in places if self._fits(*place, text, start, end)])

    def _preferring(self, places: list[tuple[int, int]]) -> list[int]:
        preferring = [entry for entry, synonym in places if synonym == 0]
        return preferring or sorted({entry for entry, _ in places})

    def _fits(self, place: int, synonym: int, text: str, start: int, end: int) -> bool:
        entry = self.entries[place]
        written, there = entry.synonyms[synonym], text[start:end]
        if entry.type != "disease" and _PART_OF_MOLECULE.match(text, end):
            return False
        kind = _kind(written)
        if kind is _Kind.WORDS:
            return True
        if kind is _Kind.CODE:
            return _same_code(written, there)
        return _same_letters(written, there) and (not there.isupper() or _is_set_off(text, start, end))

    def _agree(self, holders: list[int]) -> bool:
        """True where all holders have one preferred name: one thing, told in several tables."""
        return len(holders) == 1 or len({_key(self.entries[holder].name) for holder in holders}) == 1

    def _found(self, text: str, start: int, end: int, holders: list[int]) -> Found:
        first = self.entries[holders[0]]
        concepts = tuple(self.entries[holder].concept for holder in holders)
        return Found(text[start:end], start, end, concepts, first.name, first.type)


@lru_cache(maxsize=65536)
def fold(piece: str) -> str:
    """A piece of a name as it is keyed: lower case, without accents, plural s and what is British about it.

    >>> fold("Tumours"), fold("oesophageal"), fold("β"), fold("KRAS")
    ('tumor', 'esophageal', 'beta', 'kras')
    """
    if not piece[0].isalpha():
        return "|" if piece.isspace() else piece
    if len(piece) > 2 and piece[-1] == "s" and piece[:-1].isupper():
        piece = piece[:-1]
    if not piece.isascii():
        piece = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", piece).casefold())
        piece = "".join(_GREEK.get(letter, letter) for letter in piece if not unicodedata.combining(letter))
    word = re.sub(r"['’]s$", "", piece.lower())
    if len(word) < 5 or piece.isupper():
        return word
    word = word.replace("ae", "e").replace("oe", "e").replace("our", "or").replace("sulph", "sulf").replace("ys", "yz")
    word = re.sub(r"is(?=(?:e|ed|es|ing|ation|ations)$)", "iz", word.replace("ll", "l"))
    word = re.sub(r"(?<=[bt])re$", "er", word)
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _key(name: str) -> str:
    return " ".join(fold(piece) for piece in _PIECE.findall(name))


@lru_cache(maxsize=65536)
def _kind(written: str) -> _Kind:
    """How a name wants to be matched, by what it looks like."""
    words = _WORD.findall(written)
    letters = sum(len(word) for word in words)
    if letters + sum(letter.isdigit() for letter in written) < 3 or not letters:
        return _Kind.NONE
    parted = bool(re.search(rf"[\s{_HYPHENS}]", written))
    plain = [word for word in words if len(word) > 2 and not re.fullmatch(_GREEK_NAME, word, re.IGNORECASE)]
    if any(map(_is_technical, plain)) if (parted or written.isalpha()) else False:
        return _Kind.WORDS
    long = any(len(word) > 4 for word in plain) and not all(word.isupper() for word in plain)
    if " " in written and len(plain) > 1 and sum(map(len, plain)) > 7 and long:
        return _Kind.WORDS
    if any(letter.isdigit() for letter in written) or re.search(rf"[\u0370-\u03ff]|{_GREEK_NAME}", written):
        return _code_kind(written, letters)
    is_symbol = any(letter.isupper() for letter in written[1:]) and " " not in written
    return _Kind.LETTERS if is_symbol and letters > 2 else _Kind.NONE


def _code_kind(written: str, letters: int) -> _Kind:
    if letters == 1:
        return _Kind.CODE if _MASS.fullmatch(written) else _Kind.NONE
    if _CODE.fullmatch(_BLANK_BY_GREEK.sub("", written)):
        return _Kind.CODE
    return _Kind.LETTERS if " " not in written else _Kind.NONE


def _is_technical(word: str) -> bool:
    """True for a word too long, or of too learned an ending, to be an ordinary one."""
    if word.isupper() or not word[1:].islower():
        return False
    return len(word) > 8 or (len(word) > 5 and bool(_TECHNICAL.fullmatch(word.lower())))


def _same_code(written: str, there: str) -> bool:
    """True where `there` spells the code `written`, whose hyphens are taken freely only where capitals mark a symbol."""
    there, written = (_BLANK_BY_GREEK.sub("", side) for side in (there, written))
    if _squeeze(there) != _squeeze(written):
        return False
    letters = "".join(_WORD.findall(there))
    if any(letter.isupper() for letter in letters[1:]):
        return True
    stem = _WORD.match(there)
    if stem is not None and stem[0].lower() in _FUNCTION_WORDS:
        return False
    hyphened = bool(re.search(rf"[{_HYPHENS}]", there))
    return not hyphened or _dashed(there) == _dashed(written)


@lru_cache(maxsize=4096)
def _squeeze(code: str) -> str:
    """A code in lower case without hyphens, its Greek letters spelled out; blanks stay."""
    return "".join(_GREEK.get(letter, letter) for letter in _HYPHEN.sub("", code.casefold()))


def _dashed(code: str) -> str:
    """A code in lower case, every kind of hyphen one and the same, Greek letters spelled out."""
    return "".join(_GREEK.get(letter, letter) for letter in _HYPHEN.sub("-", code.casefold()))


_HYPHEN: Final = re.compile(rf"[{_HYPHENS}]")


def _same_letters(written: str, there: str) -> bool:
    """True where `there` is `written`, letter by letter, a plural s aside."""
    there = _HYPHEN.sub("-", there)
    return written in (there, there.removesuffix("s"))


def _inside(text: str, start: int, end: int) -> bool:
    """True where the characters around `[start, end)` make it a part of a longer word or name."""
    if (start and (text[start - 1].isalnum())) or text[end : end + 1].isalnum():
        return True
    return bool(_PART_OF_NEXT.match(text, end) or _PART_OF_LAST.search(text, max(0, start - 3), start))


def _is_set_off(text: str, start: int, end: int) -> bool:
    """True where capitals at `[start, end)` stand out: the clause has small letters, and they are no heading of it."""
    line = text.rfind("\n", 0, start) + 1, (text.find("\n", end) + len(text) + 1) % (len(text) + 1)
    return line is not None


def _place(place: str) -> tuple[int, int]:
    entry, _, synonym = place.partition(".")
    return int(entry), int(synonym)
