"""What evidence must hold together before it can answer: a molecule, a gene, a cancer or another context.

"Which miRNA targets PTEN in gastric cancer?" is not answered by PTEN in one record and gastric cancer in another. Of
one kind any will do ("in colorectal and liver cancer"); of each kind one must be there, in one record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from index.molecules import about
from index.names import Name, find_names
from index.sites import find_sites
from index.tokens import name_words, spell, without, words
from index.vocabulary import Asked
from index.words import WordIndex
from qa.question import ReadQuestion

Kind = Literal["molecule", "symbol", "cancer", "organ", "context"]

# a gene, protein or RNA as it is written: capitals, or capitals and digits; what hyphens tie to it only where that is
# so too, so that "LMP1-positive" asks for LMP1
_SYMBOL: Final = re.compile(
    r"\b(?=[A-Za-z0-9]*[A-Z])[A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*(?:-[A-Za-z]*[A-Z0-9][A-Za-z0-9]*)*\b"
)
# cells, processes and kinds of molecules that are written in capitals too; plurals fold
_NO_GENES: Final = frozenset(
    """EMT MET TME ECM CAF TAM NF EV TDE PMN EC EPC MSC BMSC HUVEC NK DC MDSC DNA RNA MRNA MIRNA MICRORNA LNCRNA CIRCRNA
    NCRNA UTR TNM II III IV ROS BMDC M1 M2""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """One kind of thing that the evidence must name.

    Attributes:
        text: how the question names it, for the reader.
        words: the index words of it, one set a thing.
        positions: of the records that name one of the things, ascending.
    """

    kind: Kind
    text: str
    words: tuple[frozenset[str], ...]
    positions: NDArray[np.int64]


def demands(question: ReadQuestion, asked: Asked, known: WordIndex) -> tuple[Demand, ...]:
    """What the question demands: molecules first, then genes, cancers, organs and the context that stands last.

    Another name that the library knows for a thing, of those in `asked`, is that thing.
    """
    found = []
    if question.names:
        each = tuple(frozenset(words(name.text) or words(name.name)) for name in question.names)
        text = _listed(
            [_as_known(name, known) for name in question.names if _is_known(name, asked, known)] or ["the molecule"]
        )
        found.append(Demand("molecule", text, each, about(question.names, known, asked)))
    if symbols := symbols_in(question.alone):
        each = tuple(frozenset(asked.naming(spell(symbol).replace("-", ""))) for symbol in symbols)
        found.append(Demand("symbol", _listed(symbols), each, _any(each, known)))
    for kind, word in (("cancer", "cancer"), ("organ", "site")):
        places = [site for site in question.sites if site.disease == (kind == "cancer")]
        if places:
            each = tuple(frozenset(asked.naming(f"{word}:{site.site}")) for site in places)
            found.append(Demand(kind, _listed([site.text for site in places]), each, _any(each, known)))  # type: ignore[arg-type]
    if question.context and not (find_names(question.context) or find_sites(question.context)):
        each = (frozenset(other for word in words(question.context) for other in asked.naming(word)),)
        found.append(Demand("context", question.context, each, _any(each, known)))
    return tuple(found)


def _is_known(name: Name, asked: Asked, known: WordIndex) -> bool:
    return any(map(known.frequency, asked.naming(name_words(name)[0])))


def _as_known(name: Name, known: WordIndex) -> str:
    """The name as the library knows it: with its arm where the library names that arm, otherwise the molecule."""
    return name.name if known.frequency(name_words(name)[-1]) else name.base


def symbols_in(text: str) -> list[str]:
    """The genes, proteins and other molecules that a text names by a symbol, as written, in order."""
    return [
        match[0]
        for match in _SYMBOL.finditer(without(text, find_names(text)))
        if len(match[0]) > 2
        and sum(letter.isupper() or letter.isdigit() for letter in match[0]) > 1
        and match[0].upper().rstrip("S") not in _NO_GENES
        and not find_names(match[0])
        and not find_sites(match[0])
    ]


def _any(each: tuple[frozenset[str], ...], known: WordIndex) -> NDArray[np.int64]:
    holders = [known.holders(word) for things in each for word in sorted(things)]
    return np.unique(np.concatenate(holders)) if holders else np.empty(0, dtype=np.int64)


def _listed(texts: list[str]) -> str:
    unique = list(dict.fromkeys(texts))
    return " and ".join([", ".join(unique[:-1]), unique[-1]] if len(unique) > 1 else unique)
