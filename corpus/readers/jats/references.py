"""Reference lists of JATS: each `ref` an entry with its marker, its text as one line, and its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from corpus.drafting import Part
from corpus.metadata import find_doi
from corpus.readers.jats.wording import Wording
from corpus.readers.pointing import distinct_markers
from corpus.records import Reference
from corpus.references import parse_reference

_CITATIONS = ("element-citation", "mixed-citation", "citation", "nlm-citation", "product", "related-article")
_NUMBER = re.compile(r"\W*[A-Za-z]{0,3}\W{0,2}0*([1-9]\d{0,3})\W*")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_PERSONS = ("name", "string-name", "collab", "on-behalf-of")
_NOT_AUTHORS = frozenset({"editor", "translator", "guest-editor", "compiler", "assignee", "director", "curator"})
_TITLES = ("article-title", "chapter-title", "data-title", "part-title", "trans-title")
_DOI_HREF = re.compile(r"doi\.org/(10\..+)", re.IGNORECASE)
_MARKER = "exocite-marker"
_HREF = "{http://www.w3.org/1999/xlink}href"
# What stands between two elements of a citation that the file itself parts by nothing.
_GAPS: Mapping[tuple[str, str], str] = {
    ("surname", "given-names"): " ",
    ("given-names", "surname"): " ",
    ("year", "volume"): ";",
    ("fpage", "lpage"): "-",
    ("volume", "fpage"): ":",
    ("volume", "elocation-id"): ":",
    ("issue", "fpage"): ":",
    ("issue", "elocation-id"): ":",
}


def markers_of(article: etree._Element) -> dict[str, str]:
    """The marker of every `ref`, in their order, by its own id and then by those of the citations in it.

    Each `ref` keeps its own for `reference_part`; one without an id has a key that nothing points to.
    """
    markers: dict[str, str] = {}
    entries = list(article.iter("ref"))
    given = distinct_markers([_printed(entry) for entry in entries])
    for place, (entry, marker) in enumerate(zip(entries, given, strict=True), start=1):
        entry.set(_MARKER, marker)
        ids = [one.get("id") for one in entry.iter(etree.Element) if one is entry or one.tag in _CITATIONS]
        for key in (*filter(None, ids), f"\0{place}"):
            markers.setdefault(key, marker)
    return markers


def reference_part(entry: etree._Element, wording: Wording) -> Part:
    """The entry of one `ref`, which has its marker, a part with all its fields."""
    citations = list(_citations(entry))
    label = wording.line(entry.find("label"))
    texts = [_text(citation, wording) for citation in citations]
    texts += [wording.line(note) for note in entry.findall("note")]
    whole = " ".join(filter(None, texts)) or wording.line(entry).removeprefix(label).strip()
    if label and label[-1].isalnum() and whole:
        label += "."
    text = " ".join(filter(None, (label, whole)))
    reference = parse_reference(whole, document_id="", start=0, position=1)
    if forms := _forms(entry):
        reference = _fields(forms[0], reference, wording)
    ids = {one.get("pub-id-type"): wording.line(one) for one in reversed(list(entry.iter("pub-id")))}
    hrefs = (found[1] for link in entry.iter("ext-link", "uri") if (found := _DOI_HREF.search(link.get(_HREF, ""))))
    pmid = re.sub(r"\D", "", ids.get("pmid", "")) or reference.pmid
    doi = find_doi(ids.get("doi", "")) or reference.doi or find_doi(next(hrefs, ""))
    reference = replace(reference, marker=entry.get(_MARKER, ""), doi=doi, pmid=pmid)
    return Part("reference", text, reference=reference)


def _printed(entry: etree._Element) -> str | None:
    """The number that an entry's label states."""
    label = entry.find("label")
    if label is None:
        label = entry.find("*/label")
    found = _NUMBER.fullmatch("".join(label.itertext())) if label is not None else None
    return found[1] if found else None


def _forms(entry: etree._Element) -> list[etree._Element]:
    """Every citation in an entry, all its alternatives included; the one that has most to say for itself first."""
    found = [one for one in entry.iter(etree.Element) if one.tag in _CITATIONS]
    telling = (".//article-title", ".//source", ".//surname")
    return sorted(found, key=lambda one: [one.find(path) is None for path in telling])


