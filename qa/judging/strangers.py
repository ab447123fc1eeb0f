"""Strangers: words of a question that no document of the library holds, in whatever form.

What is asked about may go by no symbol and no name that Exocite knows by its look: a drug, a process, a protein written
out. Where the library holds nothing like it, evidence on all the rest of the question does not answer. An everyday word
is no stranger, since papers say the same in others (`qa.reading.ordinary`), nor one for a kind of thing ("protein");
nor is an inflection of a word that is there, one that is made of such words, or one that is a letter away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from string import ascii_lowercase
from typing import Final
from weakref import WeakKeyDictionary

from index.diseases import find_diseases
from index.kind import one_kind
from index.mentions import symbols_in
from index.sites import find_sites
from index.tokens import is_stopword, spell, stem, stems, without, words
from index.vocabulary import Asked
from index.words import WordIndex
from qa.reading.attributes import GENERIC
from qa.reading.ordinary import ORDINARY, is_ordinary
from qa.reading.question import ReadQuestion

_LEAST: Final = 4
"""Letters of the shortest word that can be a stranger; and of the shortest that a word can be made of."""
_ROOT: Final = 5
"""Letters that two forms of one word begin with at least; shorter ones begin many words."""
_LONGEST: Final = 40
"""Letters of the longest word that is held against its near spellings, of which there are more than fifty a letter."""
_ENDING: Final = 3
"""Letters at most that the one has after them, or has more than the other."""
_SAME: Final = 2
"""Letters by which words are looked up together."""
_REMEMBERED: Final = 4096
"""Of how many words of a question it is remembered whether a library knows them."""
_FAMILIAR: Final[WeakKeyDictionary[WordIndex, dict[str, bool]]] = WeakKeyDictionary()
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BEFORE: Final = (
    "anti|auto|co|counter|de|dis|down|extra|hyper|hypo|inter|intra|micro|mis|multi|nano|non|over|para|post|pre|pro|re"
    "|semi|sub|super|trans|ultra|un|under|up"
)
_PREFIX: Final = re.compile(rf"(?:{_BEFORE})(?=[a-z]{{{_LEAST}}}|$)")


def strangers(question: ReadQuestion, asked: Asked, known: WordIndex) -> tuple[str, ...]:
    """The words of the question that are nowhere in the library, as typed, in order, each once.

    Names of molecules, genes, diseases and organs are none: they are looked at by themselves.
    """
    text = one_kind(without(question.alone, question.names))
    named = (*symbols_in(text), *find_diseases(text), *(site.text for site in find_sites(text)))
    elsewhere = {part for name in named for part in _WORD.findall(name)}
    found = (match[0] for match in _WORD.finditer(text) if match[0] not in elsewhere)
    return tuple(dict.fromkeys(part for word in found for part in _strange(word, asked, known)))


def _strange(compound: str, asked: Asked, known: WordIndex) -> Iterator[str]:
    """Which parts of a word that hyphens may tie together are nowhere; none where they are one word there."""
    parts = compound.split("-")
    if len(parts) > 1 and known.frequency(stem("".join(parts))):
        return
    for part in parts:
        there = any(map(known.frequency, chain.from_iterable(map(asked.naming, words(part)))))
        if _could_be(part) and not there and not _is_familiar(spell(part), known):
            yield part


def _could_be(part: str) -> bool:
    """True for what could be a name of something: a word, or letters with a number behind them."""
    if part.isdecimal():  # a year, or a number of patients
        return len(part) >= _LEAST - 1
    least = _LEAST if part.isalpha() else _LEAST - 1
    return part[0].isalpha() and len(part) >= least and not is_stopword(spell(part))


def _is_familiar(word: str, known: WordIndex) -> bool:
    """True for an everyday word, and for another form of such a word or of one that the library holds."""
    remembered = _FAMILIAR.setdefault(known, {})
    found = remembered.get(word)
    if found is None:
        found = _looked_up(word, known)
        if len(remembered) >= _REMEMBERED:
            remembered.clear()  # other threads may do so at any time
        remembered[word] = found
    return found


def _looked_up(word: str, known: WordIndex) -> bool:
    is_held = partial(_is_held, known=known)
    if is_held(word):
        return True
    if not word.isalpha():
        return False  # KLF3 is a letter away from KLF2
    bare = _PREFIX.sub("", word, count=1)
    halves = ((word[:cut], word[cut:]) for cut in range(_LEAST, len(word) - _LEAST + 1))
    return (
        not bare
        or is_held(bare)
        or _is_inflected(stem(word), known)
        or _is_inflected(stem(bare), known)
        or any(is_held(first) and is_held(second) for first, second in halves)
        or _is_slip(word, known)
    )


def _is_slip(word: str, known: WordIndex) -> bool:
    """True for a word that is a letter away from one of the language, or of the library."""
    if len(word) > _LONGEST:
        return False
    others = list(dict.fromkeys(_a_letter_away(word)))
    if any(map(is_stopword, others)):
        return True
    if len(word) < _ROOT:
        return False
    start = word[:_SAME]
    near = set(known.beginning(start))  # sooner than to look each of them up
    return any(
        root in ORDINARY or root in GENERIC or (root in near if root.startswith(start) else known.frequency(root) > 0)
        for root in stems(others)
    )


def meant_by(word: str, known: WordIndex, stands: Callable[[str], bool]) -> str:
    """The word of the library that one which it has not is a letter away from; "" for none, and for one that it has.

    Of several the one whose forms most records hold, then the first by the alphabet.

    Args:
        stands: whether a word stands in the library in this form.
    """
    spelled = spell(word)
    if not (spelled.isascii() and spelled.isalpha() and _LEAST < len(spelled) <= _LONGEST) or _is_held(spelled, known):
        return ""
    others = sorted(set(_a_letter_away(spelled)))
    held = [
        (-known.frequency(root), other)
        for root, other in zip(stems(others), others, strict=True)
        if len(other) >= _LEAST
    ]
    return next((other for count, other in sorted(held) if count and stands(other)), "")


def _is_held(word: str, known: WordIndex) -> bool:
    return known.frequency(stem(word)) > 0 or is_ordinary(word) or stem(word) in GENERIC


def _is_inflected(root: str, known: WordIndex) -> bool:
    """True where a word of the library begins as this stem does and has another ending."""
    if len(root) < _ROOT:
        return False
    least = max(_ROOT, len(root) - _ENDING)
    return any(len(word) <= len(root) + _ENDING for word in known.beginning(root[:least]))


def _a_letter_away(word: str) -> Iterator[str]:
    """Every word that differs by one letter: left out, put in, another, or two side by side exchanged."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield from (before + letter + after for letter in ascii_lowercase)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in ascii_lowercase)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
