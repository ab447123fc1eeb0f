"""Markdown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.assemble import read_document
from corpus.errors import UnreadableFile
from corpus.readers.markdown import read_markdown
from tests.corpus.drafts import check, of, shape


def read(text):
    draft = read_markdown("a.md", text.encode())
    check(draft)
    return draft


def evidence(text):
    """The texts of a file's passages and rows, and its notices."""
    reading = read_document("a.md", text.encode(), document_id="a", source="upload:a.md")
    for record in reading.records:
        assert reading.document.text[record.start : record.end] == record.text
    return [record.text for record in reading.records], reading.notices


def test_front_matter_gives_the_facts():
    """Authors as names or mappings, a date for the year, a DOI with its resolver."""
    draft = read(
        "---\ntitle: 'Engines: a digest'\nauthors:\n  - Ada Lovelace\n  - name: Mary Berg\ndate: 2025-03-01\n"
        "doi: https://doi.org/10.1000/ABC\njournal: J Sea Sci\n---\n\n# Engines: a digest\n\nShips float.\n"
    )
    assert (draft.title, draft.authors) == ("Engines: a digest", ("Ada Lovelace", "Mary Berg"))
    assert (draft.year, draft.doi, draft.journal) == (2025, "10.1000/abc", "J Sea Sci")
    assert shape(draft) == [("title", "Engines: a digest"), ("paragraph", "Ships float.")]
    assert draft.notices == ()


def test_authors_in_one_string():
    """Commas, semicolons and "and" part them."""
    assert read("---\nauthor: Ada Lovelace, Mary Berg and K. Ok\nyear: 2020\n---\nShips float.").authors == (
        "Ada Lovelace",
        "Mary Berg",
        "K. Ok",
    )


@pytest.mark.parametrize("block", ["title: [", "- a\n- b", "date: 2025-99-99\ntitle: x"])
def test_damaged_front_matter_is_a_notice(block):
    """The text is read all the same."""
    draft = read(f"---\n{block}\n---\n\n# Engines\n\nShips float.\n")
    assert draft.title == "Engines"
    assert of(draft, "paragraph") == ["Ships float."]
    assert draft.notices[0].startswith("The YAML front matter")


def test_without_front_matter_the_first_heading_and_its_lines_give_the_facts():
    """Names right under the title, and lines with labels."""
    draft = read(
        "# Engines\n\n**Ada Lovelace**, Mary Berg\n\nDOI: 10.1000/x.1\n\nJournal: J Sea Sci\n\n## Masts\n\n"
        "Ships float.\n"
    )
    assert (draft.title, draft.authors) == ("Engines", ("Ada Lovelace", "Mary Berg"))
    assert (draft.doi, draft.journal) == ("10.1000/x.1", "J Sea Sci")
    assert [kind for kind, _ in shape(draft)] == ["title", "front", "front", "front", "heading2", "paragraph"]


def test_a_year_behind_the_authors_and_a_doi_beside_the_year_are_facts():
    """Above all text; below it the same lines are text."""
    draft = read("# Engines\n\nA. Lovelace, 2022\n\nSeaRxiv, doi:10.1000/x.1\n\n## Masts\n\nSeaRxiv, doi:10.1000/x.2\n")
    assert (draft.authors, draft.year, draft.doi) == (("A. Lovelace",), 2022, "10.1000/x.1")
    assert shape(draft)[1:] == [
        ("front", "A. Lovelace, 2022"),
        ("front", "SeaRxiv, doi:10.1000/x.1"),
        ("heading2", "Masts"),
        ("paragraph", "SeaRxiv, doi:10.1000/x.2"),
    ]


def test_without_any_title_the_file_is_the_title():
    """A heading of level 2 is no title."""
    assert read("## Masts\n\nShips float.").title == "a.md"


def test_marks_go_and_text_stays():
    """Emphasis, links, code, entities, comments, line ends; markers that look like links are text."""
    draft = read(
        "Cells *grow* **fast** in `a_b` with [a link](http://x.y), &beta; and H<sub>2</sub>O.<!-- no -->\n"
        "p <0.05 and <b and c>, seen [30] twice [16-18].<sup>3</sup> Also ^[4], ^5^ and 10<sup>6</sup> "
        "CD8<sup>+</sup>.\n"
    )
    assert draft.text == (
        "Cells grow fast in a_b with a link, β and H₂O. p <0.05 and <b and c>, seen [30] twice [16-18].[3] "
        "Also [4], ⁵ and 10⁶ CD8⁺."
    )


def test_what_looks_like_a_link_definition_is_text():
    """A marker with a colon defines no link."""
    assert read("Seen [30] there.\n\n[30]: http://x.y\n").text == "Seen [30] there.\n\n[30]: http://x.y"


