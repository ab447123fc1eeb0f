"""HTML: the paper on a page, and not the site around it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.greek import close_greek
from tests.corpus import drafts
from tests.corpus.pages import LONG, draft, reading

REFERENCES = """<h2>References</h2><ol class="refs">
<li id="r1"><span class="label">1.</span><cite>Ito K, Moss A. Foam and miR-21. J Foam. 2019;4:11-19.</cite>
[<a href="https://doi.org/10.1234/FOAM">DOI</a>] [<a href="https://pubmed.ncbi.nlm.nih.gov/123/">PubMed</a>]
[<a href="https://example.org/scholar">Google Scholar</a>]</li>
<li id="r2"><span class="label">2.</span><cite>Reed B. Tide and miR-210. Tides. 2020;7:1-5.</cite></li>
<li id="r3"><span class="label">3.</span><cite>Gull C. Wind over sand. Sands. 2018;3:1-2.</cite></li></ol>"""


def page(body: str, head: str = "") -> str:
    """A page with a title, this text and a list of three references."""
    return f"<html><head>{head}</head><body><h1>Foam</h1><h2>Text</h2>{body}{REFERENCES}</body></html>"


def line(inner: str) -> str:
    """What the first paragraph of a page says."""
    return drafts.of(draft(page(f"<p>{inner}</p>")), "paragraph")[0]


# -- inside a line


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("10<sup>−6</sup> cells of CD8<sup>+</sup>, CO<sub>2</sub>", "10⁻⁶ cells of CD8⁺, CO₂"),
        ("TGF-&beta;<sub>1</sub> in <i>vi<b>v</b>o</i>", "TGF-β₁ in vivo"),
        ("e<sup>0.5Q</sup>", "e^{0.5Q}"),
        ("one<br>two <!-- no -->three", "one two three"),
        ("P &lt 0.05&nbsp;&#x2009;here &AMP; now", "P < 0.05 here & now"),
        ("kept<del>struck</del><s>too</s>", "kept"),
        ("vi&shy;vo&#xFDD0;1&#xFDD1;", "vivo1"),
        ("a<script>var b = '<p>';</script>c<style>p {}</style>d", "acd"),
        ("a<span hidden>b</span>c<span style='color:red; display: none'>d</span>e", "ace"),
        ("<b>one <i>two</b> three</i> four", "one two three four"),
        ("miR<wbr>-21 <q>said</q>", "miR-21 “said”"),
    ],
)
def test_a_line_keeps_every_letter_that_is_shown(inner: str, said: str):
    """Raised, lowered and Greek letters, entities and broken markup; scripts, hidden and struck-out text go."""
    assert line(inner) == said


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<math><mfrac><mi>a</mi><msup><mi>b</mi><mn>2</mn></msup></mfrac></math>", "a/b²"),
        ("<mml:math><mml:msub><mml:mi>k</mml:mi><mml:mn>1</mml:mn></mml:msub></mml:math>", "k₁"),
        ('x<script type="math/tex">10^{-3}</script>y', "x10⁻³y"),
        ('<span class="katex"><span><math><mi>q</mi></math></span><span aria-hidden="true">qq</span></span>', "q"),
    ],
)
def test_a_formula_is_text_once(inner: str, said: str):
    """MathML with and without a prefix, the TeX of MathJax, and no second time what is only for the eye."""
    assert line(inner) == said


# -- citations and references


@pytest.mark.parametrize(
    ("inner", "said", "cited"),
    [
        ('Foam rises [<a href="#r1">1</a>].', "Foam rises [1].", ("1",)),
        ('Foam rises [<a href="#r1">1</a>–<a href="#r3">3</a>].', "Foam rises [1–3].", ("1", "2", "3")),
        ('Foam rises.<sup><a href="#r1">1</a>,<a href="#r3">3</a></sup>', "Foam rises.[1,3]", ("1", "3")),
        ('Foam rises.<a href="#r2"><sup>2</sup></a>', "Foam rises.[2]", ("2",)),
        ('Foam rises (<a href="#r2">Reed, 2020</a>).', "Foam rises (Reed, 2020).", ("2",)),
        ('Foam rises [<a href="https://x.example/p/1/#r1">1</a>].', "Foam rises [1].", ("1",)),
        ('Foam rises [<a href="/p/1#r1">1</a>].', "Foam rises [1].", ("1",)),
        ('Foam rises (<a href="https://other.example/p#r1">there</a>).', "Foam rises (there).", ()),
        ('Foam rises <a href="#nowhere">there</a>.', "Foam rises there.", ()),
    ],
)
def test_a_link_to_an_entry_cites_it(inner: str, said: str, cited: tuple[str, ...]):
    """In any form and with this page's own address; a link to another page never does."""
    made = reading(page(f"<p>{inner}</p>", '<link rel="canonical" href="http://www.x.example/p/1">'))
    assert (made.passages[0].text, made.passages[0].markers) == (said, cited)


