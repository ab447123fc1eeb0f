"""Citations by author and year: `(Ito et al., 2019)`, `Ito and Cruz (2018a)`, `(Diaz 2019; Eze, 2020a,b)`.

They point into a reference list without numbers: by the first author's surname and the year, then by the second author,
"et al." and the letter after the year where more than one entry fits. What still fits two entries names neither.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.records import Reference
from corpus.references import surname

_NOT_A_NAME = (
    r"(?!(?:According|After|Also|And|As|Both|But|By|Following|From|However|In|Like|See|Since|The|Unlike|Until|While|With|"
    r"January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
_PARTICLES = r"(?:(?:[Dd][aei]|[Dd]e[lnr]|[Dd]os|[Vv][ao]n|[Ll][ae]|[Ee]l|[Aa]l|[Tt]e[nr]|bin)[ -]){0,3}"
_NAME = rf"{_PARTICLES}{_NOT_A_NAME}[^\W\d_a-z][\w'’-]{{1,40}}"
_NAMES = (
    rf"(?P<names>(?P<first>{_NAME}(?:\s{_NAME}){{0,3}})(?:(?P<others>,?\s+(?:et\s+al\b\.?|and\s+(?:others|colleagues)))"
    rf"|(?:,\s+{_NAME}){{0,5}},?\s+(?:and|&)\s+(?P<last>{_NAME}(?:\s{_NAME})?))?)"
)
_YEAR = r"(?:1[89]|20)\d\d[a-z]?"
_YEARS = rf"{_YEAR}(?:\s?(?:,|and|&)\s?(?:{_YEAR}|[a-k](?![.\w]))\b){{0,8}}(?!\w)"
_CITATION = re.compile(
    rf"(?<![\w-]){_NAMES}(?:['’]s?)?,?\s*(?:[(\[](?P<told>{_YEARS})[^()\[\]]{{0,40}}[)\]]|(?P<years>{_YEARS}))"
)
_ONE_YEAR = re.compile(r"(?<!\w)((?:1[89]|20)\d\d)?([a-z]?)(?!\w)")
_ENCLOSED = re.compile(r"[(\[][^()\[\]]{0,600}[)\]]")
_WORD = re.compile(r"[^\W\d_]+")
_LED = re.compile(r"(?:^|[(\[;]|\b(?:see|e\.g\.,?|cf\.|in|by))\s*$")
_ENDED = re.compile(r"\s*(?:[)\];]|$)")
_ACRONYM = re.compile(r"[^\W\d_a-z]+")


@dataclass(frozen=True, slots=True)
class Cited:
    """One study cited by author and year.

    Attributes:
        start, end: where it stands, `[start, end)`, without the brackets around the whole; of a second year of the same
            authors, the year alone.
        name: as printed, with one year: `"Ito et al., 2019b"`.
        markers: the entries that fit; the one it names where there is one, none or several otherwise.
    """

    start: int
    end: int
    name: str
    markers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a citation can tell of an entry: its authors' surnames as words, its marker and the letter of its year."""

    reference: Reference
    authors: tuple[frozenset[str], ...]
    letter: str


class AuthorYears:
    """A reference list by the surnames of first authors and by year; each look-up takes the same time in any list."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self._entries: dict[tuple[str, int], list[_Entry]] = {}
        for reference in references:
            if reference.year is None:
                continue
            listed = reference.authors or (" ".join(reference.text.split()[:3]),)
            authors = tuple(frozenset(_words(surname(author))) for author in listed[:6])
            letter = re.search(rf"(?<!\d){reference.year}([a-z])\b", reference.text)
            entry = _Entry(reference, authors, letter[1] if letter else "")
            for word in authors[0]:
                self._entries.setdefault((word, reference.year), []).append(entry)

    def find(self, text: str, start: int = 0, end: int | None = None, *, whole: bool = False) -> tuple[Cited, ...]:
        """All citations within `text[start:end]`, in order.

        A name and a year outside brackets are one only with "et al."; one surname that no entry has, only at the
        beginning of a bracket or after a semicolon, and not where it is all capitals, as in `(USA, 2019)`.

        Args:
            whole: the stretch is a cell, in which a citation needs no brackets.
        """
        stop = len(text) if end is None else end
        enclosed = [match.span() for match in _ENCLOSED.finditer(text, start, stop)]
        opened = [first for first, _ in enclosed]
        found: list[Cited] = []
        for match in _CITATION.finditer(text, start, stop):
            place = bisect_right(opened, match.start()) - 1
            inside = whole or (place >= 0 and match.end() <= enclosed[place][1])
            if inside or match["told"] or match["others"]:
                found += (cited for cited in self._cited(match) if cited.markers or _is_sure(match, inside=inside))
        return tuple(found)

    def _cited(self, match: re.Match[str]) -> Iterator[Cited]:
        """One citation for each year that the authors are cited with."""
        names = " ".join(match["names"].split())
        group = "told" if match["told"] else "years"
        year = ""
        told = [one for one in _ONE_YEAR.finditer(match.string, *match.span(group)) if one[0]]
        for one in told:
            start = one.start() if year else match.start()
            end = match.end() if one is told[-1] else one.end()
            year = one[1] or year
            markers = tuple(entry.reference.marker for entry in self._fitting(match, int(year), one[2]))
            yield Cited(start, end, f"{names}, {year}{one[2]}", markers)

    def _fitting(self, match: re.Match[str], year: int, letter: str) -> list[_Entry]:
        """The entries that a citation may mean, narrowed by all it says as long as there are several."""
        first = _words(match["first"])
        entries = self._entries.get((first[-1], year), []) if first else []
        if second := _words(match["last"] or ""):
            entries = [entry for entry in entries if any(second[-1] in author for author in entry.authors[1:])]
        if letter:
            entries = [entry for entry in entries if entry.letter in {letter, ""}]
        sizes = range(3, 7) if match["others"] else range(2, 3) if match["last"] else range(1, 2)
        for fits in (
            lambda entry: entry.letter == letter,
            lambda entry: set(first) <= entry.authors[0],
            lambda entry: len(entry.authors) in sizes,
        ):
            entries = (list(filter(fits, entries)) or entries) if len(entries) > 1 else entries
        return entries


def author_years(text: str) -> tuple[tuple[int, int], ...]:
    """Where `text` names an author and a year, `[start, end)` each, in order, whether or not a list has such an entry.

    >>> author_years("Kia et al., 2019 Ito 2020")
    ((0, 16), (17, 25))
    """
    return tuple(match.span() for match in _CITATION.finditer(text))


def _is_sure(match: re.Match[str], *, inside: bool) -> bool:
    """Whether a citation that names no entry is one nevertheless, not any word before a year."""
    if match["others"] or match["last"]:
        return True
    led = _LED.search(match.string, max(0, match.start() - 10), match.start())
    # "(Foam Reader 2000, Foam Inc.)": without a comma before the year something must end after it
    told = "," in match[0] or _ENDED.match(match.string, match.end()) is not None
    return inside and led is not None and told and not _ACRONYM.fullmatch(match["first"])


def _words(name: str) -> list[str]:
    """The words of a name without accents and initials, in lower case."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    return [word.casefold() for word in _WORD.findall(plain) if len(word) > 1]
