"""Drugs by the ends of their names, which international nonproprietary names share by what they do.

They follow the stems of the World Health Organization ("The use of stems in the selection of International
Nonproprietary Names", 2018), made longer where other words of biology end so too: cystatins and angiostatin are
proteins, so that of the statins only "-vastatin" counts; ghrelin is a hormone; and rapamycin stands in the full name of
mTOR. Some ends of well-known names that have no stem are added.
"""

from __future__ import annotations

import re
from typing import Final

_STEMS: Final = (
    # against cancer: platinum, taxanes, anthracyclines, antimetabolites, alkaloids, alkylating and hormonal ones
    "platin", "taxel", "rubicin", "citabine", "arabine", "fluorouracil", "trexate", "trexed", "tecan", "poside",
    "blastine", "cristine", "orelbine", "mustine", "fosfamide", "phosphamide", "zolomide", "oxifen", "oxifene",
    "lutamide", "estrant", "trozole", "serelin", "prorelin", "torelin", "phalan",
    # antibodies, and inhibitors of kinases, of the proteasome, of repair, of the cell cycle and of growth
    "mab", "anib", "enib", "inib", "lisib", "sertib", "degib", "zomib", "parib", "ciclib", "rolimus", "clax",
    "lidomide", "inostat",
    # others that are looked at in cancer too
    "formin", "vastatin", "coxib", "glitazone", "methasone", "cycline",
)  # fmt: skip
_BARE: Final = frozenset(_STEMS) - {"fluorouracil"}
"""Stems that are no names: a formin is a protein."""
_ASKED_FOR: Final = re.compile(
    r"\b(?:which|what|any|list|name)\s+(?:(?:[\w-]+\s+)(?<!\bof\s)){0,2}?"
    r"(?:drugs?|chemotherapeutics?|chemotherapies|antibod(?:y|ies)|agents?)\b",
    re.IGNORECASE,
)
# "what drug resistance is …" asks for no drug
_OF_DRUGS: Final = re.compile(r"[-\s]+(?:resistan|sensitiv|toleran|response|delivery|efflux|target)", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]{6,}")


def find_drugs(text: str) -> tuple[str, ...]:
    """The drugs that `text` names by a stem, as they are written, in order.

    >>> find_drugs("Does miR-21 make cisplatin-resistant cells answer to Gefitinib?")
    ('cisplatin', 'Gefitinib')
    """
    return tuple(word for word in _WORD.findall(text) if (low := word.lower()).endswith(_STEMS) and low not in _BARE)


def asks_for_drugs(question: str) -> bool:
    """True where the answer is one drug or several, and the question names none.

    >>> asks_for_drugs("To which anticancer drugs …?"), asks_for_drugs("What causes drug resistance?")
    (True, False)
    """
    match = _ASKED_FOR.search(question)
    return match is not None and not _OF_DRUGS.match(question, match.end()) and not find_drugs(question)
