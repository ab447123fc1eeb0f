"""Word: what its styles, lists, fields, notes and tables say."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import OxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.greek import close_greek
from tests.corpus import drafts
from tests.corpus.pages import LONG, draft, p, r, reading, word

STYLES = "".join(
    f'<w:style w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
    for key, name, more in (
        ("T", "Title", ""),
        ("H1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        ("H2", "Überschrift 2", ""),
        ("Own", "My heading", '<w:basedOn w:val="H1"/>'),
        ("Cap", "caption", ""),
        ("Toc", "toc 1", ""),
        ("Bib", "Bibliography", ""),
        ("Round", "Round", '<w:basedOn w:val="Round"/>'),
        ("Up", "Up", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'),
    )
)

FIELD = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}


def line(more: str) -> str:
    """What a paragraph of these runs says."""
    return drafts.of(draft(word(p("Begin.") + p(more=more)), "a.docx"), "paragraph", "title")[-1]


# -- inside a line


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        (
            r("10")
            + r("−", '<w:vertAlign w:val="superscript"/>')
            + r("6", '<w:vertAlign w:val="superscript"/>')
            + r(" x"),
            "10⁻⁶ x",
        ),
        (r("CO") + r("2", '<w:vertAlign w:val="subscript"/>'), "CO₂"),
        (r("TGF-") + r("b", '<w:rFonts w:ascii="Symbol"/>') + r(" and \uf061"), "TGF-β and α"),
        ('<w:r><w:sym w:font="Symbol" w:char="F062"/></w:r><w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', "β→"),
        (
            "<w:r><w:t>miR</w:t><w:noBreakHyphen/><w:t>21</w:t><w:tab/><w:t>up</w:t><w:br/><w:t>now</w:t></w:r>",
            "miR-21 up now",
        ),
        (f'<w:ins w:id="1">{r("new")}</w:ins><w:del w:id="2"><w:r><w:delText>old</w:delText></w:r></w:del>', "new"),
        (f'<w:moveFrom w:id="1">{r("gone")}</w:moveFrom><w:moveTo w:id="1">{r("come")}</w:moveTo>', "come"),
        (
            r("kept") + r("struck", "<w:strike/>") + r("hidden", "<w:vanish/>") + r("!", '<w:strike w:val="0"/>'),
            "kept!",
        ),
        (
            f"<w:smartTag>{r('one')}</w:smartTag><w:sdt><w:sdtPr/><w:sdtContent>{r(' two')}</w:sdtContent></w:sdt>",
            "one two",
        ),
        (
            f'<w:commentRangeStart w:id="0"/>{r("said")}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference/></w:r>',
            "said",
        ),
        (f'<w:hyperlink w:anchor="x">{r("link")}</w:hyperlink>', "link"),
        (f'<w:fldSimple w:instr="SEQ Table">{r("7")}</w:fldSimple>', "7"),
        (
            f'{FIELD["begin"]}<w:r><w:instrText>ADDIN ZOTERO_ITEM {{"a": 1}}</w:instrText></w:r>'
            + f"{r('code')}{FIELD['separate']}{r('[4]')}{FIELD['end']}"
            + r("."),
            "[4].",
        ),
    ],
)
def test_a_line_says_what_word_prints(runs: str, said: str):
    """Raised letters in several runs, symbol fonts, changes as accepted, results of fields and no codes."""
    assert line(runs) == said


@pytest.mark.parametrize(
    ("equation", "said"),
    [
        ("<m:f><m:num>{a}</m:num><m:den>{b}</m:den></m:f>", "a/b"),
        ("<m:sSup><m:e>{a}</m:e><m:sup>{2}</m:sup></m:sSup>", "a²"),
        ("<m:sSubSup><m:e>{a}</m:e><m:sub>{1}</m:sub><m:sup>{2}</m:sup></m:sSubSup>", "a₁²"),
        ("<m:rad><m:deg/><m:e>{a}</m:e></m:rad>", "√a"),
        ("<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=']'/></m:dPr><m:e>{a}</m:e></m:d>", "[a]"),
        (
            "<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{1}</m:sub>"
            "<m:sup>{2}</m:sup><m:e>{a}</m:e></m:nary>",
            "∑₁² a",
        ),
        ("<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{1}</m:sub><m:sup/><m:e>{a}</m:e></m:nary>", "∑₁ a"),
        ("<m:sPre><m:sub>{1}</m:sub><m:sup>{2}</m:sup><m:e>{a}</m:e></m:sPre>", "₁²a"),
        ("<m:acc><m:e>{a}</m:e></m:acc>", "â"),
        ("<m:bar><m:barPr><m:pos m:val='top'/></m:barPr><m:e>{a}</m:e></m:bar>", "a\u0305"),
        ("<m:func><m:fName>{log}</m:fName><m:e>{a}</m:e></m:func>", "log a"),
    ],
)
def test_an_equation_is_text_of_its_line(equation: str, said: str):
    """Fractions, powers, roots, brackets, sums, indices in front, accents and functions."""
    for name in ("a", "b", "1", "2", "log"):
        equation = equation.replace(f"{{{name}}}", f"<m:r><m:t>{name}</m:t></m:r>")
    assert line(r("so ") + f"<m:oMath>{equation}</m:oMath>") == f"so {said}"


def test_what_was_left_out_is_told():
    """What changes delete, what is struck out, and letters that no one knows."""
    body = p(more=r("One ") + r("x", "<w:strike/>") + "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>")
    body += p(more='<w:r><w:sym w:font="Wingdings" w:char="F001"/></w:r>' + r("two"))
    assert draft(word(body), "a.docx").notices == (
        "Text that tracked changes delete was left out, and what they insert was kept.",
        "Struck-out text was left out.",
        "1 letter of a symbol font could not be told; compare with the original where \ufffd stands.",
    )


# -- blocks


def test_headings_are_told_by_their_styles():
    """In any language, by what a style is based on, by the paragraph's level; a table of contents is none."""
    body = (
        p("Foam", "T") + p("Kenji Ito and Anna Moss") + p("Begin", "H1") + p("Sands ....... 3", "Toc") + p("Deep", "H2")
    )
    body += p("Text.") + p("Own", "Own") + p("Level", properties='<w:outlineLvl w:val="2"/>') + p("More.", "Round")
    made = draft(word(body, styles=STYLES), "a.docx")
    assert made.authors == ("Kenji Ito", "Anna Moss")
    assert drafts.shape(made) == [
        ("title", "Foam"),
        ("front", "Kenji Ito and Anna Moss"),
        ("heading1", "Begin"),
        ("heading2", "Deep"),
        ("paragraph", "Text."),
        ("heading1", "Own"),
        ("heading3", "Level"),
        ("paragraph", "More."),
    ]


