"""Reference lists of a flow: which elements are entries, the marker of each, and what it says and leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile

from lxml import etree

from corpus import bibliography, headings
from corpus.drafting import Part
from corpus.metadata import find_doi
from corpus.readers.flow.wording import HOLDS, Wording
from corpus.readers.pointing import distinct_markers
from corpus.references import parse_reference

_LIST = re.compile(
    r"(?:^|\s)(?:(?:\S*[-_])?(?:references?|ref-?lists?|bibliograph\w*|doc-bibliography|citation-list|reference-?list)"
    r"(?:[-_](?:list|section|content|items?|w))?)(?=\s|$)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*(?:\[\s*(\d{1,4})\s*\]|\(\s*(\d{1,4})\s*\)|(\d{1,4})\s*[.)](?!\d))\s*")
_BARE = re.compile(r"\W*0*([1-9]\d{0,3})\W*")
_GLUED = re.compile(r"^(\[?\(?\d{1,4}[\]).])(?=[^\W\d_])")
_SAYING = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|10\.\d{4,9}/|in press|forthcoming|https?:", re.IGNORECASE)
# What a page offers beside an entry, none of it the entry's own.
_SERVICES = re.compile(
    r"\W*(?:(?:view|search|open|find|go to|see)\s+)?(?:(?:in|on|the|this)\s+)*(?:google scholar|cross-?ref"
    r"|pubmed(?:[ /]+(?:central|ncbi|abstract))?|pmc(?: free article)?|free(?: pmc)? article|full[- ]?text(?: pdf)?"
    r"|(?:view )?article(?: pdf| locations?)?|abstract|cas|ads|isi|scopus|medline|web of science"
    r"|publisher(?: full text)?|doi|chemport|mathscinet|worldcat|green version|references?(?: in article)?"
    r"|back to (?:text|citation|article)|in article|context|document|ncbi|zentralblatt math|semantic scholar"
    r"|export citation|record|download\w* .{0,20}|jump up(?: to)?|return to (?:ref|citation).{0,10}|[\^↑↩︎]+|[a-z])\W*",
    re.IGNORECASE,
)
_PARAGRAPHS = frozenset({"p", "div", "li", "dd", "dt", "figcaption", "pre"})
_EMPTY = re.compile(r"\s*(?:\[[\s|,;:.]*\]|\([\s|,;:.]*\))")
_DOI_HREF = re.compile(r"(?:doi\.org/|[?&]doi=|/doi/(?:abs/|full/|pdf/)?)(10\.[^?#&]+)", re.IGNORECASE)
_PMID_HREF = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|/pubmed/|list_uids=)(\d{1,8})", re.IGNORECASE)


@dataclass(slots=True)
class Entries:
    """The entries of a document's reference lists.

    Attributes:
        markers: of each entry, by its element, in order.
        ids: the marker of each entry by each name it can be pointed to by, in their order.
        printed: the numbers that stand before entries by the list's own doing, by element.
    """

    markers: dict[etree._Element, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    printed: dict[etree._Element, str] = field(default_factory=dict)


def entries_of(root: etree._Element) -> Entries:
    """The entries of every reference list, known by its heading or by what its element is called."""
    found = Entries()
    before: dict[etree._Element, list[str]] = {}
    nodes: dict[etree._Element, None] = {}
    for named in (False, True):
        for region, whole in () if nodes else _regions(root, named=named):
            nodes |= dict.fromkeys(_entries_in(region, before, whole=whole))
    counts = _counts(root)
    numbers: list[str | None] = []
    for node in nodes:
        label, counted = _printed(node), counts.get(node)
        if label is None and counted:
            found.printed[node] = counted
        numbers.append(label or counted)
    for place, (node, marker) in enumerate(zip(nodes, distinct_markers(numbers), strict=True)):
        found.markers[node] = marker
        names = [*before.get(node, ()), *(name for one in node.iter() for name in one.get("ids", "").split())]
        # one without a name has a key that nothing points to, so that ranges count it
        for name in (*names, f"\0{place}"):
            found.ids.setdefault(name, marker)
    return found


def entry_part(node: etree._Element, entries: Entries) -> Part:
    """The entry that an element is, a part with all its fields; what a page offers beside it is left out."""
    whole = _EMPTY.sub("", Wording(linked=True).line(_own(node))).strip()
    number = entries.printed.get(node)
    if number is None and (label := _label(node)):
        number = label
        whole = re.sub(rf"^\W*0*{label}\W*", "", whole)
    whole = _GLUED.sub(r"\1 ", whole)
    text = f"{number}. {whole}" if number and whole else whole
    printed = _NUMBER.match(whole)
    bare = whole[printed.end() :] if printed else whole
    reference = parse_reference(bare, document_id="", start=0, position=1)
    hrefs = [link.get("href", "") for link in node.iter("a")]
    dois = (find_doi(found[1].replace("%2F", "/")) for href in hrefs if (found := _DOI_HREF.search(href)))
    pmids = (found[1] for href in hrefs if (found := _PMID_HREF.search(href)))
    reference = replace(
        reference,
        marker=entries.markers[node],
        doi=reference.doi or next(filter(None, dois), None),
        pmid=reference.pmid or next(pmids, None),
    )
    return Part("reference", text, reference=reference)


def _regions(root: etree._Element, *, named: bool) -> Iterator[tuple[Sequence[etree._Element], bool]]:
    """What stands under each heading of a reference list, or in each element `named` as one, in document order.

    With each, whether it is all of the list and nothing else.
    """
    nodes = list(root.iter())
    if named:
        for node in nodes:
            if _is_list(node) and node.get(HOLDS):
                yield list(node.iter())[1:], True
            elif _is_list(node) and _says(node):
                # each entry is called one, and nothing holds them together
                yield [node], True
        return
    heads = [place for place, node in enumerate(nodes) if node.tag == "h"]
    for which, place in enumerate(heads):
        if headings.is_references("".join(nodes[place].itertext())):
            level = int(nodes[place].get("level", "6"))
            later = (one for one in islice(heads, which + 1, None) if _ends(nodes[one], level))
            region = nodes[place + 1 : next(later, len(nodes))]
            # one that is called a list holds all of it, and what follows is something else
            lists = [node for node in region if _is_list(node)]
            yield (list(lists[0].iter())[1:], True) if lists else (region, False)


def _is_list(node: etree._Element) -> bool:
    return node.tag in {"div", "ul", "ol", "dl", "table"} and _LIST.search(node.get("as", "")) is not None


def _ends(heading: etree._Element, level: int) -> bool:
    """Whether a heading ends a reference list whose own heading is of this level."""
    text = " ".join("".join(heading.itertext()).split())
    return int(heading.get("level", "6")) <= level or headings.is_back(text) or headings.is_section(text)


def _entries_in(
    region: Sequence[etree._Element], before: dict[etree._Element, list[str]], *, whole: bool
) -> Iterator[etree._Element]:
    """The entries in a region: items of lists, else definitions, rows, paragraphs; `before` gets anchors over them."""
    for tags in (frozenset({"li"}), frozenset({"dd"}), frozenset({"tr"}), _PARAGRAPHS):
        found = [node for node in region if node.tag in tags and _is_entry(node, tags)]
        if found and (whole or 2 * sum(map(_says, found)) >= len(found)):
            break
    else:
        return
    if "p" in tags:
        listed = bibliography.Entries()
        found = (
            found
            if whole
            else list(takewhile(lambda node: listed.take([" ".join("".join(node.itertext()).split())]), found))
        )
    chosen = set(found)
    waiting: list[str] = []
    for node in region:
        if node in chosen:
            before.setdefault(node, waiting)
            waiting = []
            yield node
        elif node.get("ids") and not "".join(node.itertext()).strip():
            waiting += node.get("ids", "").split()


def _is_entry(node: etree._Element, tags: frozenset[str]) -> bool:
    """Whether an element is an outermost one of these, with text, and not in a list of links."""
    if "p" in tags:
        return not node.get(HOLDS) and bool("".join(node.itertext()).strip())
    if next(node.iterancestors(*tags), None) is not None:
        return False
    return bool("".join(node.itertext()).strip())


def _says(node: etree._Element) -> bool:
    """Whether an entry has what nearly every entry has."""
    return _SAYING.search("".join(node.itertext())) is not None


def _printed(node: etree._Element) -> str | None:
    """The number that stands in an entry itself."""
    found = _NUMBER.match("".join(node.itertext())[:200])
    number = next(filter(None, found.groups()), None) if found else None
    return str(int(number)) if number and int(number) else _label(node)


def _label(node: etree._Element) -> str | None:
    """The number that the first element of an entry holds alone, without a stop that would show it in the text."""
    text = "".join(node.itertext()).lstrip()
    if _NUMBER.match(text[:200]):
        return None
    for one in node.iter():
        said = "".join(one.itertext()).strip()
        if one is not node and said:
            found = _BARE.fullmatch(said) if len(said) < 12 else None
            if found and text.startswith(said):
                return found[1]
            if not one.get(HOLDS) and len(one) == 0:
                return None
    return None


def _counts(root: etree._Element) -> dict[etree._Element, str]:
    """The numbers that lists give their items: the one an item says, or its place in a list that counts."""
    counts: dict[etree._Element, str] = {}
    for node in root.iter("ol"):
        start = node.get("start", "")
        first = int(start) if start.isdecimal() and len(start) < 5 else 1
        counts |= {item: str(number) for number, item in enumerate(node.findall("li"), start=first)}
    for node in root.iter("li", "dd"):
        term = node.getprevious() if node.tag == "dd" else None
        label = node.get("label") if term is None else "".join(term.itertext())
        if label is not None:
            found = _BARE.fullmatch(label)
            if found:
                counts[node] = found[1]
            else:
                counts.pop(node, None)
    return counts


def _own(node: etree._Element) -> etree._Element:
    """A copy of an entry without links that are not its own, and without lists of such links."""
    kept = _copied(node)
    for link in list(kept.iter("a")):
        if _SERVICES.fullmatch(" ".join("".join(link.itertext()).split())):
            _emptied(link)
    for listed in list(kept.iter("ul")):
        links = "".join("".join(link.itertext()) for link in listed.iter("a"))
        if len("".join(links.split())) >= 0.6 * len("".join("".join(listed.itertext()).split())):
            _emptied(listed)
    return kept


def _copied(node: etree._Element) -> etree._Element:
    copy = etree.fromstring(etree.tostring(node, with_tail=False))
    for link in copy.iter("a"):
        link.attrib.pop("to", None)
    return copy


def _emptied(node: etree._Element) -> None:
    """Takes away what is in an element; what stands behind it stays."""
    tail = node.tail
    node.clear()
    node.tail = tail
