"""Documents set as pages by a real typesetter, in three layouts, to hold the PDF reader against what was set."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Final

import pypdfium2
import typst

from corpus.assemble import read_document
from corpus.readers import read
from corpus.records import Block, Draft, Reading
from corpus.starter import starter_documents

AUTHORS: Final = ("Aiko Ito", "Bruno M. Cruz", "Carla Díaz")
JOURNAL_DOI: Final = "10.5555/shore.2026.7"
_MARKER: Final = re.compile(r"\s*\[(\d[\d,\s–-]*)\]([.,;:]?)")
_RAISED: Final = re.compile(r"[⁰¹²³⁴-⁹⁺⁻]+")
_LIGATURES: Final = (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"))
_SHORT: Final = 14
"""Characters of a cell that stand on one line."""
_NOTES: Final = {
    2: "Short forms are spelt out where they first occur.",
    8: "The names of cell lines are those of their makers, and no trade mark is meant.",
    15: "Figures were rounded.",
}
"""Footnotes of the journal, none of them in the document, by the place of the paragraph they hang on."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to set a document.

    Attributes:
        name: of the layout.
        raised: citations are raised numbers without brackets, behind the stop.
        preamble: how the pages look, in Typst; `@title`, `@authors` and `@year` stand for the document's.
        opening: what stands before the text, likewise.
        columns: of the running text and of the reference list, where the page itself has one.
        stroke: the rules of the table.
        chunk: a table is set in parts of so many rows, each at the head of a page; None: in one that breaks over pages.
    """

    name: str
    preamble: str
    opening: str
    raised: bool = False
    columns: int = 1
    stroke: str = "none"
    chunk: int | None = None


ONE: Final = Layout(
    "one column",
    """
#set document(title: @title, author: @authors, date: none)
#set page(paper: "a4", margin: 2.6cm, numbering: "1")
#set text(font: "New Computer Modern", size: 10.5pt, lang: "en", hyphenate: false)
#set par(leading: 0.7em, spacing: 1.3em)
""",
    '#text(1.7em, weight: "bold", @title)\\\n#v(0.6em)\n#@byline\n#v(0.3em)\n#@year\n#v(1em)\n',
    stroke="(x: none, y: 0.4pt)",
)
TWO: Final = Layout(
    "two columns",
    """
#set document(date: none)
#set page(paper: "a4", margin: (x: 1.8cm, y: 2.4cm), numbering: "1 / 1", header: context {
  if calc.even(here().page()) [#@short #h(1fr) #@year] else [Ito and others #h(1fr) Letters from the Shore]
})
#set text(font: "Libertinus Serif", size: 9.5pt, lang: "en", hyphenate: true)
#set par(justify: true, first-line-indent: 1.2em, spacing: 0.65em)
""",
    '#align(center)[#text(1.6em, weight: "bold", @title)\n\n#@byline\n\n#@year]\n#v(1em)\n',
    columns=2,
    stroke="0.4pt",
)
JOURNAL: Final = Layout(
    "journal",
    """
#set document(date: none)
#set page(paper: "a4", columns: 2, margin: (x: 1.7cm, top: 2.2cm, bottom: 2cm), header: context {
  if here().page() > 1 [#text(8pt)[#here().page() #h(1fr) _Ito et al., Letters from the Shore @year;1(2):31–39_]]
}, footer: text(7.5pt)[© @year The authors #h(1fr) https://doi.org/@doi])
#set columns(gutter: 0.7cm)
#set text(font: "Libertinus Serif", size: 9pt, lang: "en", hyphenate: true)
#set par(justify: true, first-line-indent: 1em, spacing: 0.6em, leading: 0.55em)
#set super(typographic: false)
#set footnote(numbering: "*")
#show footnote.entry: set text(7.5pt)
#show heading.where(level: 2): set text(style: "italic", weight: "regular")
""",
    """#place(top, scope: "parent", float: true, clearance: 1.4em)[
#text(8pt)[_Letters from the Shore_ @year;1(2):31–39 #h(1fr) REVIEW]
#v(0.8em)
#par(justify: false, text(1.9em, weight: "bold", hyphenate: false, @title))
#v(0.5em)
#@byline_raised
#v(0.4em)
#text(8pt)[#super("1")#"Department of Tides, University of Low Water, Port Elm, Norway" \\
#super("2")#"Institute of Foam, Gull Harbour, Portugal" \\
#super("*")#"Correspondence: ito@low-water.example"]
]
""",
    raised=True,
    stroke="(x, y) => (top: if y == 0 {0.8pt} else if y == 1 {0.4pt}, bottom: 0.2pt)",
    chunk=22,
)
LAYOUTS: Final = (ONE, TWO, JOURNAL)


@cache
def as_written(name: str) -> Reading:
    """The reading of a starter document's own file."""
    return _read(name, dict(starter_documents())[name])


