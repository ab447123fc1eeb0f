"""Facts about a paper that its front matter states: authors, year, DOI, journal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

MAX_TITLE = 400
_LONGEST_AUTHORS = 6000
_FEW = 4  # words in lower case, from which such a line may be a sentence
_SHORT = 160  # characters that a running head or a line with a DOI has at most

# Brackets only where it goes on behind them, "10.1/87[1:AB]2.0": a citation may stand right after it.
_DOI = re.compile(r"\b(10\.\d{4,9}/(?:[^\s\"”<>\[\]]|\[[^\s\"<>\[\]]{1,40}\](?=\w)){1,200})")
_YEAR = r"(?<![\d/.])((?:19|20)\d\d)(?!\d)"
_CITE = re.compile(r"(?:cite (?:this|as)|citation)\b", re.IGNORECASE)
# Year, volume and pages, as they stand after the journal: "D J Med Sci 2025;11(3):159-168", "Gut Lett 14 (2025) 9-21".
_ISSUE = re.compile(rf",?\s+(?:\(?(?={_YEAR}\)?\s*[;,:]\s*\d)|\d{{1,4}}\s*\((?={_YEAR}\)\s*\d)){_YEAR}")
_ABBREVIATION = re.compile(r"[^\W\d_]{1,6}\.")
_JOURNAL_LABEL = re.compile(
    r"(?:journal|published in)\s*:\s*(.{2,120}?)[.,;]?(?:\s+\(?(?:19|20)\d\d\b.*)?$", re.IGNORECASE
)
_YEAR_LABEL = re.compile(rf"year\s*:\s*{_YEAR}|published in\s*:.*{_YEAR}", re.IGNORECASE)
_COPYRIGHT_YEAR = re.compile(rf"(?:©|\(c\)|copyright)\D{{0,60}}{_YEAR}", re.IGNORECASE)
_DATE_YEAR = re.compile(
    r"(published(?: online)?|available online|online|publication date|epub|first published|accepted|received)\b"
    rf".{{0,40}}?{_YEAR}",
    re.IGNORECASE,
)
_DATE_ORDER = (
    *("publication date", "published", "published online", "first published", "available online", "online", "epub"),
    *("accepted", "received"),
)

# What may stand behind the authors of a draft or a talk: "Ada Moss, 2022", "Ada Moss (2022)".
_YEAR_BEHIND = re.compile(r"[,;]?\s*(?:\((?P<bracketed>(?:19|20)\d\d)\)|(?<=[,;\s])(?P<plain>(?:19|20)\d\d))\.?\s*$")

_RAISED = re.compile(
    r"\^\{[^{}]{0,40}\}|\^\[[^\[\]]{0,40}\]|\^[^\s^]{1,20}\^|<sup>.{0,60}?</sup>|[¹²³⁴⁵⁶⁷⁸⁹⁰⁺ᵃᵇᶜᵈᵉ*†‡§¶#✉]|\[\d[\d,\s]*\]",
    re.IGNORECASE,
)
_GLUED_DIGITS = re.compile(r"(?<=[^\W\d_])\d{1,2}(?:\s*,\s*\d{1,2})*")
# "Jones MD" may be initials, "Jones, MD" is not.
_DEGREES = re.compile(
    r"(?:,\s*(?:M\.?D\.?|M\.?S\.?|R\.?N\.?|M\.?A\.?)|(?:,\s*|\s+)(?:Ph\.?\s?D\.?|M\.?Sc\.?|B\.?Sc\.?|M\.?P\.?H\.?|D\.?Phil\.?"
    r"|FRCP|D\.?V\.?M\.?|MBBS)|,\s*(?:[A-Z]\w+ )?(?:Member|Fellow),\s*[A-Z]{3,5})(?=,|;|\s|$)"
)
_BY = re.compile(r"(?:authors?|by)\s*:\s*|by\s+(?=[A-Z])", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[,;]\s*(?:and\s+|&\s*)?|\s+and\s+|\s+&\s+|\s*[|·•∙]\s*|\s+ve\s+")
_PARTICLE = frozenset(
    {"de", "da", "do", "dos", "di", "del", "della", "van", "von", "der", "den",
     "la", "le", "el", "al", "bin", "ibn", "ten", "ter", "y", "e"}
)  # fmt: skip
_NOT_A_NAME = re.compile(
    r"\b(?:departments?|universit\w+|institut\w+|hospital|faculty|school|college|cent(?:er|re)|laborator\w+|review|journal"
    r"|cancers?|cells?|introduction|abstract|summary|division|figure|table|section|methods|results|the|of|in|for|with)\b",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"\b[A-Z]\.|\b[A-Z]{1,3}$")

_REVIEW = (
    r"(?:(?:systematic|scoping|narrative|literature|critical|comprehensive|concise|brief|short|invited|umbrella"
    r"|integrative|updated|mini)[\s-]*)"
)
_REVIEW_LABEL = re.compile(
    rf"\W*(?:(?:article\s+)?(?:type|category)\W+)?{_REVIEW}*reviews?(?:\s+(?:articles?|papers?))?\W*", re.IGNORECASE
)
_REVIEW_TITLE = re.compile(
    rf"\b(?:an?\s+{_REVIEW}*|{_REVIEW}+)review\b|\breview\s+of\s+(?:the\s+)?literature\b", re.IGNORECASE
)
# "In this review, we aim …", at the start of a sentence; a review of others' has another article
_REVIEW_SELF = re.compile(rf"(?:^|[.:\n]\s*)(?:in\s+)?(?:this|the\s+present)\s+{_REVIEW}*review\b", re.IGNORECASE)
_OPENING = 4000
"""How many characters a paper has to say of itself what it is."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a paper; as in `Draft`, and the title may be missing."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str | None = None
    journal: str | None = None
    review: bool = False
    stated: bool = False


