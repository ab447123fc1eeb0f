"""What a text names that evidence must name too, from molecules to organs; each kind with who holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from index.diseases import find_diseases
from index.drugs import find_drugs
from index.kind import one_kind
from index.lexicon_names import FUNCTION_WORDS
from index.molecules import about
from index.names import Name, find_names
from index.sites import find_sites
from index.tokens import name_words, stem, symbol_key, without, words
from index.vocabulary import Asked
from index.words import WordIndex

Kind = Literal["molecule", "symbol", "drug", "author", "table", "cancer", "disease", "organ", "context", "attribute"]
NAMED: Final[frozenset[Kind]] = frozenset({"molecule", "symbol", "drug", "author", "table", "cancer", "disease"})
"""The kinds that are named: what is said of one such thing is not said of another."""

_ASKED_FOR: Final = re.compile(
    r"\b(?P<asks>which|what|any|every|list|name|compare|summari[sz]e)\b(?P<between>(?:\s+[\w-]+){0,4}?)(?<!\babout)"
    r"\s+microRNA\b",
    re.IGNORECASE,
)
_THE_KIND: Final = re.compile(r"\W*what(?:['\u2019]s|\s+is|\s+are)\s+(?:an?\s+)?microRNA\W*", re.IGNORECASE)
# what is asked for stands between: a percentage of genes, the year, their size
_OTHERS: Final = re.compile(
    r"\s[\w-]+.*\s(?:do|does|did|is|are|was|were|can|could|may|might|will|have|has|had)$"
    r"|\b(?:sizes?|lengths?|weight|structure|sequences?|number|percentage|proportion|fraction|definition|meaning|discovery"
    r"|stability|half-life|biogenesis|history|nomenclature)\s+of(?:\s[\w-]+)?$",
    re.IGNORECASE,
)
# a gene, protein or RNA as it is written: capitals, or capitals and digits; what hyphens tie to it only where that is
# so too, so that "LMP1-positive" asks for LMP1; or a word with a number, as in galectin-9; a protein told apart by a
# letter, as E-cadherin is from VE-cadherin; or Greek letters among others, as in αvβ6
_SYMBOL: Final = re.compile(
    r"\b(?P<told>[A-Z]{1,2}-[a-z]{3,}in)s?\b"
    r"|\b(?:[A-Z]/)?(?=[\w-]*[Δα-λν-ω])(?=[\w-]*[A-Z0-9]|\w*[a-z])(?:\w{3,}\b(?!-)|\w{2,}(?:-\d*\w?[α-λν-ω]\w*)\b)"
    r"|\b(?=[A-Za-z0-9]*[A-Z])[A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*(?:-[A-Za-z]*[A-Z0-9][A-Za-z0-9]*)*\b"
    r"|\b[a-z]{5,}-\d{1,2}\b"
)
_NUMBERS: Final = re.compile(r"\d+|alpha|beta|gamma|delta")
_HEAD: Final = 6
"""Letters that two symbols of one family end with."""
# cells, processes and kinds of molecules that are written in capitals too; plurals fold
_NO_GENES: Final = frozenset(
    """EMT MET TME ECM CAF TAM NF EV TDE PMN EC EPC MSC BMSC HUVEC NK DC MDSC DNA RNA MRNA MICRORNA LNCRNA CIRCRNA
    NCRNA UTR TNM II III IV ROS BMDC M1 M2""".split()  # noqa: SIM905
)
# what a pasted abstract is headed by
_HEADINGS: Final = frozenset(
    """ABSTRACT AIM BACKGROUND CONCLUSION DESIGN DISCUSSION FINDING HYPOTHESIS INTRODUCTION KEYWORD MATERIAL METHOD
    OBJECTIVE PURPOSE RESULT SETTING SIGNIFICANCE SUMMARY""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """One kind of thing that a question names; of one kind any will do ("in colorectal and liver cancer").

    Attributes:
        text: how the question names it, for the reader.
        words: the index words of it, one set a thing.
        positions: of the records that name one of the things, ascending.
    """

    kind: Kind
    text: str
    words: tuple[frozenset[str], ...]
    positions: NDArray[np.int64]


def find_mentions(question: str, asked: Asked, known: WordIndex) -> tuple[Mention, ...]:
    """The kinds of things that a question names: molecules, then genes, drugs, other diseases, cancers and organs.

    Another name that the library knows for a thing, of those in `asked`, is that thing.
    """
    return tuple(_mentions(question, asked, known))