@cache
def as_pages(name: str, layout: Layout) -> bytes:
    """A starter document as a PDF, by authors of our own invention: its own are no persons."""
    return set_pages(replace(read(name, dict(starter_documents())[name]), authors=AUTHORS), layout)


@cache
def read_pages(name: str, layout: Layout) -> Reading:
    """The reading of that PDF."""
    return _read(f"{name.removesuffix('.md')}.pdf", as_pages(name, layout))


def _read(name: str, data: bytes) -> Reading:
    return read_document(name, data, document_id="paper", source=f"upload:{name}")


def set_pages(draft: Draft, layout: Layout) -> bytes:
    """The PDF of a document in a layout; every letter and digit of its text is in it.

    Title, authors and year are those of the draft; front matter in its text is left out.
    """
    source = _filled(layout.preamble + layout.opening, draft) + "\n".join(_body(draft, layout))
    data: bytes = typst.compile(source.encode(), ignore_system_fonts=True)
    lost = _letters(draft.text, *(() if layout.raised else "[]")) - _letters(_printed(data), "[", "]")
    assert not lost, f"{layout.name}: not set: {lost}"
    return data


def _printed(data: bytes) -> str:
    """All text of a PDF in whatever order."""
    with pypdfium2.PdfDocument(data) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def _letters(text: str, *more: str) -> Counter[str]:
    return Counter(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum() or sign in more)


def _filled(template: str, draft: Draft) -> str:
    short = draft.title.split(":")[0]
    several = [f"{_string(name)}#super({_string(sign)})" for name, sign in zip(draft.authors, _signs(), strict=False)]
    values = {
        "@byline_raised": "[#" + ", #".join(several) + "]",
        "@byline": _string(", ".join(draft.authors)),
        "@title": _string(draft.title),
        "@short": _string(short),
        "@authors": "(" + "".join(f"{_string(name)}, " for name in draft.authors) + ")",
        "@doi": JOURNAL_DOI,
        "#@year": f"#{_string(str(draft.year))}",
        "@year": str(draft.year),
    }
    for name, value in values.items():
        template = template.replace(name, value)
    return template


def _signs() -> Iterator[str]:
    yield "1,*"
    while True:
        yield "1,2"


def _body(draft: Draft, layout: Layout) -> Iterator[str]:
    """The text in Typst, block by block; tables stand outside the columns of the running text."""
    paragraphs = -1
    for tabular, run in groupby(draft.blocks, lambda block: block.kind in {"caption", "header", "row"}):
        blocks = [block for block in run if block.kind not in {"title", "front"}]
        if tabular:
            yield from _table(draft.text, blocks, layout)
            continue
        if layout.columns > 1:
            yield f"#columns({layout.columns})["
        for block in blocks:
            paragraphs += block.kind == "paragraph"
            yield _block(draft.text, block, layout, _NOTES.get(paragraphs) if block.kind == "paragraph" else None)
        if layout.columns > 1:
            yield "]"