def test_an_entry_is_told_apart_from_what_the_page_offers_with_it():
    """The DOI and PMID of its links are its own, their labels are not."""
    made = reading(page("<p>Foam.</p>"))
    first = made.references[0]
    assert first.text == "1. Ito K, Moss A. Foam and miR-21. J Foam. 2019;4:11-19."
    assert (first.marker, first.authors, first.year) == ("1", ("Ito K", "Moss A"), 2019)
    assert (first.title, first.journal, first.doi, first.pmid) == ("Foam and miR-21", "J Foam", "10.1234/foam", "123")


@pytest.mark.parametrize(
    "listed",
    [
        "<h2>References</h2><ol><li id=a>ITO<li id=b>REED</ol>",
        "<h3>Literature cited</h3><p id=a>1. ITO<p id=b>2. REED",
        "<section class='ref-list'><div id=a>[1] ITO</div><div id=b>[2] REED</div></section>",
        "<h2>References</h2><dl><dt>1<dd id=a>ITO<dt>2<dd id=b>REED</dl>",
        "<h2>References</h2><a name=a></a><p>1. ITO</p><a name=b></a><p>2. REED</p>",
        "<h2>References</h2><table><tr id=a><td>1.<td>ITO<tr id=b><td>2.<td>REED</table>",
    ],
)
def test_a_reference_list_is_found_in_any_form(listed: str):
    """Lists, paragraphs, blocks, definitions and rows; with ids on them, in them or before them."""
    listed = listed.replace("ITO", "Ito K. Foam. J Foam. 2019;4:1-2.").replace(
        "REED", "Reed B. Tide. Tides. 2020;7:1-5."
    )
    made = reading(f"<h1>Foam</h1><h2>Text</h2><p>Foam rises <a href='#b'>there</a>.</p>{listed}")
    assert [(one.marker, one.title, one.year) for one in made.references] == [("1", "Foam", 2019), ("2", "Tide", 2020)]
    assert made.passages[0].markers == ("2",)


def test_a_few_links_among_many_numbers_do_not_hide_what_the_numbers_cite():
    """Where most citations are only printed, all are read by their form."""
    made = reading(page('<p>Foam rises [1]. Sand sings [2]. Kelp grows [<a href="#r3">3</a>].</p>'))
    assert made.passages[0].markers == ("1", "2", "3")


def test_what_follows_a_reference_list_is_no_entry():
    """Paragraphs after the list are shown, and a new section is text again."""
    tail = "<p>[1] Ito K. Foam. J Foam. 2019;4:1-2.</p><p>Last words of the page.</p><h2>Appendix</h2><p>More foam.</p>"
    made = draft(f"<h1>Foam</h1><p>{LONG}</p><h2>References</h2>{tail}")
    assert drafts.shape(made)[-4:] == [
        ("reference", "[1] Ito K. Foam. J Foam. 2019;4:1-2."),
        ("back", "Last words of the page."),
        ("heading1", "Appendix"),
        ("paragraph", "More foam."),
    ]


# -- what a page states


def test_meta_elements_state_the_paper():
    """Names are put in the order in which they are printed; the DOI is in lower case."""
    head = """<meta name="citation_title" content="Foam carries miR-21">
    <meta name="citation_author" content="Ito, Kenji">
    <meta name="citation_author" content="Anna Moss"><meta name="citation_doi" content="doi:10.1234/FOAM">
    <meta name="citation_publication_date" content="2021/03/04"><meta name="citation_journal_title" content="J Foam">
    <meta name="DC.Type" content="review-article">"""
    made = draft(f"<html><head>{head}<title>x</title></head><body><p>{LONG}</p></body></html>")
    assert (made.title, made.authors) == ("Foam carries miR-21", ("Kenji Ito", "Anna Moss"))
    assert (made.doi, made.year, made.journal, made.review) == ("10.1234/foam", 2021, "J Foam", True)


