"""Bylines in a question, as they are typed: whoever may be an author, and how surely that can be told from the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from corpus.bylines import Byline
from index.tokens import is_stopword
from qa.reading.ordinary import is_ordinary

Cue = Literal["et al", "told", "none"]
"""What gives an author away: "et al."; a word such as "by" or "found", an initial, a year; or a capital alone."""

_LETTER: Final = r"[^\W\d_]"
_TIED: Final = rf"(?:{_LETTER}|-(?={_LETTER})|['\u2019](?={_LETTER}{{2}}))"
_ANY: Final = rf"{_LETTER}{_TIED}{{1,39}}(?![-\u2010-\u2015]?\d|\s\d{{1,3}}\b)\b"
# a capital, and small letters after it: CHO and MA are no names, nor are Gal-9 and Lin28
_CAPITAL: Final = rf"(?![a-z])(?={_TIED}{{0,39}}[a-z\u00df-\u00ff\u0131]){_ANY}"
_BEFORE: Final = r"(?:(?:Dr|Prof(?:essor)?)\b\.?\s+)"
_INITIALS: Final = r"(?:[A-Z]\.[\s-]?){1,3}"
_PARTICLE: Final = r"(?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|los|bin|ibn|al|el|ter|ten)\s+)"
_PERSON: Final = (
    rf"{_BEFORE}?(?:{_INITIALS}\s*)?{_PARTICLE}{{0,3}}{_CAPITAL}"
    rf"(?:\s+(?:{_INITIALS}\s*)?{_PARTICLE}{{0,3}}{_CAPITAL}){{0,3}}(?:\s+(?!II|IV)[A-Z]{{1,3}}\b(?![-\d]))?"
)
_AND: Final = r"\s*(?:,\s*(?:and\s+|&\s*)?|\band\b|&)\s*"
_PEOPLE: Final = re.compile(rf"\b{_PERSON}(?:{_AND}{_PERSON})*")
_SMALL: Final = re.compile(rf"\b{_PARTICLE}{{0,3}}{_ANY}(?:\s+(?:and|&)\s+{_ANY})?(?=,?\s+et\s+al\b)", re.IGNORECASE)
_ET_AL: Final = re.compile(
    r",?\s+(?:et\s+al\b\.?|(?:and|&)\s+(?:colleagues|co-?workers|collaborators)\b)", re.IGNORECASE
)
_LED_BY: Final = re.compile(r"\b(?:by|did|does|do|has|have|had|was|cites?|citing|according\s+to)\s+$", re.IGNORECASE)
TELLING: Final = re.compile(
    r"\b(?:find|finds|found|findings?|reports?|reported|says?|said|shows?|showed|shown|describes?|described|concludes?"
    r"|concluded|publish|published|demonstrates?|demonstrated|observes?|observed|according|writes?|wrote|written"
    r"|mentions?|mentioned|proposes?|proposed|suggests?|suggested|states?|stated|claims?|claimed|argues?|argued"
    r"|discuss(?:es|ed)?|deals?|dealt|looks?|looked|address(?:es|ed)?|covers?|covered|examines?|examined"
    r"|investigates?|investigated|studied|regarding|concerning|reviews?|reviewed"
    r"|stud(?:y|ies)|papers?|works?|articles?|groups?|labs?|laborator(?:y|ies)|teams?|authors?)\b",
    re.IGNORECASE,
)
"""That they told something, and what they told it in: the evidence tells it itself, and says no word of that."""
_WHO: Final = re.compile(
    r"\b(?:(?:which|what|who(?:\s+(?:is|are|was|were))?(?:\s+the)?)\s+(?:first\s+)?"
    r"(?:authors?|groups?|teams?|labs?|laborator(?:y|ies)|researchers?|scientists?)\b|the\s+authors?\s+of\b"
    r"|by\s+whom\b|who\s+(?:first\s+)?(?:wrote|published|studied|reported|investigated)"
    r"(?:\s+(?:about|on|that))?\b)",
    re.IGNORECASE,
)
_TELLS: Final = re.compile(rf"(?:['\u2019]s?)?\s+(?:{TELLING.pattern})", re.IGNORECASE)
_FIRST_WORD: Final = re.compile(rf"{_LETTER}+\s*")
_YEAR: Final = re.compile(r"(?:\b(?:in|of|from)\s+)?[,(]?\s*(?<![\w-])(?P<year>(?:19|20)\d\d)[a-z]?(?![\w-])\)?")
_YEAR_NEXT: Final = re.compile(r"(?:['\u2019]s)?,?\s*\(?(?:19|20)\d\d")
_GENITIVE: Final = re.compile(r"['\u2019](?:s\b)?")
_SPLIT: Final = re.compile(_AND)
_LAST_INITIALS: Final = re.compile(r"\s+([A-Z]{1,3})$")
_SENTENCE: Final = re.compile(
    r"\b(?:what|which|who|whom|whose|where|when|why|how|is|are|was|were|do|does|did|can|could|has|have)\b|\?",
    re.IGNORECASE,
)
_LEAST: Final = 4
"""Letters of a name that nothing but its capital gives away: Sun, Ren and Min are words of other things too."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A byline where it stands in a text, `[start, end)`."""

    start: int
    end: int
    byline: Byline
    cue: Cue


