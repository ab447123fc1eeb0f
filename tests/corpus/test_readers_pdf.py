"""PDF with a text layer: what is what, in order of reading, with its page and the places of its words."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from corpus.assemble import read_document
from corpus.errors import UnreadableFile
from corpus.readers.pdf import read_pdf
from tests.corpus.typesetting import PROSE, drafted, text, told, typeset

LETTER = '#set page(paper: "us-letter")\n#set text(size: 10pt)\n'
COLUMNS = """
#set page(paper: "a5", columns: 2)
#set text(size: 9pt, lang: "en", hyphenate: true)
#set par(justify: true)
"""
OVER_BOTH = '#place(top + center, scope: "parent", float: true)'
PAPER = (
    COLUMNS
    + OVER_BOTH
    + """[
  #text(size: 17pt, weight: "bold")[Tides and ferries of the northern bay]

  Ada Lovelace#super[1], Mary Somerville#super[2]

  #super[1]Department of Tides, University of the North, Bergen
]
= Introduction
"""
    + PROSE
    + "\n\n== Winds\n"
    + PROSE * 3
    + "\n= Results\n"
    + PROSE * 5
    + "\n= References\n"
    + "\n\n".join(
        f"#par(hanging-indent: 1em)[{number}\\. Ito K, Sato M. {title}. Tides 20{number + 10};{number}:1-9.]"
        for number, title in enumerate(("On the ebb", "On the flow of water between islands and the mainland"), 1)
    )
)


def _sentences(text: str) -> list[str]:
    return [f"{sentence.strip()}." for sentence in text.split(".") if sentence.strip()]


def test_two_columns_under_a_title_are_read_one_after_the_other():
    """Every sentence is whole, in its order, though lines are broken and words hyphenated."""
    found = told(drafted(PAPER), "paragraph")
    assert _sentences(" ".join(found)) == _sentences(PROSE * 9)


def test_the_largest_type_is_the_title_and_below_it_stand_the_authors():
    """Marks behind names are no part of them, and raised addresses are front matter."""
    paper = drafted(PAPER)
    assert paper.title == "Tides and ferries of the northern bay"
    assert paper.authors == ("Ada Lovelace", "Mary Somerville")
    assert told(paper, "title") == ["Tides and ferries of the northern bay"]
    assert "Department of Tides" in " ".join(told(paper, "front"))


def test_headings_have_the_level_that_their_type_shows():
    """A larger one is above a smaller one."""
    paper = drafted(PAPER)
    headings = [(block.level, text(paper, block)) for block in paper.blocks if block.kind == "heading"]
    assert headings == [(1, "Introduction"), (2, "Winds"), (1, "Results"), (1, "References")]


def test_a_doi_below_the_authors_is_that_of_the_paper():
    """Its full stops end no sentence, even where it does not begin its line."""
    paper = drafted(PAPER.replace("Bergen\n", "Bergen\n\n  2022 · doi:10.5555/tides.1\n"))
    assert paper.doi == "10.5555/tides.1"


def test_references_are_cut_at_their_numbers():
    """A line that hangs belongs to the entry above it."""
    assert told(drafted(PAPER), "reference") == [
        "1. Ito K, Sato M. On the ebb. Tides 2011;1:1-9.",
        "2. Ito K, Sato M. On the flow of water between islands and the mainland. Tides 2012;2:1-9.",
    ]


def test_every_letter_has_a_box_where_the_pdf_has_that_letter():
    """Words broken over two lines have two."""
    paper = drafted(PAPER)
    assert paper.layout is not None
    assert sum(box.end - box.start for box in paper.layout.boxes) == sum(not sign.isspace() for sign in paper.text)
    opened = pdfium.PdfDocument(typeset(PAPER))
    box = next(box for box in paper.layout.boxes if paper.text[box.start : box.end] == "gulls")
    page = opened[box.page - 1]
    height = page.get_height()
    shown = page.get_textpage().get_text_bounded(box.left, height - box.bottom, box.right, height - box.top)
    assert shown.strip() == "gulls"


def test_a_passage_names_the_page_it_begins_on():
    """And a paragraph that goes over a page end is one."""
    markup = f'#set page(paper: "a6", margin: 1cm)\n#set text(size: 10pt)\n= Log\n{PROSE * 8}'
    reading = read_document("log.pdf", typeset(markup), document_id="log", source="log.pdf")
    assert len([block for block in reading.document.blocks if block.kind == "paragraph"]) == 1
    assert [passage.page for passage in reading.passages] == [
        reading.layout.within(passage.start, passage.end)[0].page for passage in reading.passages
    ]
    assert {passage.page for passage in reading.passages} == {1, 2}


def test_running_heads_and_page_numbers_are_left_out():
    """Heads of odd and even pages differ; a year that stands in a head is no page number."""
    head = "context if calc.odd(counter(page).get().first()) [Journal of Tides #h(1fr) 2025] else [Lovelace et al.]"
    markup = f'#set page(paper: "a6", numbering: "1", header: {head})\n#set text(size: 10pt)\n= Log\n{PROSE * 20}'
    paper = drafted(markup)
    assert len(paper.layout.pages) >= 4
    assert _sentences(" ".join(told(paper, "paragraph"))) == _sentences(PROSE * 20)


def _findings(count: int) -> list[str]:
    return [f"Pier {200 + one} was passed by {7 * one % 83} ferries in {one % 9} days." for one in range(count)]


def test_lines_of_the_text_that_differ_in_their_numbers_only_are_no_running_heads():
    """Though they stand at the same height on all pages, in paragraphs of one line or of two."""
    page = '#set page(paper: "a6", margin: 1cm, numbering: "1", header: context [Tides of #counter(page).display()])\n'
    for width in ("100%", "6cm"):
        lines = "\n\n".join(f"#block(width: {width})[{one}]" for one in _findings(120))
        paper = drafted(f"{page}#set text(size: 10pt)\n= Log\n{lines}")
        assert len(paper.layout.pages) >= 4
        assert " ".join(told(paper, "paragraph")) == " ".join(_findings(120))


def test_cells_that_are_the_same_on_all_pages_are_no_running_heads():
    """Rows of a table without a caption stand at the distance of its other rows."""
    rows = ", ".join(f"[Pier {one}], [harbour], [{one}]" for one in range(120))
    page = '#set page(paper: "a6", margin: 1cm)\n#set text(size: 10pt)\n'
    paper = drafted(f"{page}= Log\n#table(columns: (auto, auto, auto), stroke: none, {rows})")
    assert len(paper.layout.pages) >= 4
    assert paper.text.count("harbour") == 120


def test_a_line_that_counts_the_pages_is_a_heading_where_it_is_set_like_one():
    """A running head with the page's number in it is left out."""
    case = '#pagebreak(weak: true)\n#text(weight: "bold")[Case {one}]\n\n'
    cases = [f"{PROSE}".replace("tide", f"tide{'abcdef'[one]}") for one in range(6)]
    head = "context text(12pt)[Logs of the bay, page #counter(page).display()]"
    page = f'#set page(paper: "a6", margin: 1cm, header: {head})\n'
    paper = drafted(page + "\n".join(case.format(one=one + 1) + said for one, said in enumerate(cases)))
    assert all(f"Case {one}" in paper.text for one in range(2, 7))
    assert "page" not in paper.text


