"""MicroRNA names: found in any spelling, made canonical, near names kept apart.

`miR-21`, `mir 21`, `hsa-miR-21`, `microRNA-21`, `miRNA 21` and `MIR21` are one name; `miR-210` is another. An arm
(`-5p`, `-3p`) belongs to its molecule, a letter (`200a`, `200c`) makes another molecule. Lists are spelled out:
`miR-200a/b/c`, `miR-221/222`, `miR-21 and -155`. The nomenclature is that of Ambros et al. 2003 (RNA 9:277) and
Griffiths-Jones et al. 2006 (Nucleic Acids Res. 34:D140).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_HYPHENS: Final = "\\-\u2010\u2011\u2012\u2013\u2212"
_GAP: Final = rf"[\s{_HYPHENS}]"
_ARM: Final = rf"(?:{_GAP}?(?P<arm>[35]){_GAP}?p(?![A-Za-z0-9])|(?P<star>\*))?"
_MEMBER: Final = r"(?P<number>\d{1,5})(?P<letter>[A-Za-z]{0,2})(?![A-Za-z])"
# one digit after the member counts copies in the genome (miR-16-1); two or more name a cluster (miR-17-92)
_COPY: Final = rf"(?:[{_HYPHENS}](?P<copy>\d)(?![\dA-Za-z]))?"
_CLUSTER: Final = rf"[{_HYPHENS}~](?P<cluster>\d{{2,3}}[a-z]?)(?![\dA-Za-z])"
_PREFIX: Final = rf"(?:(?:anti|antago|exo|onco|pre|pri)[{_HYPHENS}]?)?(?:[A-Za-z]{{3}}[{_HYPHENS}])?"

_FIRST: Final = re.compile(
    rf"(?<![A-Za-z0-9]){_PREFIX}"
    rf"(?:(?P<stem>mi(?:cro)?RNAs?|miRs?){_GAP}{{0,2}}|(?:miR{_GAP})?(?P<let>let){_GAP}?(?=7))"
    rf"{_MEMBER}(?:{_CLUSTER}|{_COPY}{_ARM})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# what may follow a first member: "/b", "/222", ", -155", " and -155"
_NEXT_LETTER: Final = re.compile(rf"\s?/\s?(?P<letter>[a-z])(?![A-Za-z0-9]){_ARM}")
_NEXT_NUMBER: Final = re.compile(rf"(?:\s?/\s?[{_HYPHENS}]?|\s?(?:,|and|or|&|,\s?and)\s?[{_HYPHENS}]){_MEMBER}{_ARM}")
_NEXT_PLAIN: Final = re.compile(rf"\s?(?:,\s?and|,|and|or|&)\s?{_MEMBER}{_ARM}(?![\w%])")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in a text.

    Attributes:
        text: the very characters `[start, end)`; in a list, those of this member.
        name: the one spelling, arm included: `miR-21-5p`.
        base: the molecule without its arm: `miR-21`; equal bases are the same molecule.
        type: `"mirna"`.
        start, end: characters of the text searched.
    """

    text: str
    name: str
    base: str
    type: str
    start: int
    end: int


def find_names(text: str) -> tuple[Name, ...]:
    """Every microRNA name in `text`, in order, lists spelled out.

    A plural stem ("miRNAs 21, 155 and 210") takes bare numbers too; a year after a blank ("miRNA 2019") is no name.
    """
    found: list[Name] = []
    position = 0
    while match := _FIRST.search(text, position):
        position = match.end()
        if _is_year(match):
            continue
        found.append(_named(match, _stem(match), match["number"], match["letter"]))
        found.extend(_list_members(text, match))
        position = found[-1].end
    return tuple(found)


def _stem(match: re.Match[str]) -> str:
    return "let" if match["let"] else "miR"


def _is_year(match: re.Match[str]) -> bool:
    stem = match["stem"] or ""
    spaced = match.string[match.start("number") - 1].isspace()
    return spaced and "rna" in stem.lower() and not match["letter"] and bool(_YEAR.fullmatch(match["number"]))


def _list_members(text: str, first: re.Match[str]) -> Iterator[Name]:
    stem, number, position = _stem(first), first["number"], first.end()
    plural = (first["stem"] or "").lower().endswith("s")
    while True:
        if match := _NEXT_LETTER.match(text, position):
            yield _named(match, stem, number, match["letter"])
        elif (match := _NEXT_NUMBER.match(text, position)) or (plural and (match := _NEXT_PLAIN.match(text, position))):
            number = match["number"]
            yield _named(match, stem, number, match["letter"])
        else:
            return
        position = match.end()


def _named(match: re.Match[str], stem: str, number: str, letter: str) -> Name:
    groups = match.groupdict()
    base = f"{stem}-{int(number)}{letter.lower()}"
    name = base
    if groups.get("cluster"):
        name = base = f"{base}-{groups['cluster'].lower()}"
    if groups.get("copy"):
        name = f"{name}-{groups['copy']}"
    if groups.get("arm"):
        name = f"{name}-{groups['arm']}p"
    elif groups.get("star"):
        name = f"{name}*"
    start = match.start() if "stem" in groups else match.start("number" if "number" in groups else "letter")
    return Name(match.string[start : match.end()], name, base, "mirna", start, match.end())