def test_linked_data_states_the_paper():
    """An article in it, also as part of a page; damaged data state nothing."""
    data = """{"@graph": [{"@type": "WebPage", "mainEntity": {"@type": ["ScholarlyArticle"], "headline": "Sand sings",
    "author": [{"@type": "Person", "name": "Ada Reed"}, {"givenName": "Ben", "familyName": "Gull"}],
    "datePublished": "2022-05-01", "isPartOf": {"@type": "PublicationIssue", "isPartOf": {"name": "J Sands"}},
    "sameAs": "https://doi.org/10.1234/sand"}}]}"""
    scripts = "".join(f'<script type="application/ld+json">{said}</script>' for said in ("{", data))
    made = draft(f"<html><head>{scripts}</head><body><p>{LONG}</p></body></html>")
    assert (made.title, made.authors, made.year) == ("Sand sings", ("Ada Reed", "Ben Gull"), 2022)
    assert (made.journal, made.doi) == ("J Sands", "10.1234/sand")


def test_a_plain_page_is_told_by_its_text():
    """Its heading is the title, the line under it the authors; loose text is a paragraph."""
    head = "<center><h1>On kelp</h1><b>Anna Moss and Ben Reed</b></center>"
    body = f"{head}<h3>Growth</h3>{LONG}<h4>Deep</h4>Loose.<p>One<p>Two"
    made = draft(f"<title>lab</title>{body}")
    assert (made.title, made.authors) == ("On kelp", ("Anna Moss", "Ben Reed"))
    assert drafts.shape(made)[1:] == [
        ("front", "Anna Moss and Ben Reed"),
        ("heading1", "Growth"),
        ("paragraph", LONG.strip()),
        ("heading2", "Deep"),
        ("paragraph", "Loose."),
        ("paragraph", "One"),
        ("paragraph", "Two"),
    ]


# -- what is no part of the paper


def test_the_site_around_a_paper_is_left_out():
    """By element, by role and by name; what only bears such a name and has most of the text is the paper."""
    around = """<nav>Menu</nav><header class="site-header">Journal</header><div role="navigation">Trail</div>
    <div class="cookie-banner"><p>We use cookies.</p></div><form><input><button>Go</button><select><option>a</select>
    </form><aside class="related-articles"><p>Another paper</p></aside><div id="shareBar">Share</div>
    <footer class="page-footer">Imprint</footer>
    <noscript>Script!</noscript><svg><title>icon</title></svg><iframe src="x">f</iframe>"""
    made = draft(f'<body>{around}<main class="content menu"><h1>Foam</h1><p>{LONG}</p></main></body>')
    assert drafts.shape(made) == [("title", "Foam"), ("paragraph", LONG.strip())]


def test_the_footer_of_the_page_is_left_out():
    """That of the paper is kept, and so is one that holds its references or thanks, wherever it stands."""
    paper = f"<h1>Foam</h1><p>{LONG}</p>"
    made = draft(f"<article>{paper}</article><footer>Copyright 2021. Related: miR-8888 in dogs.</footer>")
    assert drafts.shape(made) == [("title", "Foam"), ("paragraph", LONG.strip())]
    assert drafts.shape(draft(f"<div>{paper}<footer><p>Imprint.</p></footer></div>"))[2:] == []
    own = draft(f"<article>{paper}<footer><p>The data are in the bay.</p></footer></article>")
    assert drafts.of(own, "paragraph") == [LONG.strip(), "The data are in the bay."]
    listed = "<h2>References</h2><ol><li>Ito K. Foam. J Foam. 2011;4:1-2.</ol>"
    assert len(drafts.of(draft(f"<article>{paper}</article><footer>{listed}</footer>"), "reference")) == 1
    thanks = draft(f"<article>{paper}</article><footer><h2>Acknowledgements</h2><p>To the pilots.</p></footer>")
    assert drafts.of(thanks, "back") == ["To the pilots."]


def test_lists_of_links_are_left_out_and_lists_of_text_are_kept():
    """Four links or more, and hardly anything else; a list of references is no list of links."""
    links = "".join(f'<li><a href="/{n}">Another page {n}</a></li>' for n in range(5))
    entries = "".join(f'<li><a href="/{n}">Ito K. Foam {n}. J Foam. 201{n};4:1-2.</a></li>' for n in range(5))
    kept = "<ul><li>One item</li><li>Two items</li></ul>"
    made = draft(f"<h1>Foam</h1><h2>A</h2><p>{LONG}</p><ul>{links}</ul>{kept}<h2>References</h2><ol>{entries}</ol>")
    assert drafts.of(made, "item") == ["One item", "Two items"]
    assert len(drafts.of(made, "reference")) == 5


