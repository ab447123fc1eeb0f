"""Signaling pathways: a chain of symbols before "pathway", "signaling", "axis" or the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from qa.mechanisms.genes import gene_name, genes_in
from qa.mechanisms.spans import Span, apart

_HEAD: Final = re.compile(
    r"\)?[\s-]+(?:signal(?:l)?ing(?:\s+(?:pathways?|ax[ei]s|cascades?))?|pathways?|ax[ei]s|cascades?"
    r"|signal\s+transduction(?:\s+pathways?)?)(?![\w])",
    re.IGNORECASE,
)
_PLURAL: Final = re.compile(r"(?:pathways|axes|cascades)$", re.IGNORECASE)
# chains of these are pathways by themselves: "activating PI3K/AKT"
_CASCADES: Final = re.compile(
    r"PI3K|AKT|MAPK|ERK|JAK\d?|STAT\d?|WNT|NF-?κB|TGF-?β|SMAD\d?|MTOR|NOTCH|MEK", re.IGNORECASE
)
_LIST: Final = re.compile(r"\s*(?:,|,?\s*(?:and|or|&))\s*(?:the\s+)?")


@lru_cache(maxsize=64)
def pathways_in(text: str) -> tuple[Span, ...]:
    """The signaling pathways that `text` names, in order: a chain of symbols with "pathway" or the like after it."""
    return apart(_pathways(text))


def _pathways(text: str) -> Iterator[Span]:
    genes = genes_in(text)
    chains = _chains(text, genes)
    for place, (start, end) in enumerate(chains):
        head = _HEAD.match(text, end)
        chained = text[start:end]
        if head:
            yield _pathway(text, start, end, head)
            if _PLURAL.search(head[0]):  # "the NF-κB and AKT signaling pathways" are two
                yield from _listed(text, chains[: place + 1])
        elif "/" in chained and len(_CASCADES.findall(chained)) > 1:
            yield Span("pathway", _name(chained), start, end)


def _pathway(text: str, start: int, end: int, head: re.Match[str]) -> Span:
    closed = head[0].startswith(")")  # the chain is in brackets, what heads it is not
    return Span("pathway", _name(text[start:end]), start, end if closed else head.end())


def _listed(text: str, chains: list[tuple[int, int]]) -> Iterator[Span]:
    """The chains that a list ties to the last of them, nearest first."""
    for (start, end), (following, _) in reversed(list(pairwise(chains))):
        if not _LIST.fullmatch(text, end, following):
            return
        yield Span("pathway", _name(text[start:end]), start, end)


def _chains(text: str, genes: tuple[Span, ...]) -> list[tuple[int, int]]:
    """Where genes stand that slashes or hyphens tie to one chain, in order."""
    chains: list[tuple[int, int]] = []
    for gene in genes:
        if chains and re.fullmatch(r"[/–-]", text[chains[-1][1] : gene.start]):
            chains[-1] = (chains[-1][0], gene.end)
        else:
            chains.append((gene.start, gene.end))
    return chains


def _name(chain: str) -> str:
    """A chain in one spelling: its genes, parted by slashes."""
    found = [gene.name for gene in genes_in(chain)]
    return "/".join(found or [gene_name(chain)])