def test_numbers_of_lines_in_the_margin_are_left_out():
    """As manuscripts have them."""
    markup = f'#set page(paper: "a5")\n#set par.line(numbering: "1")\n#set text(size: 10pt)\n= Log\n{PROSE * 6}'
    assert _sentences(" ".join(told(drafted(markup), "paragraph"))) == _sentences(PROSE * 6)


def test_hyphens_that_break_a_word_go_and_those_of_the_word_stay():
    """miR-21 and TGF-β keep theirs wherever the line ends."""
    words = "miR-21 and TGF-β in well-known cross-linking of microvesicle internationalisation with miR-200c-3p "
    markup = COLUMNS + "= Words\n" + words * 12
    assert told(drafted(markup), "paragraph") == [(words * 12).strip()]


def test_a_document_that_breaks_no_words_keeps_every_hyphen():
    """Though nothing but the end of the line stands behind it, and the word is nowhere else."""
    markup = "#set page(width: 6.1cm, height: auto, margin: 1cm)\n#set text(size: 10pt)\n= Words\n" + PROSE * 3
    markup += "The gulls were sand-coloured, rain-washed, salt-stained, storm-driven, moon-lit and shore-bound birds."
    assert "sand-coloured, rain-washed, salt-stained, storm-driven, moon-lit and shore-bound" in drafted(markup).text