def _mentions(question: str, asked: Asked, known: WordIndex) -> Iterator[Mention]:
    if names := find_names(question):
        each = tuple(frozenset(words(name.text) or words(name.name)) for name in names)
        text = listed([_as_known(name, known) for name in names if _is_known(name, asked, known)] or ["the molecule"])
        yield Mention("molecule", text, each, about(names, known, asked))
    if symbols := symbols_in(question):
        each = tuple(_ways_of_symbol(symbol, asked) for symbol in symbols)
        yield Mention("symbol", listed(symbols), each, holding(each, known))
    if drugs := find_drugs(question):
        each = tuple(_ways(drug, asked) for drug in drugs)
        yield Mention("drug", listed(drugs), each, holding(each, known))
    if diseases := find_diseases(question):
        each = tuple(_ways(one, asked) for one in diseases)
        held = [_whole(words(one), asked, known) for one in diseases]
        yield Mention("disease", listed(diseases), each, np.unique(np.concatenate(held)))
    kinds: tuple[tuple[Kind, str], ...] = (("cancer", "cancer"), ("organ", "site"))
    for kind, word in kinds:
        places = [site for site in find_sites(question) if site.disease == (kind == "cancer")]
        if places:
            each = tuple(frozenset(asked.naming(f"{word}:{site.site}")) for site in places)
            yield Mention(kind, listed([site.text for site in places]), each, holding(each, known))


def _ways_of_symbol(symbol: str, asked: Asked) -> frozenset[str]:
    """The index words of a symbol and of what it is short for; not of a kind of cells: CD4 is no other T cell."""
    key = symbol_key(symbol)
    ways = (*asked.naming(key), *(asked.naming(stem(key)) if key.isalpha() else ()))  # OXPHOS is stemmed as a word is
    return frozenset(way for way in ways if not way.startswith("topic:"))


def _ways(text: str, asked: Asked) -> frozenset[str]:
    """The index words of what a text names, by any of their ways."""
    return frozenset(way for word in words(text) for way in asked.naming(word))


def _is_known(name: Name, asked: Asked, known: WordIndex) -> bool:
    return any(map(known.frequency, asked.naming(name_words(name)[0])))


def _as_known(name: Name, known: WordIndex) -> str:
    """The name as the library knows it: with its arm where the library names that arm, otherwise the molecule."""
    return name.name if known.frequency(name_words(name)[-1]) else name.base


def asks_for_molecules(question: str) -> bool:
    """True where the answer is one microRNA or several, and the question names none.

    >>> asks_for_molecules("Which exosomal miRNAs target PTEN?"), asks_for_molecules("which genes does miR-21 target?")
    (True, False)
    >>> asks_for_molecules("what is the size of miRNAs?"), asks_for_molecules("which genes do miRNAs regulate?")
    (False, False)
    """
    text = one_kind(question)
    asked = _ASKED_FOR.search(text)
    if asked is None or _THE_KIND.fullmatch(text) or find_names(question):
        return False
    return asked["asks"].lower() not in {"what", "which"} or not _OTHERS.search(asked["between"])


def symbols_in(text: str) -> list[str]:
    """The genes, proteins and other molecules that a text names by a symbol, as written, in order."""
    return [
        match[0]
        for match in _SYMBOL.finditer(one_kind(without(text, find_names(text))))
        if len(match[0]) > 2
        and (
            match[0].islower() or match["told"] or sum(letter.isupper() or letter.isdigit() for letter in match[0]) > 1
        )
        and match[0].upper().rstrip("S") not in _NO_GENES | _HEADINGS
        and match[0].lower() not in FUNCTION_WORDS
        and not find_names(match[0])
        and not find_sites(match[0])
    ]


def are_near(one: str, other: str) -> bool:
    """True for the keys of two symbols that differ by a number or a Greek letter, or by what tells two of a family.

    >>> are_near("hif1alpha", "hif2alpha"), are_near("ecadherin", "vecadherin"), are_near("pten", "kras")
    (True, True, False)
    """
    if one == other:
        return False
    bare, other_bare = (_NUMBERS.sub("", key) for key in (one, other))
    return bare == other_bare or (one[-_HEAD:] == other[-_HEAD:] and len(min(one, other, key=len)) > _HEAD)


def _whole(parts: Sequence[str], asked: Asked, known: WordIndex) -> NDArray[np.int64]:
    """The positions of the records that hold every one of these words, by any of its ways, ascending."""
    held = [holding((frozenset(asked.naming(part)),), known) for part in parts]
    return reduce(np.intersect1d, held) if held else np.empty(0, dtype=np.int64)


def holding(each: tuple[frozenset[str], ...], known: WordIndex) -> NDArray[np.int64]:
    """The positions of the records that hold any of these words, ascending, each once."""
    return known.holders_of(word for things in each for word in things)


def listed(texts: Sequence[str]) -> str:
    """Texts as a reader lists them, each once.

    >>> listed(["PTEN", "KLF2", "PTEN", "KLF4"])
    'PTEN, KLF2 and KLF4'
    """
    unique = list(dict.fromkeys(texts))
    return " and ".join([", ".join(unique[:-1]), unique[-1]] if len(unique) > 1 else unique)