def test_lists_quotes_and_code():
    """Items lose their bullets and numbers; quotes are paragraphs; code is shown but not cited."""
    draft = read("- oak\n  and ash\n- pine\n  - fir\n\n3. ash\n\n> Ships float.\n\n```\nx = 1\n```\n")
    assert shape(draft) == [
        ("item", "oak and ash"),
        ("item", "pine"),
        ("item", "fir"),
        ("item", "ash"),
        ("paragraph", "Ships float."),
        ("front", "x = 1"),
    ]


def test_a_pipe_table_keeps_its_empty_cells():
    """Caption before, notes behind; short rows are filled, as GFM does."""
    draft = read(
        "# E\n\nTable 1. Masts\n\n| Ship | Mast | Refs |\n|---|:-:|--:|\n| Ark | *oak* \\| ash | [1] |\n"
        "| | pine | |\n| Nina |\n\n"
        "Abbreviations: AR: ark.\n\nNight falls.\n"
    )
    assert shape(draft)[1:] == [
        ("caption", "Table 1. Masts"),
        ("header", "Ship\tMast\tRefs"),
        ("row", "Ark\toak | ash\t[1]"),
        ("row", "\tpine\t"),
        ("row", "Nina\t\t"),
        ("footnote", "Abbreviations: AR: ark."),
        ("paragraph", "Night falls."),
    ]
    assert [block.table for block in draft.blocks] == [None, 1, 1, 1, 1, 1, 1, None]


def test_captions_may_follow_and_may_be_missing():
    """Each table has its own number."""
    draft = read("| A |\n|---|\n| b |\n\n| C |\n|---|\n| d |\n\nTable 2: Sails\n\nNight falls.\n")
    assert [(b.kind, b.table) for b in draft.blocks] == [
        ("header", 1),
        ("row", 1),
        ("header", 2),
        ("row", 2),
        ("caption", 2),
        ("paragraph", None),
    ]


def test_references_begin_with_their_printed_numbers():
    """A list's start and its own numbers count; a list that repeats one number is counted on."""
    assert of(read("## References\n\n17. Berg J. 2020.\n18. Ek B. 2021.\n\n    More of it.\n"), "reference") == [
        "17. Berg J. 2020.",
        "18. Ek B. 2021. More of it.",
    ]
    assert of(read("## Literature cited\n\n1. Berg J. 2020.\n1. Ek B. 2021.\n"), "reference") == [
        "1. Berg J. 2020.",
        "2. Ek B. 2021.",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "[1] Berg J. 2020.\n[2] Ek B. 2021.",
        "[1] Berg J. 2020.\n\n[2] Ek B. 2021.",
        "[1]: Berg J. 2020.\n[2]: Ek B. 2021.",
        "[^1]: Berg J. 2020.\n[^2]: Ek B. 2021.",
        "1\\. Berg J. 2020.\n\n2\\. Ek B. 2021.",
        "- [1] Berg J. 2020.\n- [2] Ek B. 2021.",
        "- Berg J. 2020.\n- Ek B. 2021.",
    ],
)
def test_references_in_any_writing_are_two_entries(written):
    """Lists, paragraphs, lines of one paragraph and footnotes."""
    entries = of(read(f"# E\n\nShips float.\n\n## Bibliography\n\n{written}\n"), "reference")
    assert [entry[-13:].removeprefix(" ").endswith(("J. 2020.", "B. 2021.")) for entry in entries] == [True, True]


def test_back_matter_lasts_to_the_next_heading_of_its_level():
    """Deeper headings belong to it; run-in labels are back matter by themselves."""
    draft = read(
        "# E\n\n## Funding\n\nNone.\n\n### Details\n\nStill none.\n\n## Masts\n\nOak.\n\n"
        "**Conflict of interest:** none.\n"
    )
    assert of(draft, "back") == ["None.", "Still none.", "Conflict of interest: none."]
    assert of(draft, "paragraph") == ["Oak."]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("10<sup>6</sup>, 10^6^, 10^{6}, $10^{6}$, 10$^6$", "10⁶, 10⁶, 10⁶, 10⁶, 10⁶"),
        ("CO<sub>2</sub>, CO_{2}, CO~2~, CO$_2$, Ca^{2+}", "CO₂, CO₂, CO₂, CO₂, Ca²⁺"),
        ("0.3 h^{-1} and h$^{-1}$", "0.3 h⁻¹ and h⁻¹"),
        ('10<sup class="x">6</sup> and 10<sup>*n*</sup>', "10⁶ and 10ⁿ"),
        ("a^2+b^2 and 2<sup>-ΔCt</sup> and x^{0.5}", "a^2+b^2 and 2<sup>-ΔCt</sup> and x^{0.5}"),
        (r"$2^{-\Delta\Delta Ct}$ and $\frac{a_1*b}{c*d}$", r"$2^{-\Delta\Delta Ct}$ and $\frac{a_1*b}{c*d}$"),
        (r"TGF-$\beta$, $p \leq 0.05$ and $k$", "TGF-β, p ≤ 0.05 and k"),
        ("between $5 and 7$, or $5-$10", "between $5 and 7$, or $5-$10"),
        ("T<sub>reg</sub> but x<sub>1.5</sub> and 5<sub>q</sub>", "Treg but x<sub>1.5</sub> and 5<sub>q</sub>"),
        ("10<sup>6 cells", "10<sup>6 cells"),
    ],
)
def test_what_is_raised_or_lowered_stays_so(written, shown):
    """As Unicode has it where it has every character, otherwise as written; on the line it would be another fact."""
    assert read(f"# E\n\n## Masts\n\nOf {written}.\n").text.split("\n\n")[-1] == f"Of {shown}."