def test_bold_lines_are_headings_where_no_style_says_what_is():
    """And the names of sections that every paper has."""
    body = p("Foam carries miR-21") + p("Kenji Ito, Anna Moss") + p("Introduction") + p("Foam is light and it moves.")
    body += (
        p(more=r("Cells and tides", "<w:b/>"))
        + p("Tides move, too.")
        + p(more=r("Bold", "<w:b/>") + r(" talk is text."))
    )
    made = draft(word(body), "a.docx")
    assert drafts.shape(made) == [
        ("title", "Foam carries miR-21"),
        ("front", "Kenji Ito, Anna Moss"),
        ("heading1", "Introduction"),
        ("paragraph", "Foam is light and it moves."),
        ("heading2", "Cells and tides"),
        ("paragraph", "Tides move, too."),
        ("paragraph", "Bold talk is text."),
    ]


def test_word_counts_headings_and_references():
    """A printed number is text of a heading and the marker of an entry; bullets and items have none."""
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, form, text in (
            (0, "upperRoman", "%1."),
            (1, "decimal", "%1.%2"),
            (2, "bullet", "•"),
            (3, "decimal", "[%4]"),
        )
    )
    lists = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
    lists += '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    at = ['<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="5"/></w:numPr>' % n for n in range(4)]  # noqa: UP031  # braces
    body = (
        p("Foam", "T")
        + p("Begin", "H1", properties=at[0])
        + p("One", "H2", properties=at[1])
        + p("Dot.", properties=at[2])
    )
    body += p("Two", "H2", properties=at[1]) + p("Text [2].") + p("References", "H1")
    body += p("Ito K. Foam. J Foam. 2019;4:1-2.", properties=at[3]) + p(
        "Reed B. Tide. Tides. 2020;7:1-5.", properties=at[3]
    )
    made = reading(word(body, styles=STYLES, numbering=lists), "a.docx")
    texts = [made.document.text[b.start : b.end] for b in made.document.blocks]
    assert texts[1:6] == ["I. Begin", "I.1 One", "Dot.", "I.2 Two", "Text [2]."]
    assert [(one.marker, one.text) for one in made.references][1] == ("2", "2. Reed B. Tide. Tides. 2020;7:1-5.")
    assert [passage.markers for passage in made.passages] == [(), ("2",)]


