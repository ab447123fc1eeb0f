"""The front of a JATS article: what it states of itself, and the front matter as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from corpus.drafting import Part
from corpus.metadata import Facts, find_doi, is_review
from corpus.readers.jats.references import person
from corpus.readers.jats.wording import Wording

# The year is the one that others cite; then that of publication, then whatever is neither of these.
_DATES = ("ppub", "collection", "pub", "epub", "epub-ppub", "epreprint")
_LATER = frozenset({"pmc-release", "nihms-submitted", "received", "accepted", "rev-recd", "retracted", "corrected"})
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SHOWN = ("aff", "author-notes", "permissions", "kwd-group", "funding-group")


def facts_of(article: etree._Element, wording: Wording) -> Facts:
    """Title, authors, year, DOI and journal as the front of an article, or of a part of one, states them."""
    meta = _meta(article)
    if meta is None:
        return Facts()
    title = " ".join(filter(None, (_title(meta.find(tag), wording) for tag in ("title-group", "."))))
    journal = article.find("front/journal-meta")
    names = (
        (journal.find(path) for path in (".//journal-title", ".//abbrev-journal-title")) if journal is not None else ()
    )
    ids = [*meta.findall("article-id[@pub-id-type='doi']"), *meta.findall("article-id")]
    dois = (find_doi(wording.line(one)) for one in ids)
    kinds = [(article.get("article-type") or "").replace("-", " "), *map(wording.line, meta.iter("subject"))]
    return Facts(
        title=title or None,
        authors=tuple(_authors(meta, wording)),
        year=_year(meta),
        doi=next(filter(None, dois), None),
        journal=next(filter(None, map(wording.line, names)), None),
        review=is_review("", kinds),
        stated=True,
    )


def front_parts(article: etree._Element, facts: Facts, wording: Wording) -> Iterator[Part]:
    """Authors, addresses, dates, licence and the like, each a part."""
    if facts.authors:
        yield Part("front", ", ".join(facts.authors))
    if facts.journal or facts.year or facts.doi:
        cited = " ".join(filter(None, (facts.journal, str(facts.year or ""))))
        yield Part("front", ". ".join(filter(None, (cited, f"doi: {facts.doi}" if facts.doi else ""))))
    meta = _meta(article)
    if meta is None:
        return
    for node in meta.iter(*_SHOWN):
        if next(node.iterancestors(*_SHOWN), None) is None:
            lines = map(wording.line, _leaves(node))
            yield Part("front", "\n".join(filter(None, lines)))


def abstracts(article: etree._Element) -> list[etree._Element]:
    """Every abstract, the one without a type first, then summaries for other readers, then those in other languages."""
    meta = _meta(article)
    if meta is None:
        return []
    found = [*meta.findall("abstract"), *meta.findall("trans-abstract")]
    return sorted(found, key=lambda one: (one.tag == "trans-abstract", one.get("abstract-type") is not None))


def _meta(article: etree._Element) -> etree._Element | None:
    """Where an article, or a part of one, says what it is."""
    for path in ("front/article-meta", "front-stub", "front"):
        if (found := article.find(path)) is not None:
            return found
    return None


def _title(group: etree._Element | None, wording: Wording) -> str:
    """The title and what stands under it; marks of footnotes left out."""
    if group is None:
        return ""
    lines = [_without_marks(group.find(tag), wording) for tag in ("article-title", "subtitle")]
    wording.taken_notes()
    return ": ".join(filter(None, lines))


def _without_marks(node: etree._Element | None, wording: Wording) -> str:
    if node is None:
        return ""
    marks = [wording.line(one) for one in node.iter("xref") if one.get("ref-type") in {"fn", "author-notes"}]
    line = wording.line(node)
    return line.removesuffix(marks[-1]).rstrip() if marks and marks[-1] else line


def _authors(meta: etree._Element, wording: Wording) -> Iterator[str]:
    """The authors, as printed; those whose part is not told count, those told to be something else do not."""
    for contrib in meta.iter("contrib"):
        kind = contrib.get("contrib-type") or contrib.getparent().get("content-type") or "author"
        # the members of a group stand inside the group that is the author
        if not kind.startswith("author") or next(contrib.iterancestors("contrib"), None) is not None:
            continue
        name = next((one for one in contrib.iter("name", "string-name", "collab", "anonymous")), None)
        if name is None or name.tag == "anonymous":
            continue
        said = (name.text or "").strip() if name.tag == "collab" and name.find("contrib-group") is not None else ""
        if text := said or person(name, wording, family_first=False):
            yield " ".join(text.split())


def _year(meta: etree._Element) -> int | None:
    """The year of publication."""
    years: dict[str, int] = {}
    for date in (*meta.findall("pub-date"), *meta.findall("pub-history/event/date")):
        kind = date.get("date-type") or date.get("pub-type") or ""
        said = date.findtext("year") or date.get("iso-8601-date") or date.findtext("string-date") or ""
        if found := _YEAR.search(said):
            years.setdefault(kind, int(found[0]))
    for kind in (*_DATES, *(kind for kind in years if kind not in _LATER), *years):
        if kind in years:
            return years[kind]
    found = _YEAR.search(meta.findtext("permissions/copyright-year") or "")
    return int(found[0]) if found else None


def _leaves(node: etree._Element) -> Iterator[etree._Element]:
    """What of a piece of front matter stands on a line of its own."""
    parted = {"author-notes", "permissions", "funding-group"}
    if node.tag in parted:
        for child in node:
            yield from _leaves(child)
    elif node.tag not in {"copyright-year", "copyright-holder", "free_to_read", "license_ref"}:
        yield node
