"""Texts become index words, so that spellings of one thing are one word and near names are two.

A microRNA's name becomes one word for the molecule and one more for its arm, and the word for the kind (`miRNAs`) one
word; an organ in lay or clinical words adds one word of its own; Greek letters become their names;
`TGF-β`, `TGF-beta` and `TGFβ` share the word `tgfbeta`. Other words are stemmed (Snowball English, Porter 2001).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import Stemmer

from corpus.greek import NAMES as GREEK
from index.kind import one_kind
from index.names import Name, find_names
from index.sites import find_sites
from index.spelling import american
from index.wording import EVERYTHING, Wording

# function words, and words with which questions are asked; "not", "no" and "without" stay: they carry meaning
_STOPWORDS: Final = frozenset(
    """a about above after again against all also am an and any are as at be because been before being below between
    both but by can could did do does doing down during each few for from further had has have having he her here hers
    him his how i if in into is it its itself just me more most my of off on once only or other our out over own same
    she should so some such than that the their them then there these they this those through to too under until up
    upon us very was we were what when where which while who whom why will with within would you your
    via et al known know tell explain describe summarize summarise summary overview everything anything happen happens
    give please""".split()  # noqa: SIM905 (a list of quoted words is harder to read)
)
# a word, and what hyphens or slashes tie to it; no "s" of a genitive
_COMPOUND: Final = re.compile(r"(?!(?<=\w['’])s\b)[^\W_]+(?:[-\u2010-\u2013/][^\W_]+)*")
_PARTS: Final = re.compile(r"[^\W_]+")
_SYMBOL: Final = 3
"""Letters of a word, at most, that is taken for a symbol and not stemmed."""
_SHORT: Final = 300
"""Characters of a text, at most, whose words are remembered."""
_LETTERS: Final = re.compile(r"[^\W\d_]{4,}")


def words(text: str, wording: Wording = EVERYTHING) -> list[str]:
    """The index words of a text: of its names, of its organs, then of the rest, each in order; words may repeat.

    A word for a molecule begins with `mir:`, one for an organ with `site:`, one for a cancer of it with `cancer:`; no
    other word holds a colon.
    """
    return [*_remembered(text, wording)] if len(text) <= _SHORT else _words(text, wording)


def _words(text: str, wording: Wording) -> list[str]:
    names = find_names(text) if wording.names else ()
    found = [word for name in names for word in name_words(name)]
    for site in find_sites(text) if wording.synonyms else ():
        found += [f"site:{site.site}", f"cancer:{site.site}"] if site.disease else [f"site:{site.site}"]
    rest = without(text, names)
    for compound in _COMPOUND.findall(one_kind(rest) if wording.names else rest):
        found.extend(_compound_words(compound))
    return found


def name_words(name: Name) -> tuple[str, ...]:
    """The words of one name: its molecule's, and its own where it says more (an arm, a copy)."""
    base = f"mir:{name.base.casefold()}"
    full = f"mir:{name.name.casefold()}"
    return (base,) if base == full else (base, full)


def spell(text: str) -> str:
    """`text` in lower case, compatibility forms folded (NFKC), accents dropped and Greek letters spelled out."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(GREEK.get(letter, letter) for letter in folded if not unicodedata.combining(letter))


def symbol_key(symbol: str) -> str:
    """The one index word of a symbol, whatever ties its parts.

    >>> symbol_key("HIF-1α"), symbol_key("C/EBPβ")
    ('hif1alpha', 'cebpbeta')
    """
    return re.sub(r"[^\w]", "", spell(symbol))


def without(text: str, names: tuple[Name, ...]) -> str:
    """`text` less its names, a blank in the place of each."""
    pieces, position = [], 0
    for name in names:
        pieces.append(text[position : name.start])
        position = max(position, name.end)
    return " ".join([*pieces, text[position:]])


def is_stopword(word: str) -> bool:
    """True for a word, as `spell` gives it, that is no index word."""
    return word in _STOPWORDS


@lru_cache(maxsize=4096)
def _remembered(text: str, wording: Wording) -> tuple[str, ...]:
    """The index words of a question or a part of it, which are asked for a dozen times while it is answered."""
    return tuple(_words(text, wording))


@lru_cache(maxsize=65536)
def _compound_words(compound: str) -> tuple[str, ...]:
    parts = [spell(part) for part in _PARTS.findall(compound)]
    found = [_stem(part) for part in parts if part not in _STOPWORDS]
    if len(parts) == 1 and (split := _split_greek(compound)):
        found += [_stem(part) for part in split if part not in _STOPWORDS]
    elif joined := _joined(compound):
        found.append(joined)
    else:  # "c-Src/TGF-β1" is two symbols
        found += [joined for part in compound.split("/") if (joined := _joined(part)) and joined not in found]
    return tuple(found)


def _joined(compound: str) -> str:
    """The one word of a symbol whose parts are tied; "" for anything else."""
    parts = _PARTS.findall(compound)
    is_one = 1 < len(parts) <= 3 and _is_symbol(compound)  # longer ones are sentences
    return "".join(map(spell, parts)) if is_one else ""


def _split_greek(compound: str) -> list[str]:
    """The pieces of a word that a Greek letter parts: TGFβ1 → tgf, beta, 1; nothing for a word without one."""
    if compound.isascii():
        return []
    lower = unicodedata.normalize("NFKC", compound).casefold()
    pieces = re.findall(r"[α-ως]|[^\Wα-ως_]+", lower)
    return [spell(piece) for piece in pieces] if len(pieces) > 1 else []


def _is_symbol(compound: str) -> bool:
    """True for what looks like a gene, protein or cell symbol rather than two ordinary words."""
    parts = _PARTS.findall(compound)
    return any(any(letter.isdigit() for letter in part) or part.isupper() for part in parts) or any(
        spell(part) in GREEK.values() for part in parts
    )


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word, whichever its case and spelling; short ones are symbols and stay."""
    return _stem(spell(word))


def stems(words: Sequence[str]) -> list[str]:
    """The stem of each word of nothing but small letters, as `stem` gives it, in order; many of them at a time.

    None is remembered, as those are that texts are made of.
    """
    found = _stemmer().stemWords([american.__wrapped__(word) for word in words])
    return [stemmed if len(word) > _SYMBOL else word for word, stemmed in zip(words, found, strict=True)]


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    if word.isalpha():
        return _stemmer().stemWord(american(word)) if len(word) > _SYMBOL else word
    return _LETTERS.sub(lambda letters: american(letters[0]), word)


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english", 0)
