"""Tables of PDFs, set with a real typesetter and read back by where their words and lines stand."""

from __future__ import annotations

from contextlib import closing

import pytest
import typst
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from corpus.assemble import read_document
from corpus.drafting import Part
from corpus.readers.pdf.content import PageContent
from corpus.readers.pdf.pdfium import contents, open_pdf
from corpus.readers.pdf.tables import PrintedTable, joined, tables_of
from corpus.readers.pdf.wording import Wording
from tests.corpus.drafts import check_reading
from tests.corpus.typesetting import drafted, told

SHEET = """
#set page(width: 400pt, height: 560pt, margin: 40pt)
#set text(size: 9pt)
#set par(justify: true)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure: set block(breakable: true)
"""
TEXT = "Exosomes carry small molecules from one cell to another and so change what the receiving cell does next. " * 3
BOOKTABS = "stroke: none, table.hline(), table.header({head}, table.hline()), {rows}, table.hline()"


def pages_of(body: str) -> list[PageContent]:
    with closing(open_pdf("set.pdf", typst.compile((SHEET + body).encode()))) as opened:
        return list(contents(opened))


def tables_in(body: str) -> tuple[PrintedTable, ...]:
    return joined([table for tables in tables_of(pages_of(body)) for table in tables])


def parts_of(body: str) -> list[Part]:
    return [part for at, table in enumerate(tables_in(body), 1) for part in table.parts(at, Wording())]


def shown(body: str) -> list[tuple[str, str]]:
    """Kind and text of each part of each table, merged signs behind it where there are any."""
    return [(part.kind, part.text + (f" {part.merged}" if part.merged else "")) for part in parts_of(body)]


def figure(table: str, caption: str = "What was seen") -> str:
    return f"{TEXT}\n\n#figure(table({table}), caption: [{caption}])\n\n{TEXT}\n"


def test_a_full_grid_is_read_cell_by_cell():
    assert shown(figure("columns: 3, [miRNA], [Cancer], [Target], [miR-21], [colon], [PTEN], [miR-9], [], [TP53]")) == [
        ("caption", "Table 1: What was seen"),
        ("header", "miRNA\tCancer\tTarget"),
        ("row", "miR-21\tcolon\tPTEN"),
        ("row", "miR-9\t\tTP53"),
    ]


def test_a_cell_that_spans_rows_or_columns_is_marked_where_the_lines_show_it():
    body = figure(
        "columns: 3, [miRNA], [Cancer], [Target], table.cell(rowspan: 2)[miR-21], [colon], [PTEN], [lung], [SPRY2],"
        " table.cell(colspan: 2)[none of these], [TP53]"
    )
    assert shown(body)[2:] == [
        ("row", "miR-21\tcolon\tPTEN"),
        ("row", "\tlung\tSPRY2 ^.."),
        ("row", "none of these\t\tTP53 .<."),
    ]


def test_three_level_lines_are_enough_and_lines_of_one_cell_are_put_together():
    rows = (
        "[miR-21], [blocks a brake on the growth of cells, which then spread to the liver], [12], [miR-9], [none], [4]"
    )
    body = figure(f"columns: (auto, 120pt, auto), {BOOKTABS.format(head='[miRNA], [Effect], [n]', rows=rows)}")
    assert shown(body)[1:] == [
        ("header", "miRNA\tEffect\tn"),
        ("row", "miR-21\tblocks a brake on the growth of cells, which then spread to the liver\t12"),
        ("row", "miR-9\tnone\t4"),
    ]


def test_a_header_over_several_columns_is_carried_to_each_by_the_short_line_below_it():
    rows = "[Age], [55.2], [3.1], [54], [Weight], [72.5], [12.4], [71]"
    head = "table.cell(rowspan: 2)[Trait], table.cell(colspan: 2)[Cases], [Others],"
    head += "table.hline(start: 1, end: 3, stroke: 0.5pt), [mean], [SD], [mean]"
    body = figure(f"columns: 4, {BOOKTABS.format(head=head, rows=rows)}")
    assert shown(body)[1:3] == [("header", "Trait\tCases\t\tOthers ..<."), ("header", "\tmean\tSD\tmean ^...")]
    reading = read_document("a.pdf", typst.compile((SHEET + body).encode()), document_id="a", source="a")
    assert [cell.header for cell in reading.rows[0].cells] == ["Trait", "Cases mean", "Cases SD", "Others mean"]


