"""JATS, the XML of PubMed Central and of many publishers: its elements say what is what, so nothing need be guessed.

`front` reads what the article states of itself, `body` its text, `tables` its tables, `references` its reference lists;
`wording` and `formulas` turn what stands inside a paragraph or a cell into one line.
"""

from __future__ import annotations

from lxml import etree

from corpus.drafting import Part, draft
from corpus.errors import UnreadableFile
from corpus.readers.jats.body import Walk, floating
from corpus.readers.jats.front import abstracts, facts_of, front_parts
from corpus.readers.jats.references import markers_of
from corpus.readers.jats.wording import Wording
from corpus.readers.markup import read_xml
from corpus.records import Draft

# What reviewers and authors wrote to each other, or a second telling in another language: shown, not evidence.
_BESIDE = frozenset(
    {"decision-letter", "reply", "author-comment", "referee-report", "reviewer-report", "peer-review", "editor-report"}
    | {"aggregated-review-documents", "translation", "author-response", "article-commentary"}
)


def read_jats(name: str, data: bytes) -> Draft:
    """The draft of a JATS file, recognised by its `article`, alone or in the wrapping that PubMed Central sends.

    Raises:
        UnreadableFile: as `read_xml` says; XML of another kind; several articles; or no text in it.
    """
    article = _article(name, read_xml(name, data))
    wording = Wording(markers_of(article))
    facts = facts_of(article, wording)
    walk = Walk(name, wording, floats=dict(floating(article)))
    _take(walk, article, 1, back=False)
    for part in article.iter("sub-article", "response"):
        stated = facts_of(part, wording)
        walk.parts.append(Part("heading", stated.title or "Sub-article", level=1))
        _take(walk, part, 2, back=part.tag == "response" or part.get("article-type") in _BESIDE)
    return draft(name, walk.parts, facts, _notices(article, walk))


def _article(name: str, root: etree._Element) -> etree._Element:
    """The one article of a file."""
    if root.tag == "article":
        if root.find("front") is None and next(root.iter("p"), None) is None and "".join(root.itertext()).strip():
            reason = (
                "this XML is an article, but no JATS (publishers have formats of their own); give the JATS of the "
                "paper, as PubMed Central has it, or its PDF."
            )
            raise UnreadableFile(name, reason)
        return root
    found = [one for one in root.iter("article") if next(one.iterancestors("article"), None) is None]
    articles = [one for one in found if one.find("front") is not None or one.find("body") is not None]
    if len(articles) > 1:
        raise UnreadableFile(name, f"it holds {len(articles)} articles; give each in a file of its own.")
    if not articles:
        reason = (
            f"this XML is no JATS article (its outermost element is <{root.tag[:60]}>); give the JATS of the paper, as "
            "PubMed Central has it, or its text."
        )
        raise UnreadableFile(name, reason)
    return articles[0]


def _take(walk: Walk, article: etree._Element, level: int, *, back: bool) -> None:
    """Takes an article, or a part of one, from its title to its back matter."""
    facts = facts_of(article, walk.wording)
    if level == 1 and facts.title:
        walk.parts.append(Part("title", facts.title))
    walk.parts += front_parts(article, facts, walk.wording)
    for abstract in abstracts(article):
        language = abstract.get("{http://www.w3.org/XML/1998/namespace}lang")
        other = f" ({language})" if abstract.tag == "trans-abstract" and language else ""
        walk.section(abstract, level, back=back, title=f"Abstract{other}")
    for notes in article.findall("front/notes"):
        walk.section(notes, level, back=True)
    for tag in ("body", "back"):
        for node in article.findall(tag):
            walk.section(node, level, back=back)
        if level == 1 and tag == "body":
            walk.rest(level)


def _notices(article: etree._Element, walk: Walk) -> list[str]:
    """What the user should know: tables without rows, text that was left out, a file without the paper's text."""
    notices = []
    if walk.pictures:
        tables = "1 table is only a picture" if walk.pictures == 1 else f"{walk.pictures} tables are only pictures"
        notices.append(f"{tables} in this file; no row could be read from there.")
    if article.find(".//strike") is not None:
        notices.append("Struck-out text was left out.")
    if article.find("body") is None:
        notices.append("The file has no body, only what stands before and after it; get the full text if you can.")
    return notices
