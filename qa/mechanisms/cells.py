"""Cells, tissues and fluids, as a text names them, and whether a molecule comes from them or acts in them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from index.sites import find_sites
from qa.mechanisms.spans import Span, apart

_KIND: Final = (
    r"(?!(?:several|additional|various|specific|other|these|those|critical|individual|essential|crucial|functional|vital"
    r"|exosomal|potential|biological|physiological|special|clinical|total|via|general|final)\b)"
    r"(?:(?:cancer|tumou?r)[-\s]associated|[\w-]+-(?:resistant|sensitive|positive|negative|activated|infected|deficient)"
    r"|(?:low|high)-metastatic|[a-z]{2,}(?:al|ic|ian|ary|ar|oid|ous|oma|ial)|normal|human|murine|mouse|hypoxic|normoxic|primary|distant|target"
    r"|recipient|neighbou?ring|adjacent|tumou?rs?|cancers?|carcinomas?|stem"
    r"|immune|blood|bone|marrow|breast|lung|liver|colon|kidney|prostate|bladder|brain|skin|squamous|cell|plasma|non-small"
    r"|small|triple-negative|umbilical|vein|osteoblast|metastatic|polari[sz]ed|activated"
    r"|progenitor|precursor|resistant|sensitive"
    r"|M[0-2](?:-polari[sz]ed)?|[TB]|NK|CD[48]\S?|CRC|HCC|NSCLC|GC|OSCC|ESCC|RCC|HNSCC|NPC|EOC|PDAC|GBM|TNBC|LUAD|AML"
    r"|[A-Z]{1,4}\d+[\w-]*|CAF|TAM|natural|killer|dendritic|myeloid(?:-derived)?|mesenchymal|suppressor|stellate|Kupffer)"
)
_HEAD: Final = (
    r"(?:cells?(?:\s+lines?)?|(?:myo)?fibroblasts?|macrophages?|monocytes?|neutrophils?|lymphocytes?|platelets?|microglia"
    r"|astrocytes?|adipocytes?|hepatocytes?|pericytes?|osteoclasts?|osteoblasts?|neurons?|keratinocytes?|melanocytes?"
    r"|endotheli(?:um|a)|epitheli(?:um|a)|stroma|plasma|serum|sera|urine|saliva|ascites|peritoneal\s+fluids?"
    r"|cerebrospinal\s+fluid|blood|tissues?)"
)
_ABBREVIATED: Final = (
    r"(?-i:(?:M[0-2]\s+)?(?:CAFs?|NFs?|TAMs?|HUVECs?|ECs?|EPCs?|MSCs?|BMSCs?|CSCs?|m?DCs?|MDSCs?|HSCs?|PBMCs?))"
)
_CELL: Final = re.compile(
    # few, and atomic, so that no text takes long
    rf"(?<![\w-])(?:(?:(?>{_KIND})(?:\s*\([A-Z]+s?\))?[\s-]+){{0,6}}{_HEAD}|{_ABBREVIATED})"
    r"(?!\w|-like|-κ|[\s-]+(?:lung|ovarian|bladder|skin|cancer|carcinoma|lymphoma|adenocarcinoma))"
    r"(?!\s*\([\w-]+\)\s*(?:pathway|signal))",
    re.IGNORECASE,
)
_ANY: Final = re.compile(r"(?:cells?|tissues?)(?:\s+lines?)?", re.IGNORECASE)  # it is not said which
_WRITTEN_OUT: Final = {
    "CAF": "cancer-associated fibroblasts",
    "DC": "dendritic cells",
    "EC": "endothelial cells",
    "EPC": "endothelial progenitor cells",
    "HUVEC": "umbilical vein endothelial cells",
    "MSC": "mesenchymal stem cells",
    "NF": "normal fibroblasts",
    "TAM": "tumor-associated macrophages",
}
_SYMBOL: Final = re.compile(r"[A-Z].*[A-Z\d]")
_FLUID: Final = re.compile(r"plasma|serum|sera|urine|saliva|ascites|fluids?|blood", re.IGNORECASE)
_PARTICLE: Final = r"(?:exosom\w*|(?:small\s+)?extracellular\s+vesicles?|s?EVs?|(?:micro)?vesicles?)"
# "CAF-derived", "hepatoma cell-secreted"
_GIVES: Final = re.compile(
    rf"(?:\s*\([^()]*\))?(?:[\s-]+(?:cells?[\s-]+)?(?:derived|secreted|released|shed|produced|originated|associated\s+exosom\w*)"
    rf"|\s+(?:to\s+)?(?:secretes?|releases?|produces?|shed|deliver|transfer)\b|\s+{_PARTICLE})(?!\w)",
    re.IGNORECASE,
)
_FROM: Final = re.compile(
    r"(?:\bfrom|\b(?:secreted|released|produced|shed|delivered|carried|release\s+of[^,;.]{1,60}|originat\w+)\s+(?:by|in|from))"
    r"\s+(?:the\s+|an?\s+)?(?:plasma\s+of\s+)?$",
    re.IGNORECASE,
)
_TRANSFER: Final = re.compile(
    r"\b(?:transfer\w*|deliver\w*|transport\w*|transmi\w+|shuttl\w+|internali\w+|taken\s+up|uptake|convey\w*|carried|sent)\b",
    re.IGNORECASE,
)
_INTO: Final = re.compile(r"\b(?:in)?to\s+(?:the\s+)?$", re.IGNORECASE)
_IN: Final = re.compile(r"\b(?:in|within|inside|of|on)\s+(?:the\s+)?$", re.IGNORECASE)
_TURNED: Final = re.compile(
    r"\b(?:differentiat|transform|conver|transition|turn)\w*\s[\w\s()-]{0,40}?(?:in)?to\s+$", re.IGNORECASE
)
# "polarizes macrophages", "reprograms fibroblasts"
_CHANGED: Final = re.compile(
    r"\b(?:polari[sz]|reprogram|transform|convert|educat|activat)(?:e|es|ing|s|m|mes|ming)?\s+(?:the\s+|normal\s+)?$",
    re.IGNORECASE,
)
# "fibroblasts of breast cancer release": the fibroblasts do
_BELONGING: Final = re.compile(r"(?:\s*\([^()]*\))?\s+of\s+(?:the\s+)?")
_COMING_TO_BE: Final = re.compile(r"\b(?:formation|generation|development|numbers?)\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_TAKEN: Final = re.compile(
    r"\b(?:internali[sz]ed|taken\s+up|uptake|acqui\w+[^,;.]{1,40}|engulfed)\s+by\s+(?:the\s+)?$", re.IGNORECASE
)


@lru_cache(maxsize=64)
def cells_in(text: str) -> tuple[Span, ...]:
    """The cells, tissues and fluids that `text` names, in order."""
    found = (match for match in _CELL.finditer(text) if not _ANY.fullmatch(match[0]))
    return apart(Span("cell", cell_name(match[0]), match.start(), match.end()) for match in found)


def cell_name(text: str) -> str:
    """Cells in one spelling: lower case but for symbols, abbreviations written out, the plural of cells.

    >>> cell_name("Hypoxic TAMs"), cell_name("HCC cell"), cell_name("gastric cancer (GC) cells"), cell_name("CAF")
    ('hypoxic tumor-associated macrophages', 'HCC cells', 'gastric cancer cells', 'cancer-associated fibroblasts')
    """
    words = re.sub(r"\s*\([^()]*\)|\\\S*", "", text).split()
    spelled = [
        _WRITTEN_OUT.get(word.removesuffix("s"), word if _SYMBOL.search(word) else word.lower()) for word in words
    ]
    return re.sub(r"\b(cell|fibroblast|macrophage)$", r"\1s", " ".join(spelled).replace("tumour", "tumor"))


def sources_in(text: str, start: int, end: int) -> tuple[Span, ...]:
    """What the characters `[start, end)` of `text` say that exosomes or molecules come from: cells, tumors, fluids."""
    found = [cell for cell in cells_in(text) if start <= cell.start < end and _is_source(text, cell, start)]
    for site in find_sites(text):
        whole = Span("cell", site.name, site.start, site.end)
        if start <= site.start < end and site.disease and _is_source(text, whole, start):
            belonging = [cell for cell in cells_in(text) if _BELONGING.fullmatch(text, cell.end, site.start)]
            found.append(belonging[0] if belonging else whole)
    tumors = re.finditer(
        rf"(?<![\w-])(?:tumou?r|cancer)(?=-(?:derived|secreted)|\s+{_PARTICLE})", text[:end], re.IGNORECASE
    )
    found += [Span("cell", one[0].casefold(), one.start(), one.end()) for one in tumors if one.start() >= start]
    return apart(found)


def _is_source(text: str, cell: Span, low: int) -> bool:
    before = text[low : cell.start]
    if _FLUID.search(text, cell.start, cell.end):
        return not _INTO.search(before)
    return bool(_GIVES.match(text, cell.end) or _FROM.search(before[-100:]))


def recipients_in(text: str, start: int, end: int, after: int) -> tuple[Span, ...]:
    """The cells that the characters `[start, end)` of `text` say a molecule comes to, or acts in.

    Args:
        after: where the first thing that it does is said; a cell after "in" or "of" counts only after it.
    """
    giving = sources_in(text, start, end)
    return tuple(
        cell
        for cell in cells_in(text)
        if start <= cell.start < end
        and not _FLUID.search(text, cell.start, cell.end)
        and not any(one.start < cell.end and cell.start < one.end for one in giving)
        and _is_recipient(text, cell, start, after)
    )


def _is_recipient(text: str, cell: Span, low: int, after: int) -> bool:
    before = text[low : cell.start]
    if _COMING_TO_BE.search(before):
        return False
    if _INTO.search(before):
        return bool(_TRANSFER.search(before)) and not _TURNED.search(before[-80:])
    return (
        bool(_CHANGED.search(before[-40:]))
        or bool(_TAKEN.search(before[-80:]))
        or (cell.start >= after and bool(_IN.search(before)))
    )