def test_cells_beyond_the_header_are_kept():
    """A row may be longer than its header; that gives a notice. Cells are read like any others."""
    records, notices = evidence("| Ship | Mast |\n|---|---|\n| Ark | oak | *ash* | | x \\| y |\n| Nina | | | |\n")
    assert records == ["Ark\toak\tash\t\tx | y", "Nina\t"]
    assert notices == ("Table 1: 1 row has more cells than the header; the cells beyond it were kept without a name.",)


def test_a_footnote_stands_after_its_section():
    """Its mark goes, with the blank before it; it is no evidence; a definition may follow on any line."""
    text = (
        "# E\n\n## Masts\n\nOak [^1] grows.[^b]\n[^1]: In *wet* soil.\n\n    And dry.\n\nAsh.\n\n[^b]: Slowly.\n\n"
        "## Sails\n\nSet."
    )
    assert shape(read(text))[1:] == [
        ("heading2", "Masts"),
        ("paragraph", "Oak grows."),
        ("paragraph", "Ash."),
        ("footnote", "In wet soil. And dry."),
        ("footnote", "Slowly."),
        ("heading2", "Sails"),
        ("paragraph", "Set."),
    ]
    assert evidence(text)[0] == ["Oak grows.", "Ash.", "Set."]


def test_a_footnote_is_no_part_of_a_numbered_reference_list():
    """The list has numbers of its own; markers with a caret before the bracket name its entries."""
    draft = read("# E\n\nOak^[1] grows[^1].\n\n## References\n\n1. Berg J. 2020.\n\n[^1]: In wet soil.\n")
    assert shape(draft)[1:] == [
        ("paragraph", "Oak[1] grows."),
        ("heading2", "References"),
        ("reference", "1. Berg J. 2020."),
        ("footnote", "In wet soil."),
    ]


@pytest.mark.parametrize("heading", ["## References\n\n", ""])
def test_footnotes_that_are_the_reference_list_are_cited(heading):
    """Under its heading, or where each of them names a paper."""
    text = f"# E\n\nOak grows.[^2]\n\n{heading}[^1]: Berg J. Oak. J Sea Sci 2020;1:2-3.\n[^2]: Ek B. doi:10.1000/x.\n"
    assert of(read(text), "paragraph", "reference") == [
        "Oak grows.[2]",
        "1. Berg J. Oak. J Sea Sci 2020;1:2-3.",
        "2. Ek B. doi:10.1000/x.",
    ]


def test_html_leaves_its_text():
    """Scripts, styles and comments go with their content; entities are letters; a table gives a notice."""
    draft = read(
        "# E\n\n<div class=note>Ships &amp; <b>boats</b> float; p <0.05.</div>\n<!-- no\nno -->\n"
        "<script>no()</script>\n\n"
        "<style>\nno\n\nno\n</style>\n\nOak<!-- no --> <script>no()</script>and ash.\n\n"
        "<table><tr><th>Ship</th><td colspan=2>Ark</td></tr></table>\n"
    )
    assert of(draft, "paragraph") == ["Ships & boats float; p <0.05.", "Oak and ash.", "Ship Ark"]
    assert [notice.partition(" was")[0] for notice in draft.notices] == ["A table written in HTML"]


def test_a_script_that_never_ends_is_text():
    """Nothing is lost by a slip of the pen."""
    assert read("<div>Oak <script>grows.</div>\n\nShips float.\n").text == "Oak grows.\n\nShips float."


def test_code_and_displayed_mathematics_are_not_evidence():
    """They are shown, with their lines; they state no year and no DOI."""
    text = (
        "# E\n\nOak.\n$$\ny =\n-x\n$$\nAsh.\n\n```\n# Copyright 1999\n\nx = 1  # doi:10.1000/x\n```\n\n"
        "    a\n    b\n\n$$ z $$\n"
    )
    draft = read(text)
    assert shape(draft)[1:] == [
        ("paragraph", "Oak."),
        ("front", "$$\ny =\n-x\n$$"),
        ("paragraph", "Ash."),
        ("front", "# Copyright 1999\nx = 1 # doi:10.1000/x"),
        ("front", "a\nb"),
        ("front", "$$ z $$"),
    ]
    assert (draft.year, draft.doi) == (None, None)
    assert evidence(text)[0] == ["Oak.", "Ash."]