@pytest.mark.parametrize("across", ["left", "center", "right"])
@pytest.mark.parametrize("down", ["top", "horizon", "bottom"])
def test_cells_may_stand_anywhere_in_their_columns_and_rows(across, down):
    rows = "[miR-21], [blocks a brake on the growth of cells, which then spread], [12.25], [miR-155], [none], [4]"
    style = BOOKTABS.format(head="[miRNA], [Effect], [Fold]", rows=rows)
    assert shown(figure(f"columns: (auto, 120pt, auto), align: {across} + {down}, {style}"))[2:] == [
        ("row", "miR-21\tblocks a brake on the growth of cells, which then spread\t12.25"),
        ("row", "miR-155\tnone\t4"),
    ]


def test_a_shaded_table_has_the_rows_between_its_shades_too():
    rows = "[miRNA], [Target], [miR-21], [PTEN], [miR-9], [TP53], [miR-92], [SOCS1], [miR-93], [KLF4]"
    assert shown(figure(f"columns: 2, stroke: none, fill: (x, y) => if calc.odd(y) {{ luma(210) }}, {rows}"))[1:] == [
        ("header", "miRNA\tTarget"),
        ("row", "miR-21\tPTEN"),
        ("row", "miR-9\tTP53"),
        ("row", "miR-92\tSOCS1"),
        ("row", "miR-93\tKLF4"),
    ]


def test_without_any_line_a_caption_shows_the_table():
    rows = "[miRNA], [Cancer], [Fold], [miR-21], [colon], [12.5], [miR-9], [], [3], [], [lung], [0.75]"
    assert shown(figure(f"columns: 3, stroke: none, {rows}"))[1:] == [
        ("header", "miRNA\tCancer\tFold"),
        ("row", "miR-21\tcolon\t12.5"),
        ("row", "miR-9\t\t3"),
        ("row", "\tlung\t0.75"),
    ]


def test_the_title_of_a_table_may_stand_apart_below_its_bare_label():
    title = "#align(center)[TABLE I \\ #v(-1pt) #text(7pt)[SEEN IN PLASMA]]"
    grid = "#align(center, table(columns: 2, stroke: none, [miRNA], [n], [miR-21], [12], [miR-9], [4], [miR-7], [5]))"
    assert shown(f"{TEXT}\n{title}\n{grid}\n{TEXT}") == [
        ("caption", "TABLE I SEEN IN PLASMA"),
        ("header", "miRNA\tn"),
        ("row", "miR-21\t12"),
        ("row", "miR-9\t4"),
        ("row", "miR-7\t5"),
    ]


def test_without_more_white_between_rows_those_begin_where_the_figures_stand():
    rows = "[miR-21], [Lung \\ Small cells], [Plasma \\ Serum], [2021],"
    rows += "[miR-155], [Bile ducts and gall], [Serum], [2015], [miR-9], [Colon], [Urine of patients], [2018]"
    head = BOOKTABS.format(head="[miRNA], [Cancer], [Found in], [Year]", rows=rows)
    body = figure(f"columns: 4, inset: (y: 0.325em), align: top + left, {head}")
    assert shown(f"#set par(justify: false)\n{body}")[2:] == [
        ("row", "miR-21\tLung Small cells\tPlasma Serum\t2021"),
        ("row", "miR-155\tBile ducts and gall\tSerum\t2015"),
        ("row", "miR-9\tColon\tUrine of patients\t2018"),
    ]


def test_a_caption_may_stand_below_and_belongs_to_the_nearest_table():
    below = "#show figure.where(kind: table): set figure.caption(position: bottom)\n"
    grid = "columns: 2, [miRNA], [Target], [miR-21], [PTEN]"
    body = f"{below}{TEXT}\n#figure(table({grid}), caption: [First])\n#figure(table({grid}), caption: [Second])\n{TEXT}"
    assert [text for kind, text in shown(body) if kind == "caption"] == ["Table 1: First", "Table 2: Second"]


@pytest.mark.parametrize("style", ["", "stroke: none, table.hline(), "])
def test_a_table_over_pages_is_one_with_its_header_once(style):
    cells = ", ".join(
        f"[miR-{i}], [{'slows the growth of some cells ' * (i % 4 + 1)}], [\\[{i}\\]]" for i in range(1, 41)
    )
    head = "table.header([miRNA], [Effect], [Ref]" + (", table.hline())" if style else ")")
    body = figure(f"columns: (auto, 1fr, auto), {style}{head}, {cells}{', table.hline()' if style else ''}")
    parts = parts_of(body)
    assert [part.kind for part in parts] == ["caption", "header", *["row"] * 40]
    assert [part.text.split("\t")[::2] for part in parts[2:]] == [[f"miR-{i}", f"[{i}]"] for i in range(1, 41)]
    pages = [part.page for part in parts]
    assert pages == sorted(pages)
    assert pages[-1] > pages[0]


