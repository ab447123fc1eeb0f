"""What a sentence or a row says that a molecule raises or lowers: a process, or a gene.

Precision before recall: only what stands right beside the word that says which way is taken, and nothing of a sentence
that negates, that is about a molecule's loss, or that names several molecules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from index.mentions import symbols_in
from index.names import find_names
from index.tokens import symbol_key
from qa.candidates import Candidate
from qa.results import Evidence

Way = Literal["raises", "lowers", "lists"]
"""`lists`: a table names the process as what the molecule does, without a word that says which way."""

_RAISES: Final = (
    r"promot\w+|enhanc\w+|increas\w+|induc\w+|facilitat\w+|accelerat\w+|driv(?:es|ing)|trigger\w*|stimulat\w+"
    r"|up-?\s?regulat\w+|augment\w+"
)
_LOWERS: Final = (
    r"suppress(?:es|ed|ing|ion)?|inhibit(?:s|ed|ing|ion)?|reduc(?:es|ed|ing|tion)|decreas(?:es|ed|ing|e)?|block(?:s|ed|ing)"
    r"|impair(?:s|ed|ing)|attenuat\w+|prevent(?:s|ed|ing|ion)|restrain(?:s|ed|ing)|down-?\s?regulat\w+|repress(?:es|ed|ing|ion)"
)
_WAY: Final = re.compile(rf"\b(?:(?P<raises>{_RAISES})|(?P<lowers>{_LOWERS}))\b", re.IGNORECASE)
_PROCESSES: Final = {
    "spread": r"metasta\w+|invasi(?:on|veness)|(?<!endothelial cell )(?<!endothelial )(?:migration|motility)",
    "EMT": r"EMT|epithelial[\s-]+(?:to[\s-]+)?mesenchymal[\s-]+transition",
    "angiogenesis": r"angiogenesis|tube formation",
    "vascular permeability": r"(?:vascular|vessel|endothelial) permeability",
    "proliferation": r"proliferation",
    "apoptosis": r"apoptosis",
    "drug resistance": r"chemoresistance|(?:drug|therapy) resistance",
}
# of what is compared as one: each by its own name
_SPREAD: Final = {
    "metastasis": re.compile("metasta", re.IGNORECASE),
    "invasion": re.compile("invasi", re.IGNORECASE),
    "migration": re.compile("migr|motil", re.IGNORECASE),
}
_THINGS: Final = re.compile(
    "|".join(rf"(?P<p{place}>{words})" for place, words in enumerate(_PROCESSES.values())), re.IGNORECASE
)
_NAMES: Final = tuple(_PROCESSES)
# what may stand between the word and the thing: "of the", "its expression of", "cell", "liver and lung"
_BETWEEN: Final = re.compile(
    r"\s+(?:(?!(?:by|via|through|which|that|from|after|upon|for|with|to|and|or|target\w*|leading)\b)[a-z-]+\s+){0,4}"
)
_LIST: Final = re.compile(r"\s*(?:,|&|/|,?\s+and)\s*(?:(?:tumou?r|cancer|cell|liver|lung|bone|vascular)\s+){0,2}")
_CLOSE: Final = 4
"""Within fewer words than these one word that says which way acts on the next."""
# "metastasis suppressor", "EMT markers", "migration assay": no process
_PART: Final = re.compile(
    r"[\s-]+(?:suppressors?|promoters?|markers?|genes?|assays?|inhibitors?|related|associated)\b", re.IGNORECASE
)
_UNSURE: Final = re.compile(
    r"\b(?:not|no|nor|neither|never|without|fail\w*|lack\w*|unable|whether|loss|absence|deplet\w+|knock\w*|inhibitors?"
    r"|anti-?miR\w*|antago\w+|spong\w+|revers\w+|low(?:er)?|counteract\w*|overcom\w+|restor\w+|conversely)\b",
    re.IGNORECASE,
)
# "PTEN, which then inhibits": not the molecule does
_ELSE_ACTS: Final = re.compile(r"\b(?:which|that|who)\s+(?:(?:\w+ly|in turn|then|also)\s+)*$", re.IGNORECASE)
_EFFECTS: Final = re.compile(r".*(?:activit|effect|function|outcome|phenotype)", re.IGNORECASE)


_Thing = tuple[str, str]  # its name, and what it is the same as


@dataclass(frozen=True, slots=True)
class Claim:
    """That a molecule raises or lowers a thing.

    Attributes:
        molecule: its name without an arm.
        thing: a process by its name, or a gene's symbol as written; `key` is the same in one spelling.
        cancers: as the sentence or row names them, in order.
        rank: of the evidence.
    """

    molecule: str
    way: Way
    thing: str
    key: str
    cancers: tuple[str, ...]
    rank: int


def claims_in(one: Candidate, piece: Evidence) -> tuple[Claim, ...]:
    """What a sentence or a row claims, in its order, each once; nothing where it names several molecules or none."""
    if len(one.told.molecules) != 1 or _UNSURE.search(one.text):
        return ()
    (molecule,) = one.told.molecules
    found = _of_row(piece) if piece.row else _of_sentence(one.text)
    cancers = tuple(dict.fromkeys(site.name for site in one.told.sites if site.disease))
    return tuple(dict.fromkeys(Claim(molecule, way, thing, key, cancers, one.rank) for way, thing, key in found))


def ways_in(text: str) -> tuple[tuple[Way, str, str], ...]:
    """(way, thing, key) of what a text says is raised or lowered, whatever does it; nothing of one that negates.

    >>> ways_in("Which miRNAs inhibit metastasis?")
    (('lowers', 'metastasis', 'spread'),)
    """
    return () if _UNSURE.search(text) else _claimed(text, 0)


def _of_row(piece: Evidence) -> Iterator[tuple[Way, str, str]]:
    """Of a row every cell but those that name the molecule; a cell of effects may list processes and no more."""
    for cell in piece.row.cells if piece.row else ():
        if find_names(cell.text):
            continue
        yield from _claimed(cell.text, 0)
        if _EFFECTS.match(cell.header) and not _WAY.search(cell.text):
            for match in _THINGS.finditer(cell.text):
                if not _PART.match(cell.text, match.end()):
                    name, key = _process(match)
                    yield "lists", name, key


def _of_sentence(text: str) -> Iterator[tuple[Way, str, str]]:
    """What stands after the molecule's name, where the molecule is what acts."""
    yield from _claimed(text, find_names(text)[0].end)


