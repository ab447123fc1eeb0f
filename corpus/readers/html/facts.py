"""What a page states of its paper: in the `meta` of Highwire, Dublin Core and PRISM, and as linked data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.drafting import without_unprinted
from corpus.metadata import Facts, find_doi, is_review
from corpus.readers.html.tree import Page

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
# By fact, the names under which it is stated, the most telling first; names in lower case.
_NAMES = {
    "title": ("citation_title", "bepress_citation_title", "eprints.title", "dc.title", "dcterms.title"),
    "author": (
        "citation_author", "bepress_citation_author", "citation_authors", "eprints.creators_name", "dc.creator",
        "dcterms.creator", "dc.contributor", "author",
    ),
    "doi": (
        "citation_doi", "bepress_citation_doi", "prism.doi", "dc.identifier", "dc.identifier.doi", "dcterms.identifier",
    ),
    "year": (
        "citation_publication_date", "citation_date", "citation_year", "bepress_citation_date", "prism.publicationdate",
        "citation_cover_date", "dc.date", "dc.date.issued", "dcterms.issued", "dc.issued", "dcterms.date",
        "citation_online_date", "article:published_time",
    ),
    "journal": (
        "citation_journal_title", "bepress_citation_journal_title", "prism.publicationname", "dc.source",
        "dcterms.ispartof", "citation_conference_title", "citation_journal_abbrev",
    ),
    "kind": ("citation_article_type", "dc.type", "prism.section", "article:section", "wkhealth_toc_sub_heading"),
}  # fmt: skip
_ARTICLES = frozenset({"scholarlyarticle", "medicalscholarlyarticle", "article", "report", "thesis", "chapter", "book"})
_MOST_NODES = 2000


def facts_of(page: Page) -> Facts:
    """Title, authors, year, DOI and journal as a page states them, what it states in `meta` before linked data."""
    linked = _linked(page.data)
    years = (int(found[0]) for said in (*_said(page, "year"), *linked["year"]) if (found := _YEAR.search(said)))
    dois = (find_doi(said) for said in (*_said(page, "doi"), *linked["doi"]))
    return Facts(
        title=next(iter((*_said(page, "title"), *linked["title"])), None),
        authors=tuple(dict.fromkeys(map(_name, _authors(page) or linked["author"]))),
        year=next(years, None),
        doi=next(filter(None, dois), None),
        journal=next(iter((*_said(page, "journal"), *linked["journal"])), None),
        review=is_review("", (said.replace("-", " ") for said in _said(page, "kind"))),
    )


def window_title(page: Page) -> str | None:
    """What a page's window is called, without the name of the site behind it; None where it is called nothing."""
    title = next((said for name, said in page.stated if name == "og:title"), page.title)
    shorter = re.sub(r"\s+[|»–—-]\s+[^|»–—]{2,60}$", "", title)
    return (shorter if len(shorter) > 15 else title) or None


def _said(page: Page, fact: str) -> list[str]:
    """What is stated under the first of a fact's names under which anything is, then under the others."""
    return [said for name in _NAMES[fact] for stated, said in page.stated if stated == name]


def _authors(page: Page) -> list[str]:
    """The authors under the first name that has any; several in one are parted by semicolons."""
    for name in _NAMES["author"]:
        found = [said for stated, said in page.stated if stated == name]
        if found:
            return [part.strip() for said in found for part in said.split(";") if part.strip()]
    return []


def _name(name: str) -> str:
    """A name as it is printed over a paper: `Kenji Ito` for `Ito, Kenji`."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and given.strip() and "," not in given else name


def _linked(data: Sequence[object]) -> dict[str, list[str]]:
    """What the first article in linked data says of itself."""
    found: dict[str, list[str]] = {fact: [] for fact in _NAMES}
    article = next((one for one in _nodes(data) if _kinds(one) & _ARTICLES), None)
    if article is None:
        return found
    found["title"] = _texts(article.get("headline")) or _texts(article.get("name"))
    found["author"] = _texts(article.get("author"))
    found["year"] = _texts(article.get("datePublished"))
    for key in ("identifier", "sameAs", "@id", "url", "mainEntityOfPage"):
        found["doi"] += _texts(article.get(key))
    holder = article.get("isPartOf")
    while isinstance(holder, dict) and isinstance(holder.get("isPartOf"), dict):
        holder = holder["isPartOf"]
    found["journal"] = _texts(holder)
    return found


def _nodes(data: Sequence[object]) -> Iterator[dict[str, object]]:
    """The objects in linked data, outer ones first, as many as a page has."""
    waiting = list(data)
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting += one[:_MOST_NODES]
        elif isinstance(one, dict):
            yield one
            waiting += [one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in one]


def _kinds(node: dict[str, object]) -> set[str]:
    kinds = node.get("@type")
    return {str(kind).casefold() for kind in (kinds if isinstance(kinds, list) else [kinds])}


def _texts(value: object) -> list[str]:
    """The texts that a value is, or the names or values in it."""
    if isinstance(value, str):
        said = " ".join(without_unprinted(value).split())
        return [said] if said else []
    if isinstance(value, list):
        return [text for one in value[:_MOST_NODES] if not isinstance(one, list) for text in _texts(one)]
    if isinstance(value, dict):
        named = [value.get(key) for key in ("name", "value", "@id")]
        if not named[0] and isinstance(value.get("familyName"), str):
            named = [f"{value.get('givenName') or ''} {value['familyName']}"]
        return next((_texts(one) for one in named if isinstance(one, str) and one.strip()), [])
    return []