def _block(text: str, block: Block, layout: Layout, note: str | None) -> str:
    shown = text[block.start : block.end]
    match block.kind:
        case "heading":
            # the title has no level of its own on a page, so that sections are the first
            return f"#heading(level: {max(1, block.level - 1)}, {_string(shown)})\n"
        case "reference":
            size = "0.85em" if layout.raised else "1em"
            return f"#par(hanging-indent: 1.4em, first-line-indent: 0em, text({size}, {_string(shown)}))\n"
    hung = f"#footnote({_string(note)})" if note and layout.raised else ""
    return f"{_prose(shown, layout)}{hung}\n"


def _prose(text: str, layout: Layout) -> str:
    if not layout.raised:
        return f"#{_string(text)}"
    pieces, at = [], 0
    for found in _MARKER.finditer(text):
        pieces += [*_runs(text[at : found.start()] + found[2]), f"#super({_string(_dashed(found[1]))})"]
        at = found.end()
    return "".join([*pieces, *_runs(text[at:])])


def _runs(text: str) -> Iterator[str]:
    """Text with ligatures of their own, and with what is raised in it set so."""
    for plain, ligature in _LIGATURES:
        text = text.replace(plain, ligature)
    at = 0
    for found in _RAISED.finditer(text):
        yield from (
            f"#{_string(text[at : found.start()])}",
            f"#super({_string(unicodedata.normalize('NFKC', found[0]))})",
        )
        at = found.end()
    yield f"#{_string(text[at:])}"


def _dashed(markers: str) -> str:
    return markers.replace("-", "–")


def _table(text: str, blocks: Sequence[Block], layout: Layout) -> Iterator[str]:
    caption = "".join(text[block.start : block.end] for block in blocks if block.kind == "caption")
    lines = [(block.kind, text[block.start : block.end].split("\t")) for block in blocks if block.kind != "caption"]
    head = next((cells for kind, cells in lines if kind == "header"), [])
    rows = [cells for kind, cells in lines if kind == "row"]
    if layout.chunk is None:
        continued = _string(f"{caption.split('.')[0]} (continued)")
        again = f"context if query(<table>).first().location().page() < here().page() {{ {continued} }}"
        more = again if layout.columns > 1 else None
        yield f"#block(sticky: true, strong({_string(caption)}))<table>\n"
        yield f"#text(0.8em, {_grid(head, rows, layout, more)})\n"
        return
    for first in range(0, len(rows), layout.chunk):
        said = caption if first == 0 else f"{caption.split('.')[0]}. (continued)"
        grid = _grid(head, rows[first : first + layout.chunk], layout, None)
        inner = f"align(left, text(0.9em, {_string(said)})) + v(-0.4em) + text(0.72em, {grid})"
        yield f'#place(top, scope: "parent", float: true, {inner})\n'


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]], layout: Layout, above: str | None) -> str:
    widths = ", ".join(_width([row[at] for row in (head, *rows)]) for at in range(len(head)))
    heads = ", ".join(f"strong({_string(cell)})" for cell in head)
    if above:
        heads = f"table.cell(colspan: {len(head)}, stroke: none, {above}), {heads}"
    cells = ", ".join(f"[{_cell(cell, layout)}]" for row in rows for cell in row)
    options = f"columns: ({widths}), stroke: {layout.stroke}, align: left, inset: 3pt"
    look = "set par(justify: false, first-line-indent: 0em); set table.cell(breakable: false)"
    return f"{{ {look}; table({options}, table.header({heads}), {cells}) }}"


def _width(cells: Sequence[str]) -> str:
    """As wide as it must be where all is short; else a share of what is left, by how much stands in it."""
    if max(map(len, cells)) <= _SHORT:
        return "auto"
    return f"{(sum(map(len, cells)) / len(cells)) ** 0.6:.2f}fr"


def _cell(text: str, layout: Layout) -> str:
    if layout.raised and (whole := _MARKER.fullmatch(text)):
        return f"#{_string(_dashed(whole[1]))}"
    return _prose(text, layout)


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
