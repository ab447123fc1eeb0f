"""What a text is about: the molecules and the cancers it names, and whether two texts may mean the same ones.

Names are held against each other by what they leave open: miR-200 may be miR-200c, miR-21 may be miR-21-5p, a cluster
may be any of its members, an oral cancer is one of the head and neck. Where cancers spread to, and the tissue that
cells are taken from, is not what a text is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, Literal

from index.names import find_names
from index.sites import Site, find_sites

Kind = Literal["molecule", "cancer"]
KINDS: Final[tuple[Kind, ...]] = ("molecule", "cancer")
Names = Mapping[str, str]
"""What is named, by key (a molecule's name, an organ): how it is told."""
Subject = Mapping[Kind, Names]
"""What a text is about: what it names of each kind."""

_MOLECULE: Final = re.compile(r"(\w+-\d+)([a-z]*)(?:-\d)?(?:-([35]p))?\*?")
_WIDER: Final = {"mouth": "head and neck", "nasopharynx": "head and neck"}
_SPREAD_BEFORE: Final = re.compile(r"metasta(?:s[ie]s|si[sz]es|tic)\s+(?:in|to|into)\s+(?:the\s+)?$", re.IGNORECASE)
_CANCER: Final = re.compile(r"cancer|tumou?r|carcino|metasta|malignan|neoplas|\w{3}oma\b", re.IGNORECASE)
_TISSUE: Final = re.compile(
    r"(?:\s?(?:,|/|&|\b(?:and|or)\b)\s?\w+)?[\s-]+metasta|[\s-]+(?:trop|marrow|derived|(?:[\w-]+\s+){0,2}"
    r"(?:cells?|fibroblasts?|macrophages?|astrocytes?|stroma|niches?|microenvironment|(?:endo|epi)theli\w+)\b)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def named(text: str) -> Subject:
    """The molecules, arms included, and the organs that a text names, in order, each once.

    An organ is told in the text's own words for its cancer, the longest of them, where it names one.
    """
    sites = [site for site in find_sites(text) if not _is_aside(text, site)]
    organs = {site.site: f"the {site.site}" for site in sites}
    by_length = sorted(sites, key=lambda site: len(site.text))
    organs |= {site.site: _in_a_sentence(site.text) for site in by_length if site.disease}
    return {"molecule": {name.name: name.name for name in find_names(text)}, "cancer": organs}


def named_in_prose(text: str) -> Subject:
    """The same of a title or a sentence, where an organ counts only if it is a cancer that is spoken of."""
    told = named(text)
    return told if _CANCER.search(text) or find_cancers(text) else {**told, "cancer": {}}


def phrase(molecules: Names, organs: Names) -> str:
    """`miR-9 and miR-155 in breast cancer`; of cancers and organs only the cancers; empty where nothing is named."""
    cancers = [name for name in organs.values() if not name.startswith("the ")] or list(organs.values())
    return " in ".join(part for part in (_listed(molecules.values()), _listed(cancers)) if part)


def _listed(names: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = [*names] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def agree(ours: Names, theirs: Names, kind: Kind) -> bool:
    """True where one name on either side may mean the same."""
    if kind == "molecule":
        return any(_may_be_same(one, other) for one in ours for other in theirs)
    both = [{*names, *(_WIDER[site] for site in names if site in _WIDER)} for names in (ours, theirs)]
    # two parts of one wider place are two places
    return bool({*ours} & both[1] or {*theirs} & both[0])


def _may_be_same(one: str, other: str) -> bool:
    """True for names of one number whose letters and arms are equal where both have them; a cluster may be anything."""
    ours, theirs = _MOLECULE.fullmatch(one), _MOLECULE.fullmatch(other)
    if ours is None or theirs is None:
        return True
    pairs = zip(ours.groups(), theirs.groups(), strict=True)
    return all(not mine or not yours or mine == yours for mine, yours in pairs)


def find_cancers(text: str) -> tuple[Site, ...]:
    """Every cancer that `text` names by its organ, in order."""
    return tuple(site for site in find_sites(text) if site.disease)


def begins_with(text: str, kind: Kind) -> bool:
    """True for a text whose first word is of a molecule's name or of a cancer's."""
    starts = [name.start for name in find_names(text)] if kind == "molecule" else []
    starts += [site.start for site in find_sites(text) if site.disease] if kind == "cancer" else []
    return bool(starts) and not text[: min(starts)].strip()


def _is_aside(text: str, site: Site) -> bool:
    """True for an organ that a cancer spreads to or that cells are taken from: `bone metastasis`, `bone marrow`."""
    return not site.disease and bool(_TISSUE.match(text, site.end) or _SPREAD_BEFORE.search(text[: site.start]))


def _in_a_sentence(name: str) -> str:
    """The name without the capitals of a title; abbreviations keep theirs."""
    return re.sub(r"\b[A-Z](?=[a-z])", lambda capital: capital[0].lower(), name)