@lru_cache(maxsize=4096)
def _claimed(text: str, after: int) -> tuple[tuple[Way, str, str], ...]:
    """What is raised or lowered in `text` from `after` on: the thing right after a word that says so, and its list."""
    found: list[tuple[Way, str, str]] = []
    events: list[tuple[int, int, re.Match[str] | _Thing]] = [*_things(text, after)]
    events += [(match.start(), match.end(), match) for match in _WAY.finditer(text, after)]
    events.sort(key=lambda event: event[0])
    way: Way | None = None
    place, between = after, _BETWEEN
    for start, end, what in events:
        gap = text[place:start]
        if isinstance(what, re.Match):
            # "reduces the inhibition of": which way it goes in all is not read
            doubled = way is not None and between is _BETWEEN and len(gap.split()) < _CLOSE and "," not in gap
            told: Way = "raises" if what["raises"] else "lowers"
            way = None if doubled or _ELSE_ACTS.search(text, max(0, start - 40), start) else told
            between = _BETWEEN
        elif way is not None and between.fullmatch(gap):
            found.append((way, *what))  # its name and its key
            between = _LIST
        else:
            way = None
        place = end
    return tuple(found)


def _things(text: str, after: int) -> Iterator[tuple[int, int, _Thing]]:
    """(start, end, thing) of each process and gene from `after` on, in any order, none within another."""
    taken: list[tuple[int, int]] = []
    for match in _THINGS.finditer(text, after):
        taken.append(match.span())
        if not _PART.match(text, match.end()):
            yield match.start(), match.end(), _process(match)
    for symbol in dict.fromkeys(symbols_in(text)):
        for match in re.finditer(rf"(?<![\w-]){re.escape(symbol)}(?![\w-])", text[after:]):
            start, end = match.start() + after, match.end() + after
            if not any(first < end and start < last for first, last in taken):
                yield start, end, (symbol, symbol_key(symbol))


def _process(match: re.Match[str]) -> _Thing:
    """What a process is called, and what it is the same as, by which claims are compared."""
    key = _NAMES[int(str(match.lastgroup)[1:])]
    return next((name for name, words in _SPREAD.items() if words.match(match[0])), key), key
