"""Word (DOCX): its parts read as XML, since what tells a paper apart is in no object model.

`package` opens it, `styles`, `numbering`, `fields`, `symbols` and `equations` read what Word keeps apart from the text,
`line` makes a line of a paragraph and `body` a flow of all of them (see `corpus.readers.flow`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from corpus import metadata
from corpus.drafting import draft
from corpus.metadata import Facts
from corpus.readers.docx.body import Body
from corpus.readers.docx.line import Lines
from corpus.readers.docx.numbering import Numbering
from corpus.readers.docx.package import Package, open_package, value
from corpus.readers.docx.styles import Styles
from corpus.readers.flow.implied import promote_headings
from corpus.readers.flow.reading import read_flow
from corpus.readers.flow.wording import Wording
from corpus.records import Draft

_NOBODY = re.compile(
    r"\b(?:users?|admin\w*|microsoft|windows|office|owner|guest|unknown|author|mac|pc)\b", re.IGNORECASE
)
"""What a program writes in place of a name."""
_NEAR = 60
"""How many paragraphs from the first on may hold the title and the authors that a document states."""


def read_docx(name: str, data: bytes) -> Draft:
    """The draft of a Word document; it has no pages, since these are made only when it is printed.

    Raises:
        UnreadableFile: as `open_package` says, or no text in it.
    """
    package = open_package(name, data)
    styles = Styles(package.styles)
    lines = Lines(styles, _notes(package))
    body = Body(lines, styles, Numbering(package.numbering))
    root = etree.Element("div")
    body.fill(root, package.document.find("body"))
    promote_headings(root)
    flow = read_flow(name, root, _stated(package, root, body.titles))
    facts = flow.facts if flow.facts.authors else replace(flow.facts, authors=_creators(package))
    return draft(name, flow.parts, facts, [*flow.notices, *_notices(lines)])


def _notes(package: Package) -> dict[tuple[str, str], etree._Element]:
    """Footnotes and endnotes by kind and id, the rules that part them from the text left out."""
    found = {}
    for kind, root in (("footnote", package.footnotes), ("endnote", package.endnotes)):
        for note in root if root is not None else ():
            if value(note, "type") in {None, "normal"}:
                found[kind, value(note, "id") or ""] = note
    return found


def _stated(package: Package, root: etree._Element, titles: list[str]) -> Facts:
    """What a document states of itself, as far as its first paragraphs bear it out."""
    near = [Wording(linked=True).line(one) for one in list(root.iter("p", "h"))[:_NEAR]]
    core = package.core if package.core is not None else etree.Element("core")
    stated = " ".join((core.findtext("title") or "").split())
    title = titles[0] if titles else next((one for one in near if stated and one.casefold() == stated.casefold()), None)
    said = " ".join(near).casefold()
    authors = _named(package)
    known = authors if authors and all(len(one) > 3 and one.casefold() in said for one in authors) else ()
    return Facts(title=title, authors=known if len(known) > 1 else ())


def _named(package: Package) -> tuple[str, ...]:
    """Whom the document's properties name as its authors."""
    said = package.core.findtext("creator") if package.core is not None else None
    return tuple(name for one in (said or "").split(";") if (name := " ".join(one.split())))


def _creators(package: Package) -> tuple[str, ...]:
    """The same, where all of them are names of people, as far as their form tells."""
    found = _named(package)
    people = all(metadata.names(one, alone=True) and not _NOBODY.search(one) for one in found)
    return tuple(name for one in found for name in metadata.names(one, alone=True)) if people else ()


def _notices(lines: Lines) -> list[str]:
    """What the user should know of the document."""
    notices = []
    if lines.deleted:
        notices.append("Text that tracked changes delete was left out, and what they insert was kept.")
    if lines.struck:
        notices.append("Struck-out text was left out.")
    if lines.lost:
        letters = "1 letter" if lines.lost == 1 else f"{lines.lost} letters"
        notices.append(f"{letters} of a symbol font could not be told; compare with the original where \ufffd stands.")
    return notices
