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
from functools import lru_cache
from typing import Final

HYPHENS: Final = "\\-\u2010\u2011\u2012\u2013\u2212_"
"""Letters that tie the pieces of a name together, for a class of characters in a pattern."""
STEM: Final = rf"micro[\s{HYPHENS}]?RNAs?|mi-?RNAs?|miRs?"
"""What a name begins with, as a pattern; without a number behind it, the word for the kind."""
_GAP: Final = rf"[\s{HYPHENS}]"
_ARM: Final = rf"(?:{_GAP}{{0,3}}(?P<arm>[35]){_GAP}?p(?![A-Za-z0-9])|(?P<star>[*\u2217]))?"
# no article stands before these
_NO_ARTICLE: Final = (
    r"\s*(?:$|[,.;:?!)])|\s+(?:and|as|at|by|can|did|do|does|for|from|in|is|of|on|or|to|via|was|when|with)\b"
)
# what looks like "3p" is an arm, never a molecule; two letters go no further than miR-548bc; a letter may stand apart,
# "miR-148 b", and "a" where it cannot be the article
_MEMBER: Final = (
    r"(?![35]p(?![A-Za-z0-9]))(?P<number>\d{1,5})"
    rf"(?P<letter>(?:[A-Za-z]|[ABab][A-Za-z]|[ ][bcd](?![\w-])|[ ]a(?={_NO_ARTICLE}))?)(?![A-Za-z])(?!\.\d|%)"
)
# one digit after the member counts copies in the genome (miR-16-1, MIR125B1); two or more name a cluster (miR-17-92)
_COPY: Final = rf"(?:(?:[{HYPHENS}]|(?<=[A-Za-z]))(?P<copy>\d)(?![\dA-Za-z'\u2019\u2032]))?"
_CLUSTER: Final = rf"[{HYPHENS}~\u223c](?P<cluster>\d{{2,3}}[a-z]?(?:[{HYPHENS}~\u223c]\d{{2,3}}[a-z]?)*)"
_PREFIX: Final = rf"(?:(?:anti|antago|exo|onco|pre|pri)[{HYPHENS}]?)?(?:[A-Za-z]{{3}}[{HYPHENS}])?"