def test_a_row_that_a_page_breaks_is_one():
    long = "which then goes on to say what else the molecule does in the cell, " * 40
    head = "table.header([miRNA], [Effect])"
    parts = parts_of(figure(f"columns: (60pt, 1fr), {head}, [miR-21], [It acts, {long}and ends.], [miR-9], [none]"))
    assert [part.text.split("\t")[0] for part in parts[1:]] == ["miRNA", "miR-21", "miR-9"]
    assert parts[2].text.endswith("and ends.")
    assert {word.page for word in parts[2].printed} == {1, 2}


def test_in_two_columns_a_table_is_read_in_its_own_and_one_over_both_as_well():
    grid = BOOKTABS.format(head="[miRNA], [Target]", rows="[miR-21], [PTEN], [miR-9], [TP53]")
    wide = BOOKTABS.format(head="[miRNA], [Long effect], [n]", rows=f"[miR-7], [{TEXT}], [3], [miR-8], [none], [4]")
    body = (
        '#set page(columns: 2)\n#place(top + center, scope: "parent", float: true)[#figure(table('
        f"columns: (auto, 1fr, auto), {wide}), caption: [Wide])]\n{TEXT * 3}\n"
        f"{figure(f'columns: 2, {grid}', 'Narrow')}{TEXT * 9}"
    )
    assert shown(body) == [
        ("caption", "Table 1: Wide"),
        ("header", "miRNA\tLong effect\tn"),
        ("row", f"miR-7\t{TEXT.strip()}\t3"),
        ("row", "miR-8\tnone\t4"),
        ("caption", "Table 2: Narrow"),
        ("header", "miRNA\tTarget"),
        ("row", "miR-21\tPTEN"),
        ("row", "miR-9\tTP53"),
    ]


def test_notes_below_are_the_tables_and_the_text_after_them_is_not():
    grid = BOOKTABS.format(head="[miRNA], [Target#super[a]]", rows="[miR-21], [PTEN], [miR-9], [TP53]")
    notes = "#text(size: 7pt)[#super[a] As printed there. \\ Abbreviations: PTEN, a phosphatase.]"
    body = f"{TEXT}\n#figure(table(columns: 2, {grid}), caption: [Seen])\n#v(-6pt)\n{notes}\n\n{TEXT}"
    assert shown(body)[1:] == [
        ("header", "miRNA\tTargetᵃ"),
        ("row", "miR-21\tPTEN"),
        ("row", "miR-9\tTP53"),
        ("footnote", "ᵃ As printed there."),
        ("footnote", "Abbreviations: PTEN, a phosphatase."),
    ]


def test_words_broken_in_a_cell_are_whole_and_raised_characters_stay():
    rows = "[miR-21-5p], [#set text(hyphenate: true);slower TGF-β signalling in gastrointestinal carcinomas#super[12]]"
    body = figure(f"columns: (auto, 62pt), [miRNA], [Effect], {rows}")
    assert shown(body)[2] == (
        "row",
        "miR-21-5p\tslower TGF-β signalling in gastrointestinal carcinomas¹²",
    )


PAGE = "#set page(columns: 2, header: line(length: 100%), footer: line(length: 100%))\n"
LINE = "#line(length: 100%)\n"
BARS = ", ".join(f"rect(width: 20pt, height: {10 + 7 * i}pt)[{i}]" for i in range(6))
LOOP = "\n\n".join(f"{i}: #h({i}em) for x in y do" for i in range(1, 7))
PEOPLE = ", ".join(f"[Author {i} \\ University of {i} \\ mail{i}\\@example.org]" for i in "ABCDEF")
ENTRY = "Kia V, Ito A. A study of exosomes and cells. J Cells 2020"
ENTRIES = "\n\n".join(f"#grid(columns: (18pt, 1fr), [{i}.], [{ENTRY};{i}:1–9. {TEXT[:60]}])" for i in range(1, 9))
NO_TABLES = {
    "two columns between lines": PAGE + TEXT * 20,
    "a sentence on a table": f"{TEXT}This is seen in \\ Table 1. The others were not seen there.\n\n{TEXT}",
    "a boxed abstract": f"#rect(width: 100%)[{TEXT}]\n{TEXT}",
    "a list": TEXT + "\n" + "\n".join(f"+ miR-{i} acts on the cell\n" for i in range(9)),
    "a definition list": TEXT + "\n" + "\n".join(f"/ miR-{i}: it is seen in the blood of most" for i in range(9)),
    "authors": f"#grid(columns: (1fr, 1fr, 1fr), row-gutter: 12pt, {PEOPLE})\n{TEXT}",
    "equations": TEXT + "\n".join(f'$ x_{i} + y = z quad quad ("{i}") $' for i in range(6)) + TEXT,
    "an algorithm": f"{TEXT}{LINE}*Algorithm 1* Find\n{LINE}{LOOP}\n{LINE}{TEXT}",
    "references": f"= References\n{ENTRIES}",
    "a figure": f"{TEXT}#figure(rect(width: 80%)[A #h(3em) B \\ C #h(3em) D], caption: [As in Table 1])\n{TEXT}",
    "a chart": f"{TEXT}#figure(kind: image, caption: [Bars])[#stack(dir: ltr, spacing: 6pt, {BARS})]\n{TEXT}",
}


