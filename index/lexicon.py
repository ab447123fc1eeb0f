"""Other names of one thing, from a table the user has, found in a text.

`index.lexicon_names` says what a name looks like and when a text writes it; a plain word is never taken for a symbol.
A name of two things is taken for the one that prefers it, or else for the one that the same text names otherwise, or
for none. MicroRNAs go by `index.names`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from corpus.errors import REBUILD, LibraryDamaged
from index.lexicon_names import (
    FUNCTION_WORDS,
    Look,
    fold,
    has_same_hyphens,
    is_another_molecule,
    is_defined_otherwise,
    is_inside,
    is_learned,
    is_written_like,
    key_of,
    look_of,
    pieces_of,
)
from index.names import find_names

RULES: Final = 1
"""Raised whenever names are keyed or matched otherwise; the keys saved under another number are made anew."""

_LONGEST: Final = 24  # pieces of a name; nobody writes out a longer one
_SHORT_ALIAS: Final = 5  # an older symbol of a gene in fewer letters (COPD, ROS, EMT) stands for too many things
_EXACTLY: Final = "!"  # after a place: this name only counts with its own hyphens
_MOLECULE: Final = "mirna:"  # before a microRNA's one spelling; no piece of a text holds a letter and a colon


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


@dataclass(frozen=True, slots=True)
class _Span:
    """A name's characters and the positions of the entries it may mean, ascending."""

    start: int
    end: int
    holders: tuple[int, ...]