def test_much_that_was_left_out_and_little_that_is_left_are_told():
    """A page that is mostly menus, one with nearly no text, and one that asks for a password."""
    menu = "<nav>" + "Somewhere else on this site. " * 60 + "</nav>"
    assert draft(f"{menu}<h1>Foam</h1><p>{LONG}</p>").notices == (
        "80% of the page's text was left out as menus, links and the like; check that the paper is whole.",
    )
    assert draft("<h1>Sign in</h1><p>Name</p><input type=password>").notices == (
        "There is no running text on this page, and it asks for a password: it may be a login page; check that the "
        "paper itself was saved.",
    )


def test_figures_lists_notes_and_back_matter_are_what_they_are():
    """A figure's label goes with its legend; code and thanks are shown and are no evidence."""
    body = f"""<h2>A</h2><p>{LONG}</p><figure><h3>Figure 1.</h3><img src=x alt=no><a href="#x">Open in a new tab</a>
    <figcaption><p>Foam at noon.</p></figcaption></figure><ul><li>one<ul><li>inner</ul><li><p>two</p></ul>
    <dl><dt>EV</dt><dd>vesicle</dd></dl><pre>x = 1\n y</pre><div class="footnotes"><p>A note.</p></div>
    <h2>Funding</h2><p>None.</p><p>Loose.</p><h2>More</h2><p><b>Funding:</b> none.</p>"""
    assert drafts.shape(draft(f"<h1>Foam</h1>{body}"))[3:] == [
        ("paragraph", "Figure 1. Foam at noon."),
        ("item", "one"),
        ("item", "inner"),
        ("item", "two"),
        ("item", "EV: vesicle"),
        ("front", "x = 1\ny"),
        ("footnote", "A note."),
        ("heading1", "Funding"),
        ("back", "None."),
        ("back", "Loose."),
        ("heading1", "More"),
        ("back", "Funding: none."),
    ]


# -- bytes


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("<meta charset=utf-8>", "utf-8"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1253">', "cp1253"),
        ("", "utf-8"),
        ("", "utf-16"),
        ('<?xml version="1.0" encoding="iso-8859-7"?>', "iso-8859-7"),
        ("<meta charset=shift_jis>", "shift_jis"),
        ("<meta charset=rot13>", "utf-8"),
        ("<meta charset=unknown-9>", "utf-8"),
    ],
)
def test_the_encoding_is_the_one_that_is_marked_declared_or_tried(declared: str, encoding: str):
    """A codec that is none of text, or that nobody knows, is as none."""
    made = draft(f"{declared}<h1>Foam</h1><h2>A</h2><p>TGF-β rose. {LONG}</p>".encode(encoding))
    assert drafts.of(made, "paragraph")[0].startswith("TGF-β rose.")
    assert made.notices == ()


def test_a_page_that_is_not_in_the_encoding_it_declares_is_read_as_what_it_is():
    """And says so."""
    made = draft(b"<meta charset=euc-jp>" + f"<h1>Foam</h1><h2>A</h2><p>\xa7 é {LONG}</p>".encode("cp1252"))
    assert drafts.of(made, "paragraph")[0].startswith("\xa7 é Foam")
    assert made.notices[-1] == "It says it is in euc_jp and is not; check accents and Greek letters."


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "div", "li", "b", "td", "h3", "sup", "span", "ul"]), st.text("aβ <&>\t1²", max_size=5)
        ),
        max_size=12,
    )
)
def test_whatever_is_open_and_whatever_is_closed_every_letter_stands_where_it_says(
    pieces: list[tuple[str, str]],
):
    """Tags that never close and ends without a beginning: the text is all there, in order."""
    body = "".join(
        f"<{tag}>{text.replace('&', '&amp;').replace('<', '&lt;')}</{other}>"
        for (tag, text), (other, _) in zip(pieces, reversed(pieces), strict=True)
    )
    made = draft(f"<h1>Foam</h1><h2>A</h2><p>{LONG}</p><div>{body}</div>")
    read = "".join("".join(drafts.of(made, "paragraph", "item", "heading", "row")).split())
    told = "".join(close_greek("".join(text for _, text in pieces)).split())
    assert _letters(read).endswith(_letters(told))