def names(line: str, *, alone: bool = False) -> tuple[str, ...]:
    """The authors a line names, as printed, in order, without their marks and degrees; empty where it is no such line.

    One name alone counts only with a mark, an initial or "By" to show it, or where `alone` says so. A year may follow.

    >>> names("**Ada LOVELACE**,^{1,2} Mary  Somerville¹ and J. van der Berg*")
    ('Ada LOVELACE', 'Mary Somerville', 'J. van der Berg')
    """
    if len(line) > _LONGEST_AUTHORS or "\t" in line:
        return ()
    led = _BY.match(line.strip())
    text = _YEAR_BEHIND.sub("", line.strip()[led.end() :] if led else line)
    bare = _DEGREES.sub("", _GLUED_DIGITS.sub("", _RAISED.sub(" ", text)))
    parts = tuple(filter(None, map(_without_stop, _SEPARATOR.split(bare))))
    if not parts or not all(map(_is_name, parts)):
        return ()
    marked = _RAISED.search(text) or _GLUED_DIGITS.search(text) or _INITIAL.search(bare)
    return parts if led or marked or len(parts) > 1 or alone else ()


def find_doi(text: str) -> str | None:
    """The first DOI in `text`, lower case, without a resolver's address and without the punctuation after it.

    >>> find_doi("doi: https://doi.org/10.1016/S0140-6736(05)12345-6.[3]")
    '10.1016/s0140-6736(05)12345-6'
    """
    found = _DOI.search(text)
    if not found:
        return None
    doi = found[1].rstrip(".,;:'”’*_")
    while doi.endswith((")", "]", "}")) and doi.count(doi[-1]) > doi.count("([{"[")]}".index(doi[-1])]):
        doi = doi[:-1].rstrip(".,;:")
    return doi.lower()


def facts_in(front: Iterable[str]) -> Facts:
    """Year, DOI and journal as stated in pieces of front matter and running heads; None for what none of them states.

    The year is that of the paper's own citation, then the copyright's, then of publication, acceptance, receipt; then
    the one that stands in a line with the DOI, or behind the authors.
    """
    pieces = [" ".join(piece.split()) for piece in front]
    citation = _citation(pieces)
    found = _ISSUE.search(_without_doi(citation)) if citation else None
    dois = [doi for doi in map(find_doi, pieces) if doi]
    return Facts(
        year=_year(pieces, int(found[found.lastindex or 1]) if found else None),
        doi=dois[0] if dois else None,
        journal=_labelled(pieces) or (_journal_before(found) if found else None),
    )


def is_review(title: str, labels: Iterable[str], text: str = "") -> bool:
    """Whether a paper says of itself that it is a review: in its title, a label, or a sentence near its beginning.

    >>> is_review("Foam: a systematic review", ()), is_review("Foam", ["Mini-review"]), is_review("Peer review", ())
    (True, True, False)
    >>> is_review("Foam", (), "Foam floats. In this review, we sink."), is_review("Foam", (), "We read a review.")
    (True, False)
    """
    if any(_REVIEW_LABEL.fullmatch(" ".join(label.split())) for label in labels):
        return True
    if _REVIEW_SELF.search(text[:_OPENING]):
        return True
    return _REVIEW_TITLE.search(title) is not None and "case report" not in title.casefold()