class Lexicon:
    """Entries, and where their names stand in a text; never changed once made.

    Attributes:
        entries: in the order of their concepts, the preferred name first among each one's synonyms.
        hash: of the entries and the rules, SHA-256, hexadecimal; equal lexicons have an equal hash.
    """

    def __init__(self, entries: tuple[Entry, ...], forms: dict[str, str], hash_: str) -> None:
        self.entries = entries
        self.hash = hash_
        self._forms = forms  # by key: who has a name of that key, as "entry.synonym entry.synonym"
        self._has_molecules = False
        self._lengths: dict[str, int] = {}  # by first piece: bit n is set where a name goes on for n pieces more
        for key in forms:
            first, blank, rest = key.partition(" ")
            if first.startswith(_MOLECULE):
                self._has_molecules = True
            else:
                self._lengths[first] = self._lengths.get(first, 0) | 1 << (rest.count(" ") + 1 if blank else 0)

    def __len__(self) -> int:
        return len(self.entries)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """The lexicon of `entries`; those of one concept become one, with the name and type of the first."""
        merged = merge(entries)
        return cls(merged, _key_all(merged), _hash(_dump(_fields(merged))))

    def find(self, text: str, defined: Collection[str] = ()) -> tuple[Found, ...]:
        """What `text` names, from left to right, the longest name first; none overlaps another.

        Args:
            text: any text; `[start, end)` count its characters.
            defined: abbreviations that its document defines for itself: never taken for a symbol of that spelling.
        """
        if not self.entries:
            return ()
        spans = list(self._spans(text, defined))
        sure = [span for span in spans if self._is_one(span.holders)]
        if len(sure) < len(spans):
            named = {holder for span in sure for holder in span.holders}
            unsure = [span for span in spans if not self._is_one(span.holders)]
            meant = [(span, tuple(sorted(named.intersection(span.holders)))) for span in unsure]
            sure += [_Span(span.start, span.end, who) for span, who in meant if who and self._is_one(who)]
        return tuple(self._found(text, span) for span in sorted(sure, key=lambda span: span.start))

    def concepts(self, text: str, defined: Collection[str] = ()) -> tuple[str, ...]:
        """The keys of what `text` names, in order of first appearance, each once."""
        return tuple(dict.fromkeys(concept for found in self.find(text, defined) for concept in found.concepts))

    def to_json(self) -> bytes:
        """The lexicon as three lines of UTF-8 JSON: its sum, its entries, its keys; equal lexicons give equal bytes."""
        body = _dump(_fields(self.entries)) + b"\n" + _dump(self._forms) + b"\n"
        about = {"rules": RULES, "sum": hashlib.sha256(body).hexdigest()}
        return _dump(about) + b"\n" + body

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """The lexicon that `to_json` wrote; keys made by other rules are made anew.

        Raises:
            LibraryDamaged: the bytes are no such lexicon, or not the one that was saved.
        """
        head, _, body = data.partition(b"\n")
        try:
            about = json.loads(head)
            if about["sum"] != hashlib.sha256(body).hexdigest():
                raise LibraryDamaged(f"The other names of the library are not those that were saved; {REBUILD}.")
            told, keys, _ = body.split(b"\n")
            entries = tuple(Entry(concept, name, kind, tuple(rest)) for concept, name, kind, rest in json.loads(told))
            return cls(entries, json.loads(keys) if about["rules"] == RULES else _key_all(entries), _hash(told))
        except (ValueError, KeyError, TypeError) as error:
            msg = f"The other names of the library cannot be read ({error}); {REBUILD}."
            raise LibraryDamaged(msg) from error

    def _spans(self, text: str, defined: Collection[str]) -> Iterator[_Span]:
        """Every name that may mean an entry: microRNAs first, then the rest from left to right."""
        molecules = list(self._molecules(text)) if self._has_molecules else []
        yield from molecules
        matches = pieces_of(text)
        keys = [fold(match[0]) for match in matches]
        position = 0
        while position < len(keys):
            more, step = self._lengths.get(keys[position], 0), 1
            while more:
                last = position + more.bit_length() - 1
                more ^= 1 << (last - position)
                form = self._forms.get(" ".join(keys[position : last + 1])) if last < len(keys) else None
                if form is None:
                    continue
                start, end = matches[position].start(), matches[last].end()
                holders = self._holders(form, text, start, end, defined)
                if holders and not any(start < there.end and there.start < end for there in molecules):
                    yield _Span(start, end, holders)
                    step = last + 1 - position
                    break
            position += step

    def _molecules(self, text: str) -> Iterator[_Span]:
        for name in find_names(text):
            if form := self._forms.get(_MOLECULE + name.name):
                yield _Span(name.start, name.end, _prefer(_places(form)))

    def _holders(self, form: str, text: str, start: int, end: int, defined: Collection[str]) -> tuple[int, ...]:
        """The entries with a name that is written as `text[start:end]` is, only those that prefer it where any does."""
        if is_inside(text, start, end):
            return ()
        places = _places(form)
        if form.endswith(_EXACTLY):
            places = [place for place in places if has_same_hyphens(self._written(place), text[start:end])]
        return _prefer([place for place in places if self._fits(place, text, start, end, defined)])

    def _written(self, place: tuple[int, int]) -> str:
        return self.entries[place[0]].synonyms[place[1]]

    def _fits(self, place: tuple[int, int], text: str, start: int, end: int, defined: Collection[str]) -> bool:
        entry, written = self.entries[place[0]], self._written(place)
        if entry.type != "disease" and is_another_molecule(text, end):
            return False
        if not is_written_like(written, text, start, end):
            return False
        if look_of(written) is not Look.LETTERS:
            return True
        return written not in defined and not is_defined_otherwise(written, text, entry.synonyms)

    def _is_one(self, holders: Sequence[int]) -> bool:
        """True where all holders have one preferred name: one thing, told in several tables."""
        return len(holders) == 1 or len({key_of(self.entries[holder].name) for holder in holders}) == 1

    def _found(self, text: str, span: _Span) -> Found:
        first = self.entries[span.holders[0]]
        concepts = tuple(self.entries[holder].concept for holder in span.holders)
        return Found(text[span.start : span.end], span.start, span.end, concepts, first.name, first.type)