_FIRST: Final = re.compile(
    rf"(?<![A-Za-z0-9]){_PREFIX}"
    rf"(?:(?P<stem>{STEM}){_GAP}{{0,3}}"
    rf"|(?:miRs?{_GAP}{{0,3}})?(?P<let>let){_GAP}{{0,3}}(?=7(?!\d)))"
    rf"{_MEMBER}(?:{_CLUSTER}|{_COPY}{_ARM})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# how every stem begins, and "let"
_STEMS: Final = re.compile("mi(?:r|cro|-?rna)|let", re.IGNORECASE)
# what may follow a first member: "/b", "/222", "/3p", ", -155", " and -155", ", b and c"
_AND: Final = r"(?:and|or|&)"
_JOIN: Final = rf"\s?(?:/|,\s?(?:{_AND}\s?)?|{_AND})\s?"
_NEXT_ARM: Final = re.compile(rf"{_JOIN}[{HYPHENS}]?(?P<arm>[35])p(?![A-Za-z0-9])", re.IGNORECASE)
_NEXT_LETTER: Final = re.compile(rf"{_JOIN}(?P<hyphen>[{HYPHENS}]?)(?P<letter>[A-Za-z])(?![A-Za-z0-9]){_ARM}")
_NEXT_NUMBER: Final = re.compile(
    rf"(?:\s?/\s?[{HYPHENS}]?|{_JOIN}[{HYPHENS}]){_MEMBER}{_COPY}{_ARM}(?![A-Za-z0-9])", re.IGNORECASE
)
_NEXT_PLAIN: Final = re.compile(rf"{_JOIN}{_MEMBER}{_COPY}{_ARM}(?![A-Za-z0-9])", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_COUNTED: Final = re.compile(
    rf"{_GAP}?(?:%|(?:nt|nts|nucleotides?|bases?|bp|[nµμ]M|patients|samples|cases|controls|hours|days)\b)"
)


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


def may_name(text: str) -> bool:
    """False for a text that holds no stem of a name, nor the word for the kind; quickly."""
    return _STEMS.search(text) is not None


@lru_cache(maxsize=4096)
def find_names(text: str) -> tuple[Name, ...]:
    """Every microRNA name in `text`, in order, lists spelled out.

    A plural stem ("miRNAs 21, 155 and 210") takes bare numbers too; a year or a count after a blank ("miRNA 2019",
    "miRNAs 22 nt long") is no name.
    """
    found: list[Name] = []
    if not may_name(text):
        return ()
    position = 0
    while match := _FIRST.search(text, position):
        position = match.end()
        if _is_count(match):
            continue
        found.append(_named(match, _stem(match, match["number"]), match["number"], match["letter"]))
        found.extend(_list_members(text, match))
        position = found[-1].end
    return tuple(found)


def _stem(first: re.Match[str], number: str) -> str:
    """The stem of a list's member: the let family has one number, what else stands in its list (let-7/98) is miR."""
    return "let" if first["let"] and int(number) == 7 else "miR"


def _is_count(match: re.Match[str]) -> bool:
    """True for a number that stands apart from "miRNA" and is a year or counts what follows it."""
    spaced = match.string[match.start("number") - 1].isspace()
    if not spaced or "rna" not in (match["stem"] or "").lower() or match["letter"]:
        return False
    return bool(_YEAR.fullmatch(match["number"]) or _COUNTED.match(match.string, match.end()))


def _list_members(text: str, first: re.Match[str]) -> Iterator[Name]:
    last, number, letter = first, first["number"], first["letter"]
    plural = (first["stem"] or "").lower().endswith("s")
    while True:
        if last["arm"] and (match := _NEXT_ARM.match(text, last.end())):
            pass
        elif (match := _NEXT_LETTER.match(text, last.end())) and _goes_on(letter, match):
            letter = match["letter"]
        elif (match := _NEXT_NUMBER.match(text, last.end())) or (plural and (match := _bare(text, last.end()))):
            number, letter = match["number"], match["letter"]
        else:
            return
        yield _named(match, _stem(first, number), number, letter)
        last = match


def _goes_on(letter: str, match: re.Match[str]) -> bool:
    """True for a letter that continues a list: like the one before and, where no slash or hyphen ties it, next to it.

    So "200a, b and c" is three molecules, "29b and c-Myc", "29b and a" and "21/E" are one.
    """
    new = match["letter"]
    if not letter or new.isupper() != letter.isupper():
        return False
    tied = match["hyphen"] or "/" in match.string[match.start() : match.start("letter")]
    apart = not re.match(rf"[{HYPHENS}]\w", match.string[match.end() : match.end() + 2])
    return bool(tied) or (apart and letter.islower() and 0 < ord(new) - ord(letter[-1]) < 4)


def _bare(text: str, position: int) -> re.Match[str] | None:
    """The member after `position` that is only a number, unless the number counts what follows it."""
    match = _NEXT_PLAIN.match(text, position)
    return None if match is None or _COUNTED.match(text, match.end()) else match


def _named(match: re.Match[str], stem: str, number: str, letter: str) -> Name:
    groups = match.groupdict()
    base = f"{stem}-{int(number)}{letter.strip().lower()}"
    name = base
    if groups.get("cluster"):
        name = base = f"{base}-{re.sub(r'[^0-9a-z]', '-', groups['cluster'].lower())}"
    if groups.get("copy"):
        name = f"{name}-{groups['copy']}"
    if groups.get("arm"):
        name = f"{name}-{groups['arm']}p"
    elif groups.get("star"):
        name = f"{name}*"
    own = next(group for group in ("stem", "number", "letter", "arm") if group in groups)
    start = match.start() if own == "stem" else match.start(own)
    return Name(match.string[start : match.end()], name, base, "mirna", start, match.end())
