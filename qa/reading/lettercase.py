"""Words as the library writes them: pten is PTEN where every paper writes it so, NF-kB is NF-κB, H19 is lncH19.

By its capitals a symbol is told from a word, and a short form from a word of the language. Who types a question on the
run leaves them out, and asks no less for that gene.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from corpus.records import Record
from corpus.stores import Stores
from index.diseases import find_diseases
from index.kind import is_kind
from index.names import find_names
from index.sites import find_sites
from index.texts import encoded_text, worded_text
from index.tokens import is_stopword, stem, symbol_key
from index.words import WordIndex
from qa.reading.attributes import GENERIC
from qa.reading.ordinary import is_ordinary
from qa.reading.question import ReadQuestion, as_alone

_SMALL: Final = re.compile(r"(?<![^\W_])(?<!-)[a-z][a-z0-9]{2,7}(?![^\W_])(?!-)")
"""What may be a symbol in small letters: three letters or figures to eight, tied to nothing."""
# NF-kB, TGFb and HIF-1a, whose Greek letters no keyboard has; TGFB1, as genes are written; avb5
_LATIN: Final = re.compile(
    r"(?<![^\W_])(?:(?P<stem>[A-Z]{2,}(?:-?\d{1,2})?-?)(?P<letter>[abgdkABGD])(?P<end>B|\d{0,2})"
    r"|a(?P<alpha>v|\d{1,2})b(?P<beta>\d{1,2}))(?![^\W_])"
)
_GREEK: Final = {"a": "α", "b": "β", "g": "γ", "d": "δ", "k": "κ"}
_PARTED: Final = re.compile(r"(?<![\w-])(?P<stem>[A-Z]{2,5}|[A-Za-z]{3,}) (?P<number>\d{1,3}[A-Za-z]?|\d{4})(?![\w-])")
_CAPITALS: Final = re.compile(r"(?<![\w-])(?P<kind>lnc-?)?(?P<symbol>[A-Z][A-Z0-9]{2,})(?![\w-])")
_WORD: Final = 4
"""Letters of a symbol in small letters at most."""
_READ: Final = 8
"""Records that are read for a word at most."""
_TELLING: Final = 2
"""Capitals and figures of a symbol at least, a capital among them."""
_REMEMBERED: Final = 4096
"""Of how many words it is remembered."""


class LetterCase:
    """How one open library writes words; may be asked by many threads at once.

    Args:
        known: the words of its records, by position.
        store: its documents, records and references.
    """

    def __init__(self, known: WordIndex, store: Stores) -> None:
        self._known, self._store = known, store
        self._written = lru_cache(_REMEMBERED)(self._look_up)

    def of(self, question: ReadQuestion) -> ReadQuestion:
        """The question with its symbols as the library writes them; what was asked stays as typed."""
        text = _PARTED.sub(self._in_one, question.alone)
        names = [(name.start, name.end) for name in find_names(text)]

        def written(match: re.Match[str]) -> str:
            is_named = any(start < match.end() and match.start() < end for start, end in names)
            return match[0] if is_named else self._written(match[0])

        alone = _LATIN.sub(self._with_greek, _SMALL.sub(written, text))
        alone = _CAPITALS.sub(self._with_kind, alone)
        return question if alone == question.alone else as_alone(question.text, alone)

    def stands(self, word: str) -> bool:
        """True for a word of letters that stands in the library in this form, whichever its case."""
        spelled = re.compile(rf"(?<![^\W_]){word}(?![^\W_])", re.IGNORECASE)
        records = self._store.records(self._known.holders(stem(word))[:_READ].tolist())
        return any(self._forms(record, spelled) for record in records)

    def _with_greek(self, match: re.Match[str]) -> str:
        """A symbol with its Greek letter, where the library has it so and not as it was typed."""
        if match["alpha"]:
            return self._first(match[0], f"α{match['alpha']}β{match['beta']}") or match[0]
        greek = f"{match['stem']}{_GREEK[match['letter'].lower()]}{match['end']}"
        return self._first(match[0], greek) or match[0]

    def _in_one(self, match: re.Match[str]) -> str:
        """A symbol whose number was typed apart; a word and its number as the hyphen ties them."""
        stem_, number = match["stem"], match["number"]
        if is_ordinary(stem_) or is_stopword(stem_.lower()) or not self._first(stem_ + number):
            return match[0]
        if not stem_.islower():
            return stem_ + number
        return f"{stem_}-{number}" if len(stem_) > _WORD else f"{stem_}{number.lower()}"

    def _with_kind(self, match: re.Match[str]) -> str:
        """A long RNA with its kind tied to it, or without, as the library has it."""
        forms = (f"lnc{match['symbol']}", match["symbol"])
        return self._first(*(forms if match["kind"] else reversed(forms))) or match[0]

    def _first(self, *forms: str) -> str:
        """The first of these forms that the library has; "" for none."""
        return next((form for form in forms if self._known.frequency(symbol_key(form))), "")

    def _look_up(self, word: str) -> str:
        """The word as the first records that hold it write it, where all of these write it in capitals."""
        if is_stopword(word) or is_ordinary(word) or stem(word) in GENERIC:
            return word
        if is_kind(word) or find_sites(word) or find_diseases(word):
            return word
        spelled = re.compile(rf"(?<![^\W_]){word}(?=s?(?![^\W_]))", re.IGNORECASE)
        found = ""
        for record in self._store.records(self._known.holders(stem(word))[:_READ].tolist()):
            for form in self._forms(record, spelled):
                if form.islower() or sum(map(_tells, form)) < _TELLING:
                    return word
                found = found or form
        return found or word

    def _forms(self, record: Record, spelled: re.Pattern[str]) -> list[str]:
        """How a record writes a word; where it has it not itself, how what stands above it and the titles it cites do.

        What stands in a line of capitals does not tell.
        """
        for text in (encoded_text, lambda one: worded_text(one, self._store.cited(one))):
            lines = [line for line in text(record).split("\n") if not line.isupper()]
            if forms := [match[0] for line in lines for match in spelled.finditer(line)]:
                return forms
        return []


def _tells(letter: str) -> bool:
    return letter.isupper() or letter.isdigit()