def merge(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """`entries` in the order of their concepts, those of one concept made one, the preferred name first, none twice."""
    names: dict[str, dict[str, None]] = {}
    first: dict[str, Entry] = {}
    for entry in entries:
        held = first.setdefault(entry.concept, entry)
        names.setdefault(entry.concept, {held.name: None}).update(dict.fromkeys(entry.synonyms))
    return tuple(
        Entry(concept, first[concept].name, first[concept].type, tuple(names[concept])) for concept in sorted(first)
    )


def _key_all(entries: Sequence[Entry]) -> dict[str, str]:
    """Who has a name of which key, for every name that is ever matched."""
    forms: dict[str, list[str]] = {}
    unmatched: dict[str, set[str]] = {}
    for number, entry in enumerate(entries):
        for place, written in enumerate(entry.synonyms):
            key = _molecule_key(written, entry.concept) if entry.type == "mirna" else None
            if key is None and _is_matched(written, entry.type, preferred=place == 0):
                key = key_of(written)
            elif key is None and look_of(written) is Look.CODE:
                unmatched.setdefault(key_of(written), set()).add(str(number))
            if key and key.count(" ") < _LONGEST:
                forms.setdefault(key, []).append(f"{number}.{place}")
    for key in _families(forms):
        del forms[key]
    for key in _shared(forms, unmatched):
        forms[key] = [f"{place}{_EXACTLY}" for place in forms[key]]
    return {key: " ".join(places) for key, places in forms.items()}


def _shared(forms: dict[str, list[str]], unmatched: dict[str, set[str]]) -> list[str]:
    """The keys that nobody prefers and that another entry has in a spelling too short to be matched.

    EB-1 is one gene's alias and EB1 another's, so "EB1" in a text is not to be taken for EB-1.
    """
    loose = (key for key in unmatched if key in forms and not any(place.endswith(".0") for place in forms[key]))
    return [key for key in loose if unmatched[key] - {place.partition(".")[0] for place in forms[key]}]


def _families(forms: dict[str, list[str]]) -> list[str]:
    """The lone words that others number: "cadherin" names no one molecule where there is a "cadherin 2" of another."""
    numbered: dict[str, set[str]] = {}
    for key, places in forms.items():
        word, _, number = key.partition(" ")
        if number.isdigit() and len(word) > 4:
            numbered.setdefault(word, set()).update(place.partition(".")[0] for place in places)
    lone = (word for word in numbered if word in forms)
    return [word for word in lone if numbered[word] - {place.partition(".")[0] for place in forms[word]}]


def _molecule_key(written: str, concept: str) -> str | None:
    """The key of a microRNA's name, empty for one that is today's without its letter or arm, None for other spellings.

    miR-17 was miR-17-5p and miR-20 was miR-20a-5p; today both name more than that, so neither is taken for it.
    """
    names = find_names(written)
    if len(names) != 1 or names[0].text != written:
        return None
    name = names[0].name
    is_stem = name != concept and concept.startswith(name) and not concept[len(name)].isdigit()
    return "" if is_stem else _MOLECULE + name


def _is_matched(written: str, kind: str, *, preferred: bool) -> bool:
    """False for a name that no text is held against: too short, too common a word, or of too many things."""
    look = look_of(written)
    if look is Look.NONE or preferred:
        return look is not Look.NONE
    if look is Look.LETTERS:
        return written.lower() not in FUNCTION_WORDS and (kind != "gene" or len(written) >= _SHORT_ALIAS)
    if kind == "gene" and look is Look.CODE and len(written) < 4:
        return not written.isalnum() or written[1:].isdigit()  # "ZO-1" and "p53", not "CO2"
    return kind != "gene" or not written.isalpha() or is_learned(written, by_ending=True)


def _places(form: str) -> list[tuple[int, int]]:
    pairs = (place.rstrip(_EXACTLY).partition(".") for place in form.split())
    return [(int(entry), int(synonym)) for entry, _, synonym in pairs]


def _prefer(places: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    return tuple(sorted({entry for entry, synonym in places if synonym == 0} or {entry for entry, _ in places}))


def _fields(entries: Iterable[Entry]) -> list[list[Any]]:
    return [[entry.concept, entry.name, entry.type, entry.synonyms] for entry in entries]


def _hash(entries: bytes) -> str:
    return hashlib.sha256(b"%d\n%b" % (RULES, entries)).hexdigest()


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
