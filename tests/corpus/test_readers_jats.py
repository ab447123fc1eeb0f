"""JATS of our own making: what the front, a line, a list of references and the text may hold."""

from __future__ import annotations

import pytest

from tests.corpus import drafts
from tests.corpus.jats import article, draft, reading


def line(inner: str) -> str:
    """What the paragraph with this content says."""
    return drafts.of(draft(article(f"<p>{inner}</p>")), "paragraph")[0]


# -- the front


def test_the_front_is_told_apart():
    """Authors as printed with groups and suffixes, the issue's year before the release's, the DOI in lower case."""
    meta = """<article-id pub-id-type="doi">10.1234/ABC</article-id><contrib-group>
    <contrib contrib-type="author"><name><surname>Ito</surname><given-names>Kenji</given-names><suffix>Jr</suffix>
    </name><xref ref-type="aff" rid="a">1</xref></contrib>
    <contrib contrib-type="author"><collab>The Foam Group<contrib-group><contrib contrib-type="author"><name><surname>
    Member</surname></name></contrib></contrib-group></collab></contrib>
    <contrib contrib-type="editor"><name><surname>Editor</surname></name></contrib></contrib-group>
    <pub-date pub-type="pmc-release"><year>2023</year></pub-date><pub-date pub-type="epub"><year>2021</year></pub-date>
    <pub-date pub-type="ppub"><year>2022</year></pub-date>"""
    made = draft(article("<p>Text.</p>", meta=meta))
    assert made.authors == ("Kenji Ito Jr", "The Foam Group")
    assert (made.year, made.doi, made.title) == (2022, "10.1234/abc", "Foam")


@pytest.mark.parametrize(
    ("kind", "subject", "review"),
    [
        ("review-article", "Foam", True),
        ("systematic-review", "Foam", True),
        ("other", "Mini <italic>Review</italic>", True),
        ("research-article", "Foam", False),
        ("book-review", "Book Review", False),
    ],
)
def test_an_article_says_whether_it_is_a_review(kind: str, subject: str, review: bool):
    """By its type, or by the heading that its journal puts it under."""
    meta = f"<article-categories><subj-group><subject>{subject}</subject></subj-group></article-categories>"
    data = article("<p>Text.</p>", meta=meta).replace(b"<article>", f'<article article-type="{kind}">'.encode())
    assert reading(data).document.review == review


def test_every_kind_of_abstract_is_a_section():
    """The main one first; one for other readers under its title, one in another language under its language."""
    meta = """<abstract abstract-type="summary"><title>Author summary</title><p>Plain.</p></abstract>
    <abstract><sec><title>Aim</title><p>Main.</p></sec></abstract>
    <trans-abstract xml:lang="fr"><p>Mousse.</p></trans-abstract>"""
    shape = drafts.shape(draft(article("<p>Text.</p>", meta=meta)))
    assert shape[1:-6] == [
        ("heading1", "Abstract"), ("heading2", "Aim"), ("paragraph", "Main."), ("heading1", "Author summary"),
        ("paragraph", "Plain."), ("heading1", "Abstract (fr)"), ("paragraph", "Mousse."),
    ]  # fmt: skip