def test_struck_out_text_is_left_out():
    """One notice, however often; the numbers of a list stay with their items."""
    records, notices = evidence(
        "Oak ~~never~~ grows ~~fast~~, <del>not</del> ash.\n\n| A | B |\n|---|---|\n| ~~b~~ c | ^[3]^ |\n"
    )
    assert records == ["Oak grows, ash.", "c\t[3]"]
    assert notices == ("Struck-out text was left out.",)
    assert of(read("## References\n\n1. ~~Berg J. 2020.~~\n2. Ek B. 2021.\n"), "reference") == ["2. Ek B. 2021."]


@pytest.mark.parametrize("heading", ["Notes", "About this digest"])
def test_notes_are_back_matter_until_the_next_heading_of_their_level(heading):
    """All that stands under them, tables too; a paragraph that begins so is evidence."""
    text = (
        f"# E\n\nNote: oak grows.\n\n### {heading}\n\nOurs.\n\n#### More\n\n- Ours too.\n\n"
        "| A | B |\n|---|---|\n| b | c |\n\n"
        f"## Masts\n\nAsh.\n\n## References\n\n1. Berg J. 2020.\n\n### {heading}\n\nOurs at last.\n"
    )
    assert evidence(text)[0] == ["Note: oak grows.", "Ash."]
    assert of(read(text), "back") == ["Ours.", "Ours too.", "A | B", "b | c", "Ours at last."]


def test_deep_nesting_loses_nothing():
    """Quotes in quotes, deeper than any document."""
    assert read("> " * 40 + "deep").text == "deep"


def test_a_file_of_comments_is_refused():
    """There is nothing to cite."""
    with pytest.raises(UnreadableFile, match="no text"):
        read_markdown("a.md", b"<!-- nothing -->\n")


PIECES = st.sampled_from(
    ["# ", "## ", "### References", "- ", "* ", "1. ", "17) ", "> ", "| a | b |", "|---|---|", "| | c |", "| x |",
    "```", "~~~", "---",
     "title: x", "[30]", "[30]: x", "[^3]: y", "^3^", "^[4]", "<sup>", "</sup>", "<b and c>", "<!--", "-->", "**",
     "*", "`", "\\", "&beta;",
     "    ", "\t", "Table 1. T", "Abbreviations: A: b.", "Funding: x", "Ada Lovelace, Mary Berg", "Ships float.",
     "β", " β ", "\u0301",
     "\u00a0", "![i](u)", "[l](u)", "\f", "<div>", "</div>", "<br>", "H~2~O",
     "~~", "$", "$$", "x^{-k}", "_{2}", "<sub>", "<del>", "</del>",
     "<script>", "</script>",
     "<table>", "</td>", "[^3]", "[^a]: z", "## Notes", "| a | b | c | d |", "$x^2$", "\\Delta"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(PIECES | st.text(max_size=8), st.sampled_from([" ", "\n", "\n\n", ""])), max_size=30))
def test_any_text_gives_a_true_draft_or_a_clear_refusal(pieces):
    """Spans tile the text whatever comes in."""
    text = "".join(piece + gap for piece, gap in pieces)
    try:
        draft = read_markdown("a.md", text.encode("utf-8", "surrogatepass"))
    except UnreadableFile:
        return
    check(draft)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=1, max_size=6))
def test_cells_come_back_as_written(cells):
    """Each cell of a row stands between its tabs."""
    line = f"| {' | '.join(cells)} |\n"
    draft = read(line + "|---" * len(cells) + "|\n" + line)
    assert of(draft, "row") == ["\t".join(cells)]


def test_a_title_of_the_front_matter_is_plain():
    """Its marks are those of the text."""
    made = read("---\ntitle: M*m*PPOX and *in vivo* CD8^+^ cells\n---\n\nFoam rises.\n")
    assert made.title == "MmPPOX and in vivo CD8⁺ cells"


@pytest.mark.parametrize(
    "table",
    [
        "miRNA   Target\n------- -------\nmiR-21  PTEN\n",
        "+--------+--------+\n| miRNA  | Target |\n+========+========+\n| miR-21 | PTEN   |\n+--------+--------+\n",
    ],
)
def test_a_table_drawn_with_dashes_is_told_to_be_none(table: str):
    """It is a paragraph, so its rows cannot be cited."""
    notice = "A table drawn with dashes was read as text; write it with bars to have its rows cited."
    assert read(f"# Foam\n\n{table}\n").notices == (notice,)
    assert read("# Foam\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n---\n\nText -- and more.\n").notices == ()