def test_links_to_bookmarks_of_entries_cite_them():
    """Of hyperlinks, of fields, and of bookmarks between paragraphs; a reference manager's list needs no heading."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF two \\h </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("Reed 2020")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = (
        p("Foam", "T") + p("Text", "H1") + p("Foam rises ", more=f'<w:hyperlink w:anchor="one">{r("1")}</w:hyperlink>')
    )
    body += p("Sand sings ", more=field + r(".")) + p(
        "Ito K. Foam. J Foam. 2019;4:1-2.", "Bib", '<w:bookmarkStart w:name="one"/>'
    )
    body += '<w:bookmarkStart w:name="two"/>' + p("Reed B. Tide. Tides. 2020;7:1-5.", "Bib")
    made = reading(word(body, styles=STYLES), "a.docx")
    assert [(one.text, one.markers) for one in made.passages] == [
        ("Foam rises 1", ("1",)),
        ("Sand sings Reed 2020.", ("2",)),
    ]


def test_footnotes_stand_after_what_they_are_about_and_boxes_after_it():
    """Their marks go; of the two forms of a box one is read; text of heads and feet is in no part that is read."""
    notes = (
        '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        + f'<w:footnote w:id="2">{p("A note.")}</w:footnote>'
    )
    box = f"<w:txbxContent>{p('Boxed.')}</w:txbxContent>"
    shape = f"<mc:AlternateContent xmlns:mc='m'><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
    shape += f"<mc:Fallback><w:pict>{box}"
    shape += "</w:pict></mc:Fallback></mc:AlternateContent>"
    body = (
        p("Foam", "T")
        + p("A", "H1")
        + p("Foam rises", more=f'<w:r><w:footnoteReference w:id="2"/></w:r>{r(".")}<w:r>{shape}</w:r>')
    )
    made = draft(word(body + p("Last."), styles=STYLES, footnotes=notes), "a.docx")
    assert drafts.shape(made)[2:] == [
        ("paragraph", "Foam rises."),
        ("footnote", "A note."),
        ("paragraph", "Boxed."),
        ("paragraph", "Last."),
    ]


# -- tables


def cell(text: str, across: int = 1, down: str = "") -> str:
    """A cell of Word; `down` is `restart` or `continue`."""
    merge = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[down]
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{across}"/>{merge}</w:tcPr>{p(text)}</w:tc>'


def table(*rows: str, properties: str = "") -> str:
    """A table of Word."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def rows(body: str) -> list[list[str]]:
    """The cells of each row, `^` before what is carried."""
    made = reading(word(p("Foam", "T") + p("A", "H1") + body, styles=STYLES), "a.docx")
    return [[("^" if c.carried else "") + c.text for c in row.cells] for row in made.rows]


def test_merged_cells_are_carried_and_say_so():
    """Across, down, both, and a cell that goes on from nothing; a row that changes delete is none."""
    told = table(
        cell("a", 2, "restart") + cell("b"),
        cell("", 2, "continue") + cell("c"),
        cell("d") + cell("e", 1, "restart") + cell("f"),
        cell("", 1, "continue") + cell("", 1, "continue") + cell("g"),
        f"<w:trPr><w:del/></w:trPr>{cell('x')}{cell('y')}",
    )
    assert rows(told) == [["a", "^a", "b"], ["^a", "^a", "c"], ["d", "e", "f"], ["", "^e", "g"]]


def test_a_first_row_names_the_columns_where_word_says_so():
    """By the head that is printed again on each page, else by the form of a first row whose cells may be names."""
    head = "<w:trPr><w:tblHeader/></w:trPr>" + cell("miRNA") + cell("2019")
    look = '<w:tblLook w:firstRow="1"/>'
    first = cell("miRNA") + cell("Effect")
    for told in (table(head, cell("miR-21") + cell("up")), table(first, cell("miR-21") + cell("up"), properties=look)):
        assert rows(told) == [["miR-21", "up"]]
    assert len(rows(table(cell("1") + cell("2"), cell("3") + cell("4"), properties=look))) == 2
    assert len(rows(table(first, cell("miR-21") + cell("up")))) == 2


def test_captions_over_and_under_a_table():
    """By style or by label; a figure's caption is none, and a nested table is text of its cell."""
    inner = f"<w:tc>{table(cell('x') + cell('y'))}</w:tc>"
    head = f"<w:trPr><w:tblHeader/></w:trPr>{cell('a')}{cell('b')}"
    body = p("All foams", "Cap") + table(head, cell("1") + inner) + p("Text.") + p("Figure 1. Foam", "Cap")
    body += table(cell("1") + cell("2")) + p("Table 2. More")
    made = reading(word(p("Foam", "T") + p("A", "H1") + body, styles=STYLES), "a.docx")
    assert [(row.table, row.caption) for row in made.rows] == [("Table 1", "All foams"), ("Table 2", "Table 2. More")]
    assert [one.text for one in made.rows[0].cells] == ["1", "x y"]
    assert [passage.text for passage in made.passages] == ["Text.", "Figure 1. Foam"]