# -- inside a line


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("10<sup>6</sup> cells of CD8<sup>+</sup>, CO<sub>2</sub>", "10⁶ cells of CD8⁺, CO₂"),
        ("TGF-&#946;<sub>1</sub> in <italic>vi<bold>v</bold>o</italic>", "TGF-β₁ in vivo"),
        ("e<sup>0.5Q</sup>", "e^{0.5Q}"),
        ("one<break/>two <![CDATA[a < b]]><?pi x?><!-- no -->", "one two a < b"),
        ("P&lt;0.05&#160;&#x2009;here", "P<0.05 here"),
        ("kept<strike>struck</strike>", "kept"),
        ("\ufdd01\ufdd1x\ufdd2", "1x"),
    ],
)
def test_a_line_keeps_every_letter(inner: str, said: str):
    """Raised, lowered and Greek letters, CDATA and breaks; struck-out text and comments go."""
    assert line(inner) == said


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<inline-formula><tex-math>$10^{-3}$</tex-math></inline-formula>", "10⁻³"),
        (
            r"<inline-formula><alternatives><tex-math>\documentclass{minimal}\begin{document}$$x^{2}$$\end{document}"
            "</tex-math><graphic/></alternatives></inline-formula>",
            "x²",
        ),
        (
            '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mfrac><mml:mrow><mml:mi>a</mml:mi><mml:mo>+'
            "</mml:mo><mml:mn>1</mml:mn></mml:mrow><mml:msup><mml:mi>b</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:mfrac>"
            "</mml:math>",
            "(a+1)/b²",
        ),
        (
            "we set<disp-formula><label>(1)</label><math><mi>k</mi><mo>=</mo><mn>3</mn></math></disp-formula>as is",
            "we set (1) k=3 as is",
        ),
        (
            "<math><mmultiscripts><mi>C</mi><mn>2</mn><none/><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts></math>",
            "₆¹⁴C₂",
        ),
    ],
)  # fmt: skip
def test_a_formula_is_text_of_its_paragraph(inner: str, said: str):
    """TeX with and without its frame, MathML, and a displayed one whose sentence goes on."""
    assert line(inner) == said


def test_names_of_characters_that_the_dtd_declares_are_read():
    """As HTML has them; in CDATA they are no names."""
    head = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "JATS-archivearticle1.dtd" [<!ENTITY own "&#945;">]>'
    made = draft(article("<p>TGF-&beta; &own;-SMA &ndash; <![CDATA[&beta;]]></p>", head=head))
    assert drafts.of(made, "paragraph")[0] == "TGF-β α-SMA – &beta;"


# -- citations


@pytest.mark.parametrize(
    ("inner", "said", "cited"),
    [
        ('Foam [<xref ref-type="bibr" rid="r1">1</xref>].', "Foam [1].", ("1",)),
        (
            'Foam [<xref ref-type="bibr" rid="r1">1</xref>–<xref ref-type="bibr" rid="r4">4</xref>].',
            "Foam [1–4].", ("1", "2", "3", "4"),
        ),
        ('IL-6<sup><xref ref-type="bibr" rid="r2">2</xref>,<xref rid="r3">3</xref></sup>.', "IL-6[2,3].", ("2", "3")),
        ('IL-6<xref ref-type="bibr" rid="r2"><sup>2</sup></xref>', "IL-6[2]", ("2",)),
        ('As (<xref ref-type="bibr" rid="r3">Gull, 2018</xref>) saw.', "As (Gull, 2018) saw.", ("3",)),
        ('Foam <xref ref-type="bibr" rid="r1 r4">[1,4]</xref>', "Foam [1,4]", ("1", "4")),
        ('See <xref ref-type="fig" rid="f">Fig. 1</xref> of 12 [3] gulls', "See Fig. 1 of 12 [3] gulls", ("3",)),
    ],
)  # fmt: skip
def test_a_citation_is_what_points_into_the_list(inner: str, said: str, cited: tuple[str, ...]):
    """Numbers, ranges, raised ones, author and year, several at once; without any pointer, numbers in brackets."""
    made = reading(article(f"<p>{inner}</p>"))
    (passage,) = made.passages
    assert (passage.text, passage.markers, made.unresolved) == (said, cited, ())


def test_a_pointer_that_leads_nowhere_is_named():
    """By the words it shows."""
    body = (
        '<p>A (<xref ref-type="bibr" rid="gone">Nobody, 1999</xref>) and <xref ref-type="bibr" rid="r1">1</xref>.</p>'
    )
    made = reading(article(body))
    assert made.unresolved == ("Nobody, 1999",)
    assert made.passages[0].markers == ("1",)


# -- reference lists


def test_an_entry_has_the_fields_of_its_elements():
    """Whatever their order and however little the file says between them; running text is read by its form."""
    one, two, three, four = reading(article("<p>Text.</p>")).references
    assert one.text == (
        "1. Ito K, Moss A, et al. Foam carries miR-21. J Foam. 2019;4(2):11-19. doi: 10.1234/FOAM. PMID: 123"
    )
    assert (one.authors, one.title, one.journal) == (("Ito K", "Moss A"), "Foam carries miR-21", "J Foam")
    assert (one.year, one.volume, one.pages, one.doi, one.pmid) == (2019, "4", "11-19", "10.1234/foam", "123")
    assert (two.authors, two.title, two.journal, two.pages) == (("Reed B",), "Tide and miR-210", "Tides", "e5")
    assert (three.authors, three.title, three.year) == (("Gull C",), "Wind over sand", 2018)
    assert four.text == "4. Tern D. Kelp. Sands 2017;2:5-6. doi:10.1/kelp"