def _citation(pieces: list[str]) -> str | None:
    """How the paper asks to be cited, or a running head that gives journal, year and pages."""
    for at, piece in enumerate(pieces):
        if _CITE.search(piece[:60]):
            # The label may stand in a piece of its own.
            return piece if re.search(_YEAR, piece) else " ".join(pieces[at : at + 2])
    heads = (piece for piece in pieces if len(piece) < _SHORT and _ISSUE.search(f" {piece}"))
    return next(heads, None)


def _journal_before(issue: re.Match[str]) -> str | None:
    """The journal named right before year and volume: the last sentence there, abbreviated words before it taken in."""
    *before, journal = re.split(r"(?<=[.?!])\s+", issue.string[: issue.start()].strip())
    while before and _ABBREVIATION.fullmatch(before[-1]):
        journal = f"{before.pop()} {journal}"
    journal = re.sub(r"^.*\b(?:cite (?:this|as)\b[^:]*|citation)\s*:\s*", "", journal, flags=re.IGNORECASE)
    return journal if re.match(r"[^\W\d_a-z][^\d:;]{1,90}$", journal) else None


def _without_doi(text: str) -> str:
    return re.sub(r"(?:https?://)?(?:dx\.)?(?:doi\.org/|doi\s*:)\s*\S+", " ", text, flags=re.IGNORECASE)


def _labelled(pieces: list[str]) -> str | None:
    """The journal after a label of its own."""
    found = next((label for piece in pieces if (label := _JOURNAL_LABEL.match(piece))), None)
    return found[1].strip() if found else None


def _year(pieces: list[str], cited: int | None) -> int | None:
    """The year of publication."""
    for pattern in (_YEAR_LABEL,):
        for piece in pieces:
            if found := pattern.match(piece):
                return int(next(group for group in found.groups() if group))
    if cited:
        return cited
    for piece in pieces:
        if found := _COPYRIGHT_YEAR.search(piece):
            return int(found[1])
    dates = {found[1].lower(): int(found[2]) for piece in pieces for found in _DATE_YEAR.finditer(piece)}
    return (
        next((dates[label] for label in _DATE_ORDER if label in dates), None)
        or _beside_doi(pieces)
        or _behind_names(pieces)
    )


def _beside_doi(pieces: list[str]) -> int | None:
    """The one year that stands in a short line with the DOI."""
    for piece in pieces:
        doi = find_doi(piece)
        if doi and len(piece) < _SHORT:
            years = set(re.findall(_YEAR, _DOI.sub(" ", _without_doi(piece))))
            if len(years) == 1:
                return int(years.pop())
    return None


def _behind_names(pieces: list[str]) -> int | None:
    """The year that stands behind names: "Ada Moss and Ben Reed, 2019"."""
    found = (_YEAR_BEHIND.search(piece) for piece in pieces if names(piece))
    return next((int(year["bracketed"] or year["plain"]) for year in found if year), None)


def is_imprint(text: str) -> bool:
    """Whether a short line names a paper's own DOI, alone or beside journal and year, not in brackets nor a sentence.

    >>> is_imprint("Quay Letters 2019. doi:10.1234/q.7"), is_imprint("Lamps were lit as told before (doi:10.1234/q.7).")
    (True, False)
    """
    found = _DOI.search(text) if len(text) < _SHORT else None
    if found is None or text.count("(", 0, found.start()) > text.count(")", 0, found.start()):
        return False
    words = _DOI.sub(" ", _without_doi(text)).split()
    return sum(word.islower() for word in words) < _FEW


def _without_stop(part: str) -> str:
    """One name, blanks single, without the punctuation that ends the line; the stop of an initial stays."""
    part = " ".join(part.split()).rstrip(",")
    return part if re.search(r"(?<!\w)[A-Z]\.$", part) else part.rstrip(".")


def _is_name(part: str) -> bool:
    """Whether `part` has the form of one person's name: two to six words, led by capitals, no digits."""
    words = part.split()
    if not 2 <= len(words) <= 6 or len(part) > 60 or re.search(r"[\d:/()@_=<>\"]", part) or _NOT_A_NAME.search(part):
        return False
    capital = [word[:1].isupper() for word in words if word.lower() not in _PARTICLE]
    return len(capital) > 0 and all(capital) and words[-1][:1].isupper()
