"""The flow of text in PDFs by other makers: raised citations, authors, lists, and what stands out of its column."""

from __future__ import annotations

import pytest

from corpus.assemble import read_document
from corpus.readers.pdf import read_pdf
from corpus.readers.pdf.blocks import Body, blocks_of
from corpus.readers.pdf.content import Word
from corpus.readers.pdf.lines import lines_of
from tests.browsers import print_html
from tests.corpus.typesetting import PROSE, drafted, told, typeset

NAMES = ("Ada Lovelace", "Mary Somerville", "Emmy Noether", "Lise Meitner")
TITLE = "Tides and ferries of the northern bay"
TWO = """
#set page(paper: "a4", columns: 2, margin: 2cm)
#set text(size: 10pt, lang: "en", hyphenate: true)
#set par(justify: true)
#set super(typographic: false)
"""


def _headed(authors: str, body: str = PROSE * 12) -> str:
    head = f'#align(center)[#text(17pt, weight: "bold")[{TITLE}]\n\n{authors}]'
    return f'{TWO}#place(top, scope: "parent", float: true, clearance: 2em)[{head}]\n= Introduction\n{body}'


def _entries(count: int) -> list[str]:
    """Entries that differ in more than their numbers."""
    things = ("gulls", "ferries", "lamps", "parcels", "winds", "pilots", "towers")
    places = ("bay", "harbour on the mainland", "northern islands", "river", "shore")
    return [
        f"Ito K, Sato M. On {things[at % 7]} of the {places[at % 5]}, seen from {things[at // 7 % 7]}. "
        f"Tides {1990 + at % 30};{at}:1-9."
        for at in range(1, count + 1)
    ]


def _list(numbering: str, count: int) -> str:
    return f'#set enum(numbering: "{numbering}")\n#enum(' + ", ".join(f"[{entry}]" for entry in _entries(count)) + ")"


@pytest.mark.parametrize(
    ("raised", "cited"), [("5, 14", ("5", "14")), ("3–7", ("3", "4", "5", "6", "7")), ("[2, 13]", ("2", "13"))]
)
def test_raised_numbers_cite_over_blanks(raised: str, cited: tuple[str, ...]):
    """They are no line of their own, and every one is resolved."""
    said = f"Winds from the north bring cold water.#super[{raised}] The gulls follow it inland. " * 9
    markup = f"{TWO}= Winds\n{said}\n= References\n{_list('1.', 14)}"
    reading = read_document("log.pdf", typeset(markup), document_id="log", source="log.pdf")
    assert {passage.markers for passage in reading.passages} == {cited}
    assert not reading.unresolved
    sentences = [reading.document.text[slice(*span)] for passage in reading.passages for span in passage.sentences]
    assert [one.partition(".")[0] for one in sentences] == [
        "Winds from the north bring cold water",
        "The gulls follow it inland",
    ] * 9


@pytest.mark.parametrize("numbering", ["1.", "[1]"])
def test_a_numbered_list_in_two_columns_is_one_list(numbering: str):
    """The numbers, which hang beside their entries, are no columns."""
    paper = drafted(f"{TWO}= Winds\n{PROSE * 3}\n= References\n{_list(numbering, 80)}")
    assert told(paper, "reference") == [
        f"{numbering.replace('1', str(at))} {entry}" for at, entry in enumerate(_entries(80), 1)
    ]


def test_a_reference_list_needs_no_heading():
    """It is numbered from 1 and tells years."""
    paper = drafted(f"{TWO}= Winds\n{PROSE * 6}\n#v(2em)\n{_list('[1]', 12)}")
    assert told(paper, "reference") == [f"[{at}] {entry}" for at, entry in enumerate(_entries(12), 1)]


def test_numbered_statements_are_no_reference_list():
    """They tell no years."""
    said = ", ".join(f"[The ferry number {number} runs twice a day.]" for number in range(1, 9))
    paper = drafted(f"{TWO}= Ferries\n{PROSE}\n#enum({said})")
    assert told(paper, "reference") == []


STACKED = " \\ ".join(f"{name} \\ #text(8pt)[Department of Tides, University of Bergen]" for name in NAMES)
GRID = (
    "#grid(columns: (1fr,) * 4, row-gutter: 0.6em, "
    + ", ".join(f"[{name} \\ #text(8pt)[University of Bergen \\ Gull Harbour]]" for name in NAMES)
    + ")"
)
PAIRS = GRID.replace("* 4", "* 2").replace("Gull Harbour", "Gull Harbour \\ Norway")
LETTERS = " #h(0.3em) ".join(f"{name}#super[{'ab'[at % 2]}]" for at, name in enumerate(NAMES))
BLOCKS = {
    "below one another": STACKED,
    "four side by side": GRID,
    "two and two": PAIRS,
    "with raised letters": LETTERS,
    "with dots": " · ".join(NAMES),
}