def test_alternatives_are_one_entry():
    """Shown as the running text, taken apart by the elements."""
    back = """<back><ref-list><ref id="x"><label>[7]</label><citation-alternatives>
    <element-citation><name><surname>Moss</surname><given-names>A</given-names></name><article-title>Fog</article-title>
    <source>Mist</source><year>2001</year></element-citation><mixed-citation>Moss, A.: Fog. Mist (2001)</mixed-citation>
    </citation-alternatives></ref></ref-list></back>"""
    (entry,) = reading(article("<p>Text.</p>", back)).references
    assert (entry.marker, entry.text) == ("7", "[7] Moss, A.: Fog. Mist (2001)")
    assert (entry.authors, entry.title, entry.journal, entry.year) == (("Moss A",), "Fog", "Mist", 2001)


def test_every_entry_of_two_lists_has_a_marker_of_its_own():
    """Where the second starts again at 1, its entries have the next free ones, and citations still find them."""
    lists = "".join(
        f'<ref-list><ref id="{name}1"><label>1</label><mixed-citation>{name} one.</mixed-citation></ref>'
        f'<ref id="{name}2"><label>2</label><mixed-citation>{name} two.</mixed-citation></ref></ref-list>'
        for name in ("A", "B")
    )
    body = '<p>First <xref ref-type="bibr" rid="B1">1</xref>. Then <xref ref-type="bibr" rid="A2">2</xref>.</p>'
    made = reading(article(body, f"<back>{lists}</back>"))
    assert [(one.marker, one.text) for one in made.references] == [
        ("1", "1. A one."), ("2", "2. A two."), ("3", "1. B one."), ("4", "2. B two."),
    ]  # fmt: skip
    assert made.passages[0].markers == ("3", "2")


def test_an_article_without_a_list_cites_nothing():
    """And numbers in brackets are named as unresolved."""
    made = reading(article("<p>Foam rises [3].</p>", ""))
    assert (made.references, made.unresolved, made.passages[0].markers) == ((), ("3",), ())


# -- the body


def test_sections_lists_boxes_and_notes_are_what_they_are():
    """Inner lists after their entry, a box after the text it stands in, a footnote after the block it stands in."""
    body = """<sec><label>1</label><title>Foam</title><p>Before<fn><p>A note.</p></fn> <list list-type="order">
    <list-item><label>1.</label><p>One<list><list-item><p>Inner</p></list-item></list></p></list-item></list> after.</p>
    <boxed-text><caption><title>Box 1</title></caption><p>Boxed.</p></boxed-text><p>Still foam.</p>
    <sec><title>Deep</title><disp-quote><p>Quoted.</p></disp-quote><def-list><def-item><term>EV</term><def>
    <p>vesicle</p></def></def-item></def-list></sec></sec><sec><p>No title.</p></sec>"""
    assert drafts.shape(draft(article(body, "")))[1:] == [
        ("heading1", "1 Foam"), ("paragraph", "Before"), ("item", "1. One"), ("item", "Inner"),
        ("footnote", "A note."), ("paragraph", "after."), ("paragraph", "Still foam."), ("heading2", "Box 1"),
        ("paragraph", "Boxed."),
        ("heading2", "Deep"), ("paragraph", "Quoted."), ("item", "EV: vesicle"), ("paragraph", "No title."),
    ]  # fmt: skip