def test_raised_and_lowered_characters_are_what_unicode_has():
    """Whether the font draws them or the type is made smaller."""
    markup = LETTER + "= Signs\nCD8#super[+] cells at 10#super[−3] mol, CO#sub[2] and x#super[2]y of the bay."
    assert told(drafted(markup), "paragraph") == ["CD8⁺ cells at 10⁻³ mol, CO₂ and x²y of the bay."]


def test_raised_numbers_cite_where_a_numbered_list_follows():
    """They stand in brackets; powers stay powers."""
    markup = (
        LETTER
        + "= Tides\nThe ebb came late#super[1] and the flow early.#super[1,2] "
        + "Of 10#super[2] boats none sank.#super[1–2]\n"
        + "= References\n1\\. Ito K. On the ebb. Tides 2011;1:1-9.\n\n2\\. Sato M. On the flow. Tides 2012;2:1-9.\n"
    )
    reading = read_document("tides.pdf", typeset(markup), document_id="tides", source="tides.pdf")
    assert [passage.text for passage in reading.passages] == [
        "The ebb came late[1] and the flow early.[1,2] Of 10² boats none sank.[1–2]"
    ]
    assert [citation.markers for citation in reading.document.citations] == [("1",), ("1", "2"), ("1", "2")]


def test_a_note_at_the_foot_of_a_page_does_not_part_the_paragraph():
    """It comes after it."""
    page = '#set page(paper: "a6", margin: 1cm)\n#set text(size: 10pt)\n'
    markup = f"{page}= Log\nA note#footnote[Of the keeper.] first. {PROSE * 4}"
    paper = drafted(markup)
    assert len(told(paper, "paragraph")) == 1
    assert [note.lstrip("¹ ") for note in told(paper, "footnote")] == ["Of the keeper."]


def test_items_lose_their_bullets_and_keep_their_numbers():
    """A line that hangs goes on with its item."""
    markup = LETTER + "= Kit\n- a lamp\n- a rope " + "of hemp " * 20 + "\n\n+ row\n+ rest\n\nThe kit ends here."
    rope = "a rope " + " ".join(["of hemp"] * 20)
    assert told(drafted(markup), "item") == ["a lamp", rope, "1. row", "2. rest"]


def test_letters_of_mathematics_are_the_letters_they_are():
    """𝛼 is α."""
    assert told(drafted(LETTER + "= Signs\nThe angle $alpha$ of the bay."), "paragraph") == ["The angle α of the bay."]


def test_text_drawn_twice_is_read_once():
    """As some makers of PDFs draw bold type."""
    markup = LETTER + "= Log\n#place(dx: 0.2pt)[Nobody counts the boats.]Nobody counts the boats."
    assert told(drafted(markup), "paragraph") == ["Nobody counts the boats."]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\nnothing follows", "cannot be opened"),
        (b"", "is empty"),
        (typeset('#set page(paper: "a6")\n#rect(width: 2cm)'), "text"),
    ],
    ids=["damaged", "empty", "without text"],
)
def test_a_file_that_gives_no_text_says_why(data: bytes, reason: str):
    """And is no document."""
    with pytest.raises(UnreadableFile, match=reason):
        read_pdf("paper.pdf", data)


def test_a_paper_that_lies_on_its_side_says_so():
    """It is no scan: its text is there."""
    with pytest.raises(UnreadableFile, match="set sideways; turn its pages upright"):
        drafted(f'#set page(paper: "a6")\n#rotate(90deg, reflow: true)[#block(width: 10cm)[{PROSE}]]')


def test_lines_in_columns_are_no_part_of_the_sentence_before():
    """They stay text where they are not beyond doubt a table; a sentence goes on behind them."""
    cells = "[Pier], [Days], [n], [Elm], [2.1], [7], [Oak], [0.9], [8]"
    table = f"#table(columns: 3, stroke: none, inset: (x: 6pt, y: 3pt), {cells})"
    paper = drafted(
        f'#set page(paper: "a5")\n#set text(size: 10pt)\n= Log\n{PROSE}It is known that\n{table}\ngulls fly.'
    )
    assert told(paper, "paragraph") == [f"{PROSE}It is known that gulls fly.", "Pier Days n", "Elm 2.1 7", "Oak 0.9 8"]
