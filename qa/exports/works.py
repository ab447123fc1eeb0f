"""The works behind some evidence: the papers it stands in and the primary studies it cites, each once."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bibtexparser.middlewares.names import parse_single_name_into_parts

from corpus.records import Document, Reference
from corpus.stores import Stores
from corpus.studies import StudyId
from qa.results import Evidence

_CAPITAL: Final = r"[^\W\d_a-z]"
_INITIALS_LAST: Final = re.compile(
    rf"(?P<family>.*\w) (?P<given>{_CAPITAL}(?:-?{_CAPITAL}){{0,3}}|{_CAPITAL}\.(?:[ -]?{_CAPITAL}\.){{0,3}})"
    r"(?: (?P<suffix>Jr|Sr|II|III|2nd|3rd)\.?)?"
)
_INITIAL_FIRST: Final = re.compile(rf"{_CAPITAL}\.")
_ET_AL: Final = re.compile(r"\bet\.?\s+al\b", re.IGNORECASE)
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Person:
    """An author; a group, or a name that cannot be told apart, is all `family`."""

    family: str
    given: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A paper or a study, as a reference manager has it.

    Attributes:
        title: of an entry that names none, the whole entry.
        more: there are authors beyond those named.
        year, journal, volume, pages, doi, pmid: or None where nothing says it.
        note: which papers of the library cite it, and by which number; "" for one that none does.
    """

    title: str
    people: tuple[Person, ...] = ()
    more: bool = False
    year: int | None = None
    journal: str | None = None
    volume: str | None = None
    pages: str | None = None
    doi: str | None = None
    pmid: str | None = None
    note: str = ""

    @property
    def key(self) -> str:
        """`kia2019-3fa9c1`: first author, year, and a digest of the DOI, or else of title and year.

        So it is the same in every export, whatever else is in it.
        """
        family, title = self._family, "".join(filter(str.isalnum, self.title.casefold()))
        plain = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode().casefold()
        told = self.doi or self._id.told or f"{title} {self.year} {self.journal} {self.volume} {self.pages}"
        digest = hashlib.sha256(told.encode()).hexdigest()[:6]
        return f"{re.sub('[^a-z0-9]', '', plain)[:20] or 'anon'}{self.year or ''}-{digest}"

    @property
    def _family(self) -> str:
        return self.people[0].family if self.people else ""

    @property
    def _id(self) -> StudyId:
        return StudyId.of(self.title, self.year, self._family, self.pages, self.doi)

    def is_same(self, other: Work) -> bool:
        """True for one study, by `StudyId`, and for two works of which all that is known is the same."""
        return self._id.is_same(other._id) or self == other

    @property
    def short(self) -> str:
        """`Kia 2019`, `Kia and Ito 2019`, `Kia et al. 2019`; the title where no author is known."""
        families = [person.family for person in self.people]
        many = self.more or len(families) > _TWO
        by = f"{families[0]} et al." if families and many else " and ".join(families)
        return " ".join(filter(None, (by or self.title, str(self.year or ""))))


def works(evidence: Sequence[Evidence], store: Stores) -> tuple[Work, ...]:
    """The papers of the evidence, then the studies that it cites, each once and in the order of the evidence.

    Raises:
        UnknownDocument: a paper is not in the library any more.
    """
    ids = dict.fromkeys(piece.document.id for piece in evidence)
    papers = {document_id: paper(store.document(document_id)) for document_id in ids}
    entries = {each: {entry.marker: entry for entry in reversed(store.references(each))} for each in ids}
    reviews = {piece.document.id for piece in evidence if piece.document.review}
    cited = dict.fromkeys((piece.document.id, card.marker) for piece in evidence for card in piece.references)
    found = [(one, "") for one in papers.values()]
    for document_id, marker in cited:
        if entry := entries[document_id].get(marker):
            by = f"the review {papers[document_id].short}" if document_id in reviews else papers[document_id].short
            found.append((study(entry), f"{by} [{marker}]"))
    return _each_once(found)


def _each_once(found: Iterable[tuple[Work, str]]) -> tuple[Work, ...]:
    """One work for all that are the same, with what any of them says, and a note of who cites it."""
    kept: list[Work] = []
    citing: list[list[str]] = []
    for work, by in found:
        place = next((place for place, one in enumerate(kept) if one.is_same(work)), len(kept))
        if place == len(kept):
            kept.append(work)
            citing.append([])
        else:
            first = kept[place]
            kept[place] = replace(
                first,
                journal=first.journal or work.journal,
                volume=first.volume or work.volume,
                pages=first.pages or work.pages,
                doi=first.doi or work.doi,
                pmid=first.pmid or work.pmid,
            )
        citing[place] += [by] if by else []
    return tuple(
        replace(work, note=f"Cited by {', '.join(by)}; read from the reference list there." if by else "")
        for work, by in zip(kept, citing, strict=True)
    )


def paper(document: Document) -> Work:
    """A document of the library as a work."""
    people = tuple(person(name, given_first=True) for name in document.authors)
    return Work(document.title, people, year=document.year, journal=document.journal, doi=document.doi)


def study(entry: Reference) -> Work:
    """An entry of a reference list as a work."""
    return Work(
        entry.title or " ".join(entry.text.split()),
        tuple(map(person, entry.authors)),
        more=bool(entry.authors) and _ET_AL.search(entry.text) is not None,
        year=entry.year,
        journal=entry.journal,
        volume=entry.volume,
        pages=entry.pages,
        doi=entry.doi,
        pmid=entry.pmid,
    )


def person(name: str, *, given_first: bool = False) -> Person:
    """An author's name taken apart.

    >>> person("van der Berg JP Jr")
    Person(family='van der Berg', given='JP', suffix='Jr')
    >>> person("Smith, J. A."), person("J. A. Smith")
    (Person(family='Smith', given='J. A.', suffix=''), Person(family='Smith', given='J. A.', suffix=''))
    >>> person("Ana de la Cruz", given_first=True).family, person("Cancer Atlas Network").given
    ('de la Cruz', '')

    Args:
        given_first: a name without initials and commas is a given name and a family name, not a group's.
    """
    name = " ".join(name.split())
    if match := _INITIALS_LAST.fullmatch(name):
        return Person(match["family"], match["given"], match["suffix"] or "")
    if "," in name:
        family, given, *suffix = (part.strip() for part in name.split(","))
        return Person(family, given, " ".join(suffix))
    words = name.split()
    if (given_first or _INITIAL_FIRST.match(name)) and len(words) > 1 and words[-1][0].isupper():
        parts = parse_single_name_into_parts(name, strict=False)
        return Person(" ".join((*parts.von, *parts.last)), " ".join(parts.first))
    return Person(name)
