"""Genes and proteins, as a text writes them.

A symbol has capitals or digits (`PTEN`, `sFRP1`, `TGF-β`, `p120`); a small list holds what is written as a word
(`vimentin`, `Akt`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from corpus.greek import NAMES as GREEK
from index.mentions import symbols_in
from qa.mechanisms.spans import Span, apart

_NAMES: Final = re.compile(
    # the gene MET, not the transition
    r"\b(?:(?-i:(?<!EMT/)(?<!EMT and )MET)(?!\s+(?:markers?|balance))|C/EBP-?[α-ω]?"
    r"|akt|wnt|notch|snail|slug|twist|ras|raf|src|jak|stat|smad|bax|bim|bcl|myc|erk|mek|hedgehog|hippo|insulin"
    r"|occludins?|vimentin|fibronectin|survivin|osteopontin|periostin|collagens?|laminin|perforin|granzyme"
    r"|(?:claudin|caveolin|connexin|galectin|talin|ephrin|integrin|cadherin|interleukin|toll-like receptor)s?"
    r"(?:[-\s]?[A-Z]?\d{1,2}[A-Z]?)?"
    r"|(?:semaphorin|annexin|cyclin)[-\s]?[A-Z]?\d{0,2}[A-Z]?|zonula occludens(?:[-\s]\d)?"
    r"|[a-z]{4,}(?:yl|ine|te)[-\s](?:kinase|hydroxylase|phosphatase|ligase|synthase|oxidase|dehydrogenase)s?(?:\s\d\w?)?"
    r"|bone morphogenetic protein(?:\s\d)?)(?![\w])",
    re.IGNORECASE,
)
_HEADED: Final = re.compile(
    r"(?<!\w)(?:[A-Zα-ω]{1,2}\d?|[Pp]\d{2,3}|[en](?=-)|(?:[Bb]eta|[Aa]lpha|[Gg]amma)\d?)[-\s]?"
    r"(?i:catenin|cadherin|actin|integrin|tubulin|secretase)s?(?!\w)|(?<=/)-?catenin\b"  # a letter lost in print
)
_TOKEN: Final = re.compile(
    r"(?<!\w)(?<!anti-)(?:(?=[\w-]*[A-Zα-ω])|(?=p\d\d))[A-Za-z0-9α-ω]+(?:[-/](?!\d['’])[A-Za-z0-9α-ω]+)*(?!\w)"
)
# what follows makes it say which of other things: "TLR-mediated", "β-catenin/SNAIL-dependent", "RUNX family"
_QUALIFIES: Final = re.compile(r"(?:/[\w-]*\w)?-(?!(?:catenin|cadherin|actin|integrin)\b)[a-z]{3,}|\s+family\b")
# "ERK1/2" is one of those that a slash parts, "JAK2-STAT3" are two
_PIECE: Final = re.compile(
    r"[^/-]*[A-Z]{2}[^/-]*(?=-[^/-]*[A-Z]{2}[^/-]*(?:/|$))|(?:[^/-]*-)?[a-z]{4,}(?=-[^/]*[A-Z])"
    r"|(?!-)[^/]+?(?:/\d(?!\w))?(?=/|-\d['’]|$)"
)
_WORD: Final = re.compile(r"(?:^|-)[A-Z]?[a-z]{2,}(?:-|$)")
# "A549 lung cancer cells", "MDA-MB-231 & MCF-7 cells"
_CELL_LINE: Final = re.compile(
    r"(?=\D*\d)[\w-]+(?:\s*(?:&|,|and)\s*[A-Z][\w-]*\d)*"
    r"(?:\s+(?:human|mouse|breast|colon|lung|liver|bladder|prostate|skin|tumou?r|cancer|carcinoma"
    r"|[a-z]+(?:al|ic|ian|ar))){0,3}\s+cells?\b"
)
_BRACKET: Final = re.compile(r"\s*\(")
# cells, vesicles, methods and measures that are written in capitals too, beside those of `index.mentions`
_NO_GENES: Final = frozenset(
    """AKA AUC CAS9 CHIP CRISPR CSC CTC CXC DFS ELISA ESRD FAO FIG IIA LPS MDC MRI NTA OXPHOS PBMC PCR PDX PFS PUBMED
    QPCR RNAI ROC SEM SEV SHRNA SIRNA TCA TCGA TEM TH1 TH2
    """.split()  # noqa: SIM905 (a list of quoted words is harder to read)
)


@lru_cache(maxsize=64)
def genes_in(text: str) -> tuple[Span, ...]:
    """The genes and proteins that `text` names, in order; a symbol in brackets behind the long form is that one."""
    found: list[Span] = []
    for gene in apart(_genes(text)):
        if found and _BRACKET.fullmatch(text, found[-1].end, gene.start) and text[gene.end : gene.end + 1] == ")":
            found[-1] = replace(found[-1], name=gene.name)
        else:
            found.append(gene)
    return tuple(found)


def _genes(text: str) -> Iterator[Span]:
    for pattern in (_HEADED, _NAMES):
        for match in pattern.finditer(text):
            if not _qualifies(text, match.end()):
                yield Span("gene", gene_name(match[0]), match.start(), match.end())
    for match in _TOKEN.finditer(text):
        yield from _symbols(text, match)


def _symbols(text: str, token: re.Match[str]) -> Iterator[Span]:
    """The symbols of a token, which slashes part, or hyphens where both sides are symbols by themselves."""
    for part in _PIECE.finditer(token[0]):
        start, end = token.start() + part.start(), token.start() + part.end()
        if is_symbol(part[0]) and not _qualifies(text, end) and not _CELL_LINE.match(text, start):
            yield Span("gene", gene_name(part[0]), start, end)


def _qualifies(text: str, end: int) -> bool:
    """True where what ends at `end` only qualifies a word after it: "TLR-mediated", "RUNX family"."""
    return _QUALIFIES.match(text, end) is not None


@lru_cache(maxsize=65536)
def is_symbol(token: str) -> bool:
    """True for what is written as the symbol of a gene or protein."""
    folded = token.upper()
    if folded in _NO_GENES or folded.rstrip("S") in _NO_GENES or len(token) < 3:
        return False
    if re.fullmatch(r"p\d{2,3}\w*", token):
        return True
    latin = "".join(GREEK.get(letter, letter)[:1].upper() if letter in GREEK else letter for letter in token)
    latin = re.sub(r"^c-|/\d$", "", latin)  # c-MYB, ERK1/2
    return not _WORD.search(token) and symbols_in(latin) == [latin]


def gene_name(text: str) -> str:
    """A symbol in one spelling: capitals, no hyphens; what is written as a word in lower case.

    >>> gene_name("Hipk2"), gene_name("ZO-1"), gene_name("TGF-β"), gene_name("c-MYB"), gene_name("E-Cadherin")
    ('HIPK2', 'ZO1', 'TGFβ', 'MYB', 'E-cadherin')
    """
    if word := re.search(r"[A-Za-z]?[a-z]{4,}", text):
        return _upper(text[: word.start()]) + text[word.start() :].casefold()
    spelled = re.sub(r"^c-(?=[A-Z])", "", text).replace("-", "").replace(" ", "")
    return _upper(spelled)


def _upper(text: str) -> str:
    """`text` in capitals, but for Greek letters."""
    return "".join(letter if letter in GREEK else letter.upper() for letter in text)
