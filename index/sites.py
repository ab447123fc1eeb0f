"""Where a cancer stands: lay and clinical words for one organ made one, in questions and in documents.

A small table written by hand; a word is taken only as a whole word, an abbreviation only in capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

# site: what a cancer there is called, and its words; capitals mark an abbreviation, which must be written so
_SITES: Final = {
    "adrenal": ("adrenal cancer", "adrenal adrenocortical"),
    "bile duct": ("bile duct cancer", "biliary cholangiocarcinoma cholangiocarcinomas"),
    "bladder": ("bladder cancer", "bladder urothelial"),
    "bone": ("bone cancer", "bone osseous osteosarcoma"),
    "brain": ("brain cancer", "brain glioma gliomas glioblastoma cerebral GBM"),
    "breast": ("breast cancer", "breast mammary TNBC"),
    "cervix": ("cervical cancer", "cervix cervical"),
    "colorectum": ("colorectal cancer", "colorectal colorectum colon colonic bowel rectal rectum CRC"),
    "endometrium": ("endometrial cancer", "endometrial endometrium uterine uterus womb"),
    "gallbladder": ("gallbladder cancer", "gallbladder"),
    "larynx": ("laryngeal cancer", "laryngeal larynx"),
    "oesophagus": ("oesophageal cancer", "gullet oesophagus esophagus oesophageal esophageal ESCC"),
    "head and neck": ("head and neck cancer", "HNSCC"),
    "kidney": ("kidney cancer", "kidney renal nephric RCC ccRCC"),
    "liver": ("liver cancer", "liver hepatic hepatocellular hepatoma hepatomas hepatocyte HCC"),
    "lung": ("lung cancer", "lung pulmonary NSCLC SCLC LUAD"),
    "mouth": ("oral cancer", "mouth oral OSCC"),
    "nasopharynx": ("nasopharyngeal cancer", "nasopharynx nasopharyngeal NPC"),
    "nerve": ("neuroblastoma", "neuroblastoma neuroblastomas"),
    "ovary": ("ovarian cancer", "ovary ovaries ovarian EOC"),
    "pancreas": ("pancreatic cancer", "pancreas pancreatic PDAC"),
    "plasma cell": ("myeloma", "myeloma"),
    "prostate": ("prostate cancer", "prostate prostatic"),
    "skin": ("skin cancer", "melanoma melanomas cutaneous skin"),
    "stomach": ("stomach cancer", "stomach gastric"),
    "testis": ("testicular cancer", "testicular testis testes"),
    "thyroid": ("thyroid cancer", "thyroid"),
}
_BY_WORD: Final = {
    (word if any(letter.isupper() for letter in word) else word.casefold()): site
    for site, (_, words) in _SITES.items()
    for word in words.split()
}
# words that name a disease by themselves
_BY_ITSELF: Final = re.compile(
    r"(?:GBM|TNBC|CRC|ESCC|HNSCC|(?:cc)?RCC|HCC|NSCLC|SCLC|LUAD|OSCC|NPC|EOC|PDAC|(?i:\w+omas?))$"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_PHRASE: Final = re.compile(r"\bhead[\s-]and[\s-]neck\b", re.IGNORECASE)
_LISTED: Final = re.compile(r"\s*(?:,|/|,?\s*(?:and|or|&))\s*", re.IGNORECASE)
_DISEASE: Final = re.compile(
    r"[\s-]+(?:(?:squamous|cell|duct|ductal|clear|epithelial|stem|small|non)[\s-]+)*"
    r"(?:cancers?|carcinomas?|adenocarcinomas?|malignan(?:cy|cies)|tumou?rs?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Site:
    """An organ named in a text, or a cancer by its organ.

    Attributes:
        text: the very characters `[start, end)`, with "cancer" or its like where that follows.
        site: the organ.
        name: `liver cancer` where the text names a disease of it, otherwise the organ.
        type: `cancer` or `organ`.
    """

    text: str
    site: str
    start: int
    end: int
    disease: bool = False

    @property
    def name(self) -> str:
        """What is named, in one spelling."""
        return _SITES[self.site][0] if self.disease else self.site

    @property
    def type(self) -> str:
        """`cancer` or `organ`."""
        return "cancer" if self.disease else "organ"


def find_sites(text: str) -> tuple[Site, ...]:
    """Every organ that `text` names as the place of a disease or by an adjective, in order."""
    if not any(map(_tells, _WORD.findall(text))):  # most texts name none, and where is asked only of those that do
        return ()
    found = [_found(text, match, "head and neck") for match in _PHRASE.finditer(text)]
    found += [_found(text, match, site) for match in _WORD.finditer(text) if (site := _site(match[0]))]
    found.sort(key=lambda one: one.start)
    for place in range(len(found) - 2, -1, -1):  # "colorectal and liver cancer" names two cancers
        this, following = found[place], found[place + 1]
        if following.disease and _LISTED.fullmatch(text, this.end, following.start):
            found[place] = replace(this, disease=True)
    return tuple(found)


def _found(text: str, match: re.Match[str], site: str) -> Site:
    disease = _DISEASE.match(text, match.end())
    end = disease.end() if disease else match.end()
    by_itself = _BY_ITSELF.match(match[0]) is not None
    return Site(text[match.start() : end], site, match.start(), end, disease is not None or by_itself)


@lru_cache(maxsize=65536)
def _tells(word: str) -> bool:
    """Whether a word is of an organ's name."""
    return _site(word) is not None or word.casefold() == "neck"


@lru_cache(maxsize=65536)
def _site(word: str) -> str | None:
    return _BY_WORD.get(word) or _BY_WORD.get(word.casefold())