def find_bylines(text: str) -> tuple[Typed, ...]:
    """Whoever may be an author, from left to right, none over another, with the year that the text names.

    Names that "and" or a comma joins are authors of one study; whom "et al." follows is its first.

    >>> [(str(one.byline), one.cue) for one in find_bylines("What did Zhou W and Fong et al. find in 2014?")]
    [('W Zhou and Fong 2014', 'et al')]
    >>> [(str(one.byline), one.cue) for one in find_bylines("van Dalen miR-21, or Lazar's work")]
    [('van Dalen', 'none'), ('Lazar', 'told')]
    >>> find_bylines("Does Gal-9 bind CHO cells of Chen?"), find_bylines("Sun exposure")
    ((), ())
    """
    found = sorted(_people(text), key=lambda one: one.start)
    years = [int(match["year"]) for match in _YEAR.finditer(text)]
    if len(years) == 1:
        found = [replace(one, byline=replace(one.byline, year=years[0])) for one in found]
    return tuple(found)


def blanked(text: str, bylines: tuple[Typed, ...]) -> str:
    """`text` with blanks for these bylines, for their year, and for the words that say that they told something."""
    for one in bylines:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    if any(one.byline.year for one in bylines):
        text = _YEAR.sub(_blank, text)
    return TELLING.sub(_blank, text)


def without_who(text: str) -> str:
    """`text` with blanks for the words that ask who told something; as it is where it asks for nobody.

    >>> without_who("Which authors studied miR-9?").split(), without_who("By whom was miR-9 found?").split()
    (['miR-9?'], ['was', 'miR-9', '?'])
    >>> without_who("Who first wrote about miR-9?").split()
    ['miR-9?']
    >>> without_who("Which studies look at miR-9?")
    'Which studies look at miR-9?'
    """
    if not _WHO.search(text):
        return text
    return TELLING.sub(_blank, _WHO.sub(_blank, text))


def with_byline(text: str, new: str) -> str:
    """`text` with its first byline, and its year, given way to `new`; "" where `new` is no byline, or it has none.

    >>> with_byline("What did Zhou et al., 2014 find?", "Fong"), with_byline("What did Zhou find?", "miR-21")
    ('What did Fong find?', '')
    """
    lead = "study by "
    old, others = find_bylines(text), find_bylines(lead + new)
    if not old or not others or others[0].start != len(lead):
        return ""
    if _YEAR.sub("", (lead + new)[others[-1].end :]).strip():  # it brings more than a byline and its year
        return ""
    head, tail = text[: old[0].start], text[old[0].end :]
    if old[0].byline.year:
        head, tail = _YEAR.sub("", head), _YEAR.sub("", tail)
    return f"{head}{new}{tail}"


def _people(text: str) -> Iterator[Typed]:
    taken = []
    for match in _SMALL.finditer(text):
        if match[0].islower() or match[0].isupper():
            taken.append((match.start(), match.end()))
            yield _typed(text, match.start(), match.end())
    for match in _PEOPLE.finditer(text):
        start, end = _without_words(text, *match.span())
        if start < end and all(end <= first or last <= start for first, last in taken):
            one = _typed(text, start, end)
            if one.cue != "none" or (len(one.byline.names[0]) >= _LEAST and not _SENTENCE.search(text)):
                yield one


def _without_words(text: str, start: int, end: int) -> tuple[int, int]:
    """What is left of a run of names without the words of the language that it begins with ("Did Zhou")."""
    while match := _FIRST_WORD.match(text, start, end):
        word = match[0].strip()
        if match.end() == end and _ET_AL.match(text, end):  # He et al.
            break
        if not (is_stopword(word.lower()) or TELLING.fullmatch(word) or (is_ordinary(word) and match.end() < end)):
            break
        start = match.end()
    return start, end


def _typed(text: str, start: int, end: int) -> Typed:
    names = tuple(_name(part) for part in _SPLIT.split(text[start:end]))
    if others := _ET_AL.match(text, end):
        return Typed(start, others.end(), Byline(names, first=True), "et al")
    told = (
        (_LED_BY.search(text, 0, start) and TELLING.search(text))  # "does Snail promote" is about a gene
        or re.match(_BEFORE, text[start:end])
        or any(" " in name and len(name.split()[0]) <= 2 for name in names)
        or _TELLS.match(text, end)
        or _YEAR_NEXT.match(text, end)
    )
    genitive = _GENITIVE.match(text, end)
    return Typed(start, genitive.end() if genitive else end, Byline(names), "told" if told else "none")


def _name(typed: str) -> str:
    """A name with its initials, or what else is given, before the surname; titles left out."""
    name = re.sub(rf"^{_BEFORE}", "", typed.strip(), flags=re.IGNORECASE).replace(".", " ")
    if match := _LAST_INITIALS.search(name):
        name = f"{match[1]} {name[: match.start()]}"
    return " ".join(name.split())


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