@pytest.mark.parametrize("authors", BLOCKS.values(), ids=BLOCKS)
def test_authors_without_commas_are_found(authors: str):
    """In their order, and nothing of them or of their addresses is in the text."""
    paper = drafted(_headed(authors))
    assert (paper.title, paper.authors) == (TITLE, NAMES)
    assert "".join(told(paper, "paragraph")).split() == (PROSE * 12).split()


def test_a_heading_is_no_author():
    """Two words with capitals, in large type, over the text."""
    paper = drafted(f'{TWO}#text(17pt, weight: "bold")[{TITLE}]\n= Open Questions\n{PROSE * 3}')
    assert paper.authors == ()
    assert told(paper, "heading") == ["Open Questions"]


def _word(text: str, left: float, right: float, baseline: float) -> Word:
    return Word(text, left, baseline - 9, right, baseline + 3, baseline, 10.0)


def test_what_sticks_out_of_a_column_does_not_move_its_edge():
    """Full lines stay full, so that one that begins with a capital goes on."""
    words = [
        word
        for at in range(12)
        for word in (
            _word("Harbour", 0, 100, 12.0 * at),
            _word("pilots" if at != 5 else "10.5555/pilots.of.the.bay", 103, 200 if at != 5 else 260, 12.0 * at),
        )
    ]
    (block,) = blocks_of(lines_of(words, 1), 0, Body())
    assert block.right == 200
    assert len(block.lines) == 12


def _bitmap_font(codes: bytes) -> bytes:
    """A PDF with a text in a font of pictures; glyphs that are no letters have names that say nothing, as TeX's do."""
    used = sorted(set(codes))
    named = {code: chr(code) if chr(code).isalpha() else "space" if code == 32 else f"a{code}" for code in used}
    names = " ".join(f"{code} /{name}" for code, name in named.items())
    glyph = "500 0 0 0 400 700 d1 0 0 400 700 re f"
    programs = " ".join(f"/{name} 6 0 R" for name in named.values())
    widths = " ".join(["500"] * 256)
    shown = f"BT /F 10 Tf 40 100 Td <{codes.hex()}> Tj ET"
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>",
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 0/LastChar 255"
        f"/Widths[{widths}]/Encoding<</Type/Encoding/Differences[{names}]>>/CharProcs<<{programs}>>/Resources<<>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
        f"<</Length {len(glyph)}>>stream\n{glyph}\nendstream",
    ]
    objects = "".join(f"{at} 0 obj{body}endobj\n" for at, body in enumerate(bodies, 1))
    return f"%PDF-1.4\n{objects}trailer<</Root 1 0 R>>\n".encode()


def test_ligatures_and_dashes_of_bitmap_fonts_are_read():
    """Which PDFium gives as bare codes: fi, ff and ffi, and a dash, which are not told of as unread."""
    paper = read_pdf("tides.pdf", _bitmap_font(b"\x1cnd e\x1bect e\x1ecient lo\x15hi"))
    assert paper.text.strip() == "find effect efficient lo–hi"
    (notice,) = paper.notices
    assert notice.startswith("16 characters are only drawn")  # the letters, which nothing names either


PAGE = """<html lang=en><meta charset=utf-8><style>
@page {{ size: A4; margin: 18mm }}
body {{ font: 10pt serif; margin: 0 }} h1, .who {{ text-align: center }} h1 {{ font-size: 17pt }}
.who {{ display: grid; grid-template-columns: 1fr 1fr }} small {{ display: block }}
article {{ columns: 2; column-gap: 8mm }} p {{ text-align: justify; margin: 0; text-indent: 1em }}
li {{ font-size: 8pt }}
</style><h1>{title}</h1><div class=who>{who}</div>
<article><h2>Winds</h2>{text}<h2>References</h2><ol>{list}</ol></article>
"""


@pytest.mark.browser
def test_a_page_printed_by_chromium_is_read(chromium_path: str):
    """Two columns, authors side by side, raised citations with blanks in them, and a numbered list."""
    said = [
        (f"{one} that follow {two} into the bay are counted twice", f"Nobody sees {two} leave without {one.lower()}")
        for one in ("Gulls", "Ferries", "Lamps", "Parcels", "Pilots", "Towers")
        for two in ("boats", "herons", "keepers of the islands", "winds from the mainland")
    ]
    page = PAGE.format(
        title=TITLE,
        who="".join(f"<div>{name}<small>University of Bergen</small></div>" for name in NAMES),
        text="".join(f"<p>{one}.<sup>5, 14</sup> {other}.</p>" for one, other in said),
        list="".join(f"<li>{entry}</li>" for entry in _entries(60)),
    )
    reading = read_document("page.pdf", print_html(chromium_path, page), document_id="page", source="page.pdf")
    assert (reading.document.title, reading.document.authors) == (TITLE, NAMES)
    assert len(reading.references) == 60
    sentences = [reading.document.text[slice(*span)] for passage in reading.passages for span in passage.sentences]
    assert sentences == [text for one, other in said for text in (f"{one}.[5,14]", f"{other}.")]
