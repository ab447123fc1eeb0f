"""Where a cancer stands: lay and clinical words for one organ made one, in questions and in documents.

A small table written by hand; a word is taken only as a whole word, an abbreviation only in capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# site: its words; capitals mark an abbreviation, which must be written so
_SITES: Final = {
    "bladder": "bladder urothelial",
    "bone": "bone osseous osteosarcoma",
    "brain": "brain glioma gliomas glioblastoma cerebral GBM",
    "breast": "breast mammary TNBC",
    "cervix": "cervix cervical",
    "colorectum": "colorectal colorectum colon colonic bowel rectal rectum CRC",
    "endometrium": "endometrial endometrium",
    "oesophagus": "oesophagus esophagus oesophageal esophageal ESCC",
    "head and neck": "HNSCC",
    "kidney": "kidney renal nephric RCC ccRCC",
    "liver": "liver hepatic hepatocellular hepatoma hepatomas hepatocyte HCC",
    "lung": "lung pulmonary NSCLC SCLC LUAD",
    "mouth": "mouth oral OSCC",
    "nasopharynx": "nasopharynx nasopharyngeal NPC",
    "nerve": "neuroblastoma neuroblastomas",
    "ovary": "ovary ovarian EOC",
    "pancreas": "pancreas pancreatic PDAC",
    "plasma cell": "myeloma",
    "prostate": "prostate prostatic",
    "skin": "melanoma melanomas cutaneous skin",
    "stomach": "stomach gastric",
    "thyroid": "thyroid",
}
_BY_WORD: Final = {
    (word if any(letter.isupper() for letter in word) else word.casefold()): site
    for site, words in _SITES.items()
    for word in words.split()
}
_WORD: Final = re.compile(r"[^\W\d_]+")
_PHRASE: Final = re.compile(r"\bhead[\s-]and[\s-]neck\b", re.IGNORECASE)
_DISEASE: Final = re.compile(
    r"[\s-]+(?:(?:squamous|cell|duct|ductal|clear|epithelial|stem|small|non)[\s-]+)*"
    r"(?:cancers?|carcinomas?|adenocarcinomas?|malignan(?:cy|cies)|tumou?rs?|metastas[ie]s)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Site:
    """An organ named in a text; `text` is `[start, end)`, with "cancer" or its like where that follows."""

    text: str
    site: str
    start: int
    end: int


def find_sites(text: str) -> tuple[Site, ...]:
    """Every organ that `text` names as the place of a disease or by an adjective, in order."""
    found = [Site(match[0], "head and neck", *match.span()) for match in _PHRASE.finditer(text)]
    for match in _WORD.finditer(text):
        if site := _site(match[0]):
            disease = _DISEASE.match(text, match.end())
            end = disease.end() if disease else match.end()
            found.append(Site(text[match.start() : end], site, match.start(), end))
    return tuple(sorted(found, key=lambda site: site.start))


@lru_cache(maxsize=65536)
def _site(word: str) -> str | None:
    return _BY_WORD.get(word) or _BY_WORD.get(word.casefold())