def test_core_properties_count_where_the_text_bears_them_out():
    """A title and authors that its first lines print, and none that a program left there."""
    body = p("Foam carries miR-21") + p("Kenji Ito; Anna Moss") + p("Foam is light. " * 12)
    told = "<dc:title>foam carries mir-21</dc:title><dc:creator>Kenji Ito; Anna Moss</dc:creator>"
    made = draft(word(body, core=told), "a.docx")
    assert (made.title, made.authors) == ("Foam carries miR-21", ("Kenji Ito", "Anna Moss"))
    left = "<dc:title>Template of the institute</dc:title><dc:creator>Administrator</dc:creator>"
    made = draft(word(p("Abstract") + p("Foam is light. " * 12), core=left), "a.docx")
    assert (made.title, made.authors) == ("a.docx", ())


def test_the_author_that_a_document_states_counts_where_no_line_names_any():
    """In the form of a person's name; what programs write there is none."""
    body = p("Foam carries miR-21", "Title") + p("Foam is light. " * 12)
    byline = p("Foam carries miR-21", "Title") + p("Ada Reed and Ben Gull, 2019") + p("Foam is light. " * 12)
    stated = {
        "Kenji Ito": ("Kenji Ito",),
        "Kenji Ito; Anna Moss": ("Kenji Ito", "Anna Moss"),
        "Microsoft Office User": (),
        "lab7": (),
    }
    for said, authors in stated.items():
        assert draft(word(body, core=f"<dc:creator>{said}</dc:creator>"), "a.docx").authors == authors
    made = draft(word(byline, core="<dc:creator>Kenji Ito</dc:creator>"), "a.docx")
    assert (made.authors, made.year) == (("Ada Reed", "Ben Gull"), 2019)


WORDS = st.text("aβ1 ²µ-", min_size=0, max_size=4).map(lambda said: " ".join(said.split()))


@settings(max_examples=10)
@given(st.integers(2, 4), st.integers(2, 4), st.data())
def test_tables_that_another_program_wrote_are_read_back(height: int, width: int, data: st.DataObject):
    """Any rectangle merged by python-docx, under a head: each place has the text of the cell that covers it."""
    document = docx.Document()
    document.add_heading("Foam", 0)
    made = document.add_table(height, width)
    told = [[data.draw(WORDS) for _ in range(width)] for _ in range(height)]
    top, left = data.draw(st.integers(1, height - 1)), data.draw(st.integers(0, width - 1))
    bottom, right = data.draw(st.integers(top, height - 1)), data.draw(st.integers(left, width - 1))
    told[0] = [f"h{column}" for column in range(width)]
    for row, texts in enumerate(told):
        for column, text in enumerate(texts):
            if not (top <= row <= bottom and left <= column <= right) or (row, column) == (top, left):
                made.cell(row, column).text = text
    made.cell(top, left).merge(made.cell(bottom, right))
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.save(out := io.BytesIO())
    covered = [
        [told[top][left] if top <= y <= bottom and left <= x <= right else told[y][x] for x in range(width)]
        for y in range(height)
    ]
    own = [
        [
            x
            for x in range(width)
            if told[y][x] and (not (top <= y <= bottom and left <= x <= right) or (y, x) == (top, left))
        ]
        for y in range(height)
    ]
    alone = left == 0 and right == width - 1
    expected = [
        [
            close_greek(text) if not (alone and top <= y <= bottom) or x == 0 else None
            for x, text in enumerate(covered[y])
        ]
        for y in range(1, height)
        if own[y]
    ]
    read = reading(out.getvalue(), "a.docx")
    found = [[one.text for one in row.cells] for row in read.rows]
    assert [[text for text in row if text is not None] for row in expected] == [
        [text for text, wanted in zip(row, want, strict=False) if wanted is not None]
        for row, want in zip(found, expected, strict=True)
    ]


def test_a_footnote_of_a_heading_is_no_word_of_it_and_stands_below_it():
    """Of the title too, whose raised and lowered letters stay."""
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Paid by the sea.</w:t></w:r></w:p></w:footnote>'
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    raised = r("5", '<w:vertAlign w:val="superscript"/>')
    body = p("Foam at 10", "T", raised + r(" letters") + mark) + p("Text", "H1", mark) + p(LONG)
    made = draft(word(body, styles=STYLES, footnotes=note), "a.docx")
    assert made.title == "Foam at 10⁵ letters"
    assert drafts.shape(made) == [
        ("title", "Foam at 10⁵ letters"),
        ("footnote", "Paid by the sea."),
        ("heading1", "Text"),
        ("footnote", "Paid by the sea."),
        ("paragraph", LONG.strip()),
    ]


def test_what_stands_over_the_title_is_shown_and_no_evidence():
    """A table with the journal's name, say."""
    cells = "".join(f"<w:tc>{p(text)}</w:tc>" for text in ("Sand Letters", "Volume 3"))
    body = f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>{p('Foam', 'T')}{p(LONG)}"
    made = draft(word(body, styles=STYLES), "a.docx")
    assert drafts.of(made, "front") == ["Sand Letters | Volume 3"] * 2
    assert drafts.of(made, "row") == []