def _citations(entry: etree._Element) -> Iterator[etree._Element]:
    """The citations of an entry to show; of alternatives the one that is running text, or else the first."""
    for child in entry:
        if child.tag == "citation-alternatives":
            forms = [one for one in child if one.tag in _CITATIONS]
            running = [one for one in forms if one.tag == "mixed-citation"]
            yield from (running or forms)[:1]
        elif child.tag in _CITATIONS:
            yield child


def _text(citation: etree._Element, wording: Wording) -> str:
    """A citation on one line, with the punctuation that the file leaves to whoever prints it."""
    pieces = [citation.text or ""]
    before = ""
    for child in citation:
        text = _joined(child, wording) if len(child) and child.tag not in {"article-title", "source"} else ""
        said = text or wording.line(child)
        if child.tag == "label":
            continue
        if child.tag == "issue" and not (child.tail or "").strip() and "(" not in pieces[-1]:
            said = f"({said})"
        elif child.tag == "pub-id" and not any(map(str.isalpha, before)):
            kind = child.get("pub-id-type", "")
            said = f"{kind.upper() if kind.startswith('pm') else kind}: {said}" if kind else said
        following = child.getnext()
        tail = child.tail or ""
        gap = "" if tail.strip() or following is None else _gap(child.tag, following.tag, said)
        pieces += [said, tail if tail.strip() or not gap else gap]
        before = tail
    return " ".join("".join(pieces).split())


def _joined(node: etree._Element, wording: Wording) -> str:
    """Names inside a group or a name, parted."""
    if node.tag in {"name", "string-name", "person-group", "name-alternatives"} and not _own_text(node):
        people = [_joined(child, wording) or wording.line(child) for child in node if child.tag != "role"]
        return (", " if node.tag == "person-group" else " ").join(filter(None, people))
    return ""


def _own_text(node: etree._Element) -> bool:
    """Whether an element has text of its own between its children."""
    return any((text or "").strip() for text in (node.text, *(child.tail for child in node)))


def _gap(tag: str, following: str, said: str) -> str:
    """What parts two elements with nothing between them."""
    known = _GAPS.get((tag, following))
    if known is not None:
        return known
    if (tag, following) == ("volume", "issue"):
        return ""
    if {tag, following} <= {"name", "string-name", "collab", "etal", "person-group", "anonymous"}:
        return ", "
    return " " if said.endswith((".", "?", "!", ":")) else ". "


def _fields(citation: etree._Element, parsed: Reference, wording: Wording) -> Reference:
    """What the elements of a citation state; where they name no work, what was `parsed` from its text."""
    title = next((text for tag in _TITLES if (text := wording.line(citation.find(f".//{tag}")))), None)
    source = wording.line(citation.find(".//source")) or None
    authors = _authors(citation, wording) or parsed.authors
    if title is None and source is None:
        return replace(parsed, authors=authors)
    if title is None:
        title, source = source, None
    first, last = (wording.line(citation.find(tag)) for tag in ("fpage", "lpage"))
    pages = f"{first}-{last}" if first and last and last != first else first
    year = _YEAR.search(wording.line(citation.find(".//year")))
    return replace(
        parsed,
        authors=authors,
        title=title.removesuffix(".") if title else None,
        journal=source,
        year=int(year[0]) if year else parsed.year,
        volume=wording.line(citation.find("volume")) or None,
        pages=pages or wording.line(citation.find("page-range")) or wording.line(citation.find("elocation-id")) or None,
    )


def _authors(citation: etree._Element, wording: Wording) -> tuple[str, ...]:
    """The authors of a citation, family names first; editors only where it names nobody else."""
    people = [one for one in citation.iter(*_PERSONS) if one.getparent().tag not in {"name", "string-name", "collab"}]
    groups = [next(one.iterancestors("person-group"), None) for one in people]
    authors = [
        one
        for one, group in zip(people, groups, strict=True)
        if group is None or group.get("person-group-type") not in _NOT_AUTHORS
    ]
    return tuple(filter(None, (person(one, wording) for one in authors or people)))


def person(node: etree._Element, wording: Wording, *, family_first: bool = True) -> str:
    """A name on one line: `Ito K` as reference lists have it, or `Kenji Ito`; a group's name as it stands."""
    family, given, suffix = (wording.line(node.find(tag)) for tag in ("surname", "given-names", "suffix"))
    if not family:
        return wording.line(node).strip(" ,.;")
    prefixed = [family, given] if family_first or node.get("name-style") == "eastern" else [given, family]
    return " ".join(filter(None, [*prefixed, suffix]))