@pytest.mark.parametrize("body", NO_TABLES.values(), ids=NO_TABLES)
def test_what_is_no_table_stays_text(body):
    assert tables_in(body) == ()


WORDS = st.sampled_from(
    [
        "miR-21",
        "PTEN",
        "colon",
        "of",
        "the",
        "TGF-β",
        "12",
        "0.05",
        "cells",
        "spread",
        "liver",
        "IL-6",
        "plasma",
        "12.5",
    ]
)
CELL = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
STYLES = {
    "grid": "table.header({head}), {rows}",
    "booktabs": BOOKTABS,
    "plain": "stroke: none, table.header({head}), {rows}",
}


@st.composite
def grids(draw):
    columns = draw(st.integers(2, 4))
    head = draw(st.permutations(["Name", "Cancer kind", "Found in", "Effect"]))[:columns]
    rows = draw(st.lists(st.lists(CELL, min_size=columns, max_size=columns), min_size=2, max_size=6))
    return [head, *rows]


@seed(6)
@settings(max_examples=8, deadline=None, phases=[Phase.generate], database=None)
@given(st.lists(grids(), min_size=3, max_size=3))
def test_any_small_table_is_read_as_it_was_set_and_no_word_is_lost_or_doubled(tables):
    body = ""
    for style, (head, *rows) in zip(STYLES.values(), tables, strict=True):
        cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
        filled = style.format(head=", ".join(f"[*{cell}*]" for cell in head), rows=cells)
        body += figure(f"columns: {len(head)}, {filled}")
    pages = pages_of("#set page(height: auto)\n" + body)
    (found,) = tables_of(pages)
    read = [[part.text.split("\t") for part in t.parts(1, Wording()) if part.kind in {"header", "row"}] for t in found]
    assert read == tables
    for table in found:
        inside = [
            word
            for word in pages[0].words
            if table.left <= (word.left + word.right) / 2 <= table.right
            and table.top <= (word.top + word.bottom) / 2 <= table.bottom
        ]
        assert sorted(map(id, inside)) == sorted(map(id, table.words()))


def test_rows_of_a_pdf_have_headers_pages_boxes_and_the_studies_they_cite():
    entries = "\n\n".join(
        f"\\[{i}\\] Kia V, Ito A. A study of exosomes, number {i}. J Cells. 202{i};{i}:1-9." for i in (1, 2)
    )
    grid = BOOKTABS.format(
        head="[miRNA], [Target], [Refs]", rows="[miR-21], [PTEN], [\\[1\\]], [], [TP53], [\\[1,2\\]]"
    )
    body = f"= A paper\n{figure(f'columns: 3, {grid}')}\n= References\n{entries}"
    reading = read_document("a.pdf", typst.compile((SHEET + body).encode()), document_id="a", source="a")
    check_reading(reading)
    first, second = reading.rows
    assert [(cell.header, cell.text, cell.carried) for cell in second.cells] == [
        ("miRNA", "miR-21", True),
        ("Target", "TP53", False),
        ("Refs", "[1,2]", False),
    ]
    assert (first.table, first.number, first.page, second.number) == ("Table 1", 1, 1, 2)
    boxes = reading.layout.within(first.start, first.end)
    assert [reading.document.text[box.start : box.end] for box in boxes] == ["miR-21", "PTEN", "[1]"]
    assert [box.left for box in boxes] == sorted(box.left for box in boxes)


def test_a_table_without_lines_goes_on_over_pages_below_its_header():
    """Which is printed again; the text behind it stays text."""
    cells = ", ".join(f"[miR-{30 + one}], [GENE{one}], [{one}.5]" for one in range(90))
    table = f"#table(columns: 3, stroke: none, table.header([miRNA], [Target], [Fold]), {cells})"
    paper = drafted(
        '#set page(paper: "a5", numbering: "1", header: [Journal of Tides])\n#set text(size: 10pt)\n= Log\n'
        f"{TEXT}\n\nTable 1. Targets.\n\n{table}\n\n{TEXT}"
    )
    assert len(paper.layout.pages) >= 4
    assert told(paper, "header") == ["miRNA\tTarget\tFold"]
    assert told(paper, "row") == [f"miR-{30 + one}\tGENE{one}\t{one}.5" for one in range(90)]
    assert " ".join(told(paper, "paragraph")) == f"{TEXT}{TEXT}".strip()