def test_a_figure_in_a_paragraph_stands_after_it():
    """Its label and title a paragraph, its legend another; the paragraph is whole."""
    body = """<p>One <fig id="f"><label>Figure 1</label><caption><title>Foam.</title><p>It rises.</p></caption>
    <graphic/></fig> two.</p><supplementary-material><label>S1 Table</label><caption><p>All rows.</p></caption>
    </supplementary-material>"""
    assert drafts.of(draft(article(body, "")), "paragraph") == [
        "One two.", "Figure 1. Foam.", "It rises.", "S1 Table. All rows.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "<supplementary-material><media><caption><p>Additional file 1. MiR-21.</p></caption></media>"
            "</supplementary-material>",
            ["Additional file 1. MiR-21."],
        ),
        ("<p>See <inline-supplementary-material>Table S1</inline-supplementary-material>.</p>", ["See Table S1."]),
        (
            "<def-list><def-item><term>EV</term><def><p>vesicle</p></def><def><p>bubble</p></def></def-item></def-list>",
            ["EV: vesicle; bubble"],
        ),
        (
            "<statement><label>Rule 1.</label><title>Foam</title><p>It floats.</p></statement>",
            ["Rule 1. Foam", "It floats."],
        ),
        ("<p>mi\u00adR-\u200b21 and f\u2061(x)</p>", ["miR-21 and f(x)"]),
        (
            "<p>So<fn><p>Note</p><list><list-item><p>a</p></list-item></list></fn> it is: <list><list-item><p>one</p>"
            "</list-item></list>and<list><list-item><p>two</p></list-item></list></p>",
            ["So it is:", "one", "Note a", "and", "two"],
        ),
    ],
)
def test_nothing_that_is_printed_is_lost(body: str, said: list[str]):
    """Captions of media, what leads to a supplement, second meanings, labels, blocks around a footnote with some."""
    assert drafts.of(draft(article(body)), "paragraph", "item", "footnote") == said


def test_notes_of_the_front_are_back_matter():
    """Where data may be had, say."""
    front = "<front><article-meta/><notes><title>Data</title><p>Ask the sea for miR-21.</p></notes></front>"
    made = draft(f"<article>{front}<body><p>Foam rises.</p></body></article>".encode())
    assert drafts.of(made, "back") == ["Ask the sea for miR-21."]


def test_every_float_is_read_whatever_ids_there_are():
    """Two groups, none of whose figures has an id."""
    fig = "<floats-group><fig><label>Fig {0}</label><caption><p>Foam {0}.</p></caption></fig></floats-group>"
    made = draft(article("<p>Text.</p>", more=fig.format(1) + fig.format(2)))
    assert drafts.of(made, "paragraph") == ["Text.", "Fig 1. Foam 1.", "Fig 2. Foam 2."]


def test_floats_stand_where_they_are_first_spoken_of():
    """And those that nobody speaks of at the end of the text."""
    floats = """<floats-group><fig id="f1"><label>Figure 1</label></fig><fig id="f2"><label>Figure 2</label></fig>
    <table-wrap><label>Table 1</label><table><tr><td>a</td><td>b</td></tr></table></table-wrap></floats-group>"""
    body = '<p>See <xref ref-type="fig" rid="f2">there</xref>.</p><p>Last.</p>'
    assert [text for kind, text in drafts.shape(draft(article(body, "", more=floats))) if kind != "title"] == [
        "See there.", "Figure 2.", "Last.", "Figure 1.", "Table 1", "a\tb",
    ]  # fmt: skip


def test_back_matter_and_letters_of_reviewers_are_no_evidence():
    """Thanks, funding, notes, and a decision letter are shown; an appendix is evidence."""
    back = """<back><ack><p>Thanks.</p></ack><sec sec-type="data-availability"><title>Where</title><p>Data.</p></sec>
    <app-group><app><title>Appendix</title><p>More foam.</p></app></app-group>
    <fn-group><fn><p>Paid.</p></fn></fn-group></back>"""
    letter = """<sub-article article-type="decision-letter"><front-stub><title-group>
    <article-title>Letter</article-title></title-group></front-stub><body><p>Please revise.</p></body></sub-article>"""
    made = draft(article("<p>Foam.</p>", back, more=letter))
    assert drafts.of(made, "back") == ["Thanks.", "Data.", "Paid.", "Please revise."]
    assert drafts.of(made, "paragraph") == ["Foam.", "More foam."]
    assert drafts.of(made, "heading") == ["Where", "Appendix", "Letter"]