def _letters(text: str) -> str:
    """Only the letters, raised and lowered ones as those on the line."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter in "aβ")


@pytest.mark.parametrize("named", ["mechanism-of-action", "evaluation-metrics", "Negative_feedback", "drug-actions"])
def test_a_section_named_by_its_heading_is_the_papers_whatever_word_its_name_ends_in(named: str):
    """`mechanism-of-action` is made of the heading; `related-articles` says what stands there."""
    heading = named.replace("_", " ").replace("-", " ").capitalize()
    body = f'<p>{LONG}</p><section id="{named}"><h2>{heading}</h2><p>MiR-21 lowers PTEN.</p></section>'
    aside = '<div id="related-articles"><h2>Related articles</h2><p>Buy sand.</p></div>'
    made = draft(page(body + aside))
    assert drafts.of(made, "heading")[:2] == ["Text", heading]
    assert drafts.of(made, "paragraph")[-1] == "MiR-21 lowers PTEN."
    assert "sand." not in made.text.replace("over sand", "")


def test_a_heading_with_such_a_name_of_its_own_stays():
    """Sites put the name on the heading too."""
    made = draft(page(f'<p>{LONG}</p><h2 id="mechanism-of-action">Mechanism of action</h2><p>MiR-21 lowers PTEN.</p>'))
    assert "Mechanism of action" in drafts.of(made, "heading")


def test_every_term_of_a_list_of_terms_is_read():
    """Two terms with one meaning, and one with none."""
    made = draft(page(f"<p>{LONG}</p><dl><dt>EV</dt><dt>Exosome</dt><dd>A bubble.</dd><dt>Foam</dt></dl>"))
    assert drafts.of(made, "item") == ["EV", "Exosome: A bubble.", "Foam"]


def test_a_page_of_short_sentences_alone_is_evidence():
    """Only what looks like front matter is, where no long paragraph shows that the text has begun."""
    made = draft("<h1>Foam</h1><p>Ada Moss, Kenji Ito</p><p>MiR-21 lowers PTEN.</p><ul><li>So tides fall.</li></ul>")
    assert drafts.shape(made) == [
        ("title", "Foam"),
        ("front", "Ada Moss, Kenji Ito"),
        ("paragraph", "MiR-21 lowers PTEN."),
        ("item", "So tides fall."),
    ]


def test_a_caption_that_is_only_kept_from_screen_readers_is_read():
    """The text of its picture says the same to them."""
    figure = '<figure><img alt="Foam"><figcaption aria-hidden="true">Foam rises with miR-21.</figcaption></figure>'
    assert "Foam rises with miR-21." in drafts.of(draft(page(f"<p>{LONG}</p>{figure}")), "paragraph")


@pytest.mark.parametrize("cited", ["<sup>1,2</sup>", '<sup><a href="#r1">1</a></sup>', " [1]"])
def test_a_paragraph_may_end_in_what_it_cites(cited: str):
    """Behind its full stop, as raised numbers do."""
    made = draft(f"<h1>Foam</h1><p>{LONG.strip()}{cited}</p>{REFERENCES}")
    assert len(drafts.of(made, "paragraph")) == 1


def test_what_a_browser_shows_when_it_is_looked_for_is_read():
    """Such an element is only folded; one that is hidden is not read."""
    folded = '<div hidden="until-found"><p>MiR-21 rises.</p></div><div hidden=""><p>No.</p></div>'
    assert drafts.of(draft(page(f"<p>{LONG}</p>{folded}")), "paragraph") == [LONG.strip(), "MiR-21 rises."]


def test_entries_that_nothing_holds_together_are_a_list():
    """Each is called one; what is called so and says nothing of a work is none."""
    entry = '<div class="reference" id="b{0}">Ito K. Foam {0}. J Foam. 201{0};1:2.</div>'
    body = f'<p>{LONG} Foam [<a href="#b2">2</a>].</p><div class="references">2 references</div>'
    made = reading(f"<h1>Foam</h1>{body}{entry.format(1)}{entry.format(2)}")
    assert [entry.text for entry in made.references] == [
        "Ito K. Foam 1. J Foam. 2011;1:2.",
        "Ito K. Foam 2. J Foam. 2012;1:2.",
    ]
    assert ("2",) in [passage.markers for passage in made.passages]
