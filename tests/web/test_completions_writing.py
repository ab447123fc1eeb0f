"""The Markdown of a chat, worked out by hand, and that what papers say in it is text and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qa.results import (
    Answer,
    AskResponse,
    Case,
    Caution,
    CellCard,
    Disagreement,
    DocumentCard,
    Evidence,
    Interpreted,
    Lead,
    LibraryCard,
    ReferenceCard,
    RowCard,
    SearchResponse,
    Sentence,
    Support,
    Verdict,
)
from web.completions.writing import Writing, plain

BASE = "http://127.0.0.1:8000"
PAPER = DocumentCard("kelp", "Kelp letters [a note]", ("A. Ito",), 2020, None, "kelp.md")
PASSAGE = Evidence(
    1, "kelp:0-31", "passage", "Parcels carry miR-21 to gills.", 1.0, PAPER, "Tides", 4, 0, 31, None,
    (ReferenceCard("1", "Ito A.", "10.1000/sea(4)", "7"), ReferenceCard("2", "Cruz B.", None, "12"),
     ReferenceCard("3", "Diaz C.", None, None)),
    (), "/evidence/kelp/0-31?text=abc",
)  # fmt: skip
ROW = replace(
    PASSAGE,
    rank=2,
    id="kelp:40-60",
    kind="row",
    text="miR-21\tPTEN",
    page=None,
    row=RowCard("Table 1", 3, "Table 1.", (CellCard("miRNA", "miR-21", False), CellCard("Target", "PTEN", False))),
    references=(),
    cautions=(Caution("unverified", "Check it."),),
    permalink="/evidence/kelp/40-60?text=def",
)
SAID = (Sentence("Parcels carry miR-21 to gills.", (1,), "verbatim"), Sentence("It hits PTEN.", (1, 2), "checked"))


def responses(verdict: Verdict, case: Case | None, reason: str, answer: Answer) -> tuple[SearchResponse, AskResponse]:
    """The first and the last part of an answer over the two pieces of evidence."""
    head = SearchResponse(
        "q", Interpreted("q", ()), (PASSAGE, ROW), Support(verdict, 0.5, case, reason), LibraryCard("h", 1, 2, "e"),
        {}, {},
    )  # fmt: skip
    fields = {name: getattr(head, name) for name in SearchResponse.__slots__}
    return head, AskResponse(**fields, answer=answer)


def test_an_answer_is_a_lead_a_list_and_its_sources():
    """Each piece of evidence once below, where it stands, what it cites and how to read it."""
    answer = Answer("", SAID, "extractive")
    first, last = responses("supported", None, "The best evidence names it all.", answer)
    writing = Writing(BASE)
    lead = Lead("2 findings.", (Disagreement("Gills or not.", (1, 2)),))
    added = [writing.add(part) for part in (first, lead, *SAID, last)]
    assert added == [
        "",
        "2 findings.\n\n**They disagree.** Gills or not. [1] [2]",
        "\n\n- Parcels carry miR-21 to gills. [1]",
        "\n- It hits PTEN. [1] [2]",
        "\n\n**Sources**\n\n"
        "- [1] [Kelp letters &#91;a note&#93;](http://127.0.0.1:8000/evidence/kelp/0-31?text=abc), 2020, Tides, p. 4. "
        "Cited there: 1 ([doi](https://doi.org/10.1000/sea%284%29)), 2 ([PubMed](https://pubmed.ncbi.nlm.nih.gov/12/)),"
        " 3.\n"
        "- [2] [Kelp letters &#91;a note&#93;](http://127.0.0.1:8000/evidence/kelp/40-60?text=def), 2020, Tides, "
        "Table 1 row 3. **Caution.** Check it.",
    ]
    assert writing.text == "".join(added)


def test_citations_are_where_they_stand():
    """The characters of each are its rank in brackets; address and title are those of its evidence."""
    writing = Writing(BASE)
    for part in (responses("supported", None, "", Answer("", SAID, "extractive"))[0], *SAID):
        writing.add(part)
    assert writing.text == "- Parcels carry miR-21 to gills. [1]\n- It hits PTEN. [1] [2]"
    found = [(one.start, one.end, one.url.partition("?")[0]) for one in writing.citations]
    kelp = f"{BASE}/evidence/kelp"
    assert found == [(33, 36, f"{kelp}/0-31"), (53, 56, f"{kelp}/0-31"), (57, 60, f"{kelp}/40-60")]
    assert {one.title for one in writing.citations} == {"Kelp letters [a note]"}


def test_what_is_not_borne_out_is_no_part_of_a_chat():
    """How much of it there was is said, and why the model did not write it."""
    flagged = Sentence("miR-210 hits PTEN.", (2,), "flagged", reasons=("Not there.",))
    answer = Answer("", (SAID[0], flagged), "m", note="The model took too long.")
    first, last = responses("partial", "unknown-relation", "Not all of it.", answer)
    writing = Writing(BASE)
    for part in (first, SAID[0], flagged, last):
        writing.add(part)
    assert "miR-210" not in writing.text
    assert writing.text.startswith("**Answered in part.** Not all of it.\n\n- Parcels carry")
    assert "\n\n**Left out:** 1 sentence that the evidence does not bear out.\n\n" in writing.text
    assert "\n\n**Note.** The model took too long.\n\n**Sources**" in writing.text
    assert "- [2]" not in writing.text


def test_without_an_answer_the_nearest_evidence_is_shown_as_such():
    """A row by its headers; nothing is cited."""
    first, last = responses("absent", "off-topic", "Not about it.", Answer("", (), "extractive"))
    writing = Writing(BASE)
    assert writing.add(first) == "**Not in these documents.** Not about it."
    end = writing.add(last)
    assert end.startswith("\n\n**Nearest evidence**, which does not answer the question:\n\n- [Kelp")
    assert end.endswith("**Caution.** Check it. It says: miRNA: miR-21; Target: PTEN")
    assert writing.citations == []


MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ALLOWED = {"bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "paragraph_open",
    "paragraph_close", "inline"}  # fmt: skip


@given(st.text(st.sampled_from("ab1_*`~<>!/[]()#&;:.|\\ -+=^$\n\t\"'"), min_size=1).filter(str.strip))
def test_what_papers_say_is_never_markup(text: str):
    """In an item of a list, the text comes out of Markdown as it went in, blanks single."""
    tokens = MARKDOWN.parse(f"- {plain(text)}")
    assert {token.type for token in tokens} <= ALLOWED
    (inline,) = [token for token in tokens if token.type == "inline"]
    assert {child.type for child in inline.children or ()} <= {"text"}
    assert inline.children
    assert "".join(child.content for child in inline.children) == " ".join(text.split())


def test_what_papers_say_links_to_nothing():
    """Neither a picture, which a chat would load from elsewhere, nor a link, nor HTML."""
    text = "![a](http://b.org/c.png) [d](http://e.org) <img src=http://f.org> [g]: http://h.org"
    assert re.findall("<(?:img|a)", MARKDOWN.render(f"- {plain(text)}")) == []
