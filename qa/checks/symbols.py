"""Genes and proteins as they are written, and each in one spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from corpus.greek import NAMES as GREEK
from index.tokens import spell
from qa.checks.plain import is_plain

PART: Final = re.compile(r"[^\W_]+")
"""A word, or the part of one between hyphens."""
_GREEK: Final = re.compile(
    rf"[α-ωΑ-Ω]|^(?:{'|'.join(sorted(set(GREEK.values()) - {'psi', 'chi', 'eta', 'iota'}))})$", re.IGNORECASE
)
_NO_HEAD: Final = frozenset(
    """cell cells like type derived rich mediated positive negative dependent free shaped ray
    tumor""".split()  # noqa: SIM905 (shorter so)
)
_NO_SYMBOLS: Final = frozenset({"RNA", "MRNA", "MIRNA", "DNA", "EV"})


def joined(compound: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The runs of a compound's parts that are one symbol, of two parts at least."""
    parts = list(PART.finditer(compound[0]))
    first = 0
    for place in range(1, len(parts) + 1):
        if place < len(parts) and _holds(parts[place - 1][0], parts[place][0]):
            continue
        if place - first > 1:
            yield compound.start() + parts[first].start(), compound.start() + parts[place - 1].end()
        first = place


def _holds(a: str, b: str) -> bool:
    """True where a hyphen between the two makes one symbol of them: ZO-1, TGF-β, E-cadherin, NF-κB, p120-catenin."""
    if b.casefold() in _NO_HEAD or (b.isascii() and len(b) > 2 and b.islower() and is_plain(b)):
        return False
    if re.fullmatch(r"\d{1,3}[A-Za-zα-ω]{0,2}", b) or _GREEK.search(b) or _GREEK.search(a):
        return True
    if re.fullmatch(r"[A-Z]{1,2}|[a-z]\d{2,3}", a) and b.islower():
        return True
    return re.fullmatch(r"[A-Z]{1,3}|[a-z]", a) is not None and re.fullmatch(r"[A-Zk][A-Z0-9]{0,5}", b) is not None


def symbol_key(text: str) -> str:
    """A symbol in one spelling: Greek letters by name, hyphens left out, no plural s: `TGF-β` is `tgfbeta`."""
    bare = re.sub(r"(?<=[A-Z0-9])s$", "", text)
    return re.sub(r"[^a-z0-9]", "", spell(bare))


@lru_cache(maxsize=65536)
def is_symbol(text: str) -> bool:
    """True for a single word written as genes and proteins are: digits with letters, two capitals, a Greek letter."""
    if len(text) < 2 or text.upper().rstrip("S") in _NO_SYMBOLS:
        return False
    capitals = sum(letter.isupper() for letter in text)
    mixed = any(letter.isdigit() for letter in text) and any(letter.isalpha() for letter in text)
    return mixed or capitals > 1 or re.search(r"[α-ω]", text) is not None
