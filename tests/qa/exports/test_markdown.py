"""A response as Markdown, read back by a reader of Markdown."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from qa.exports.markdown import as_markdown, escaped
from qa.results import Disagreement, Sentence
from qa.service import Service

READER = MarkdownIt("commonmark").enable("table").use(footnote_plugin)
ASKED = "how do tidal parcels silence KRIT1 by miR-21"


def shown(markdown: str) -> list[str]:
    """The text of each paragraph and heading as a reader shows it, in order, `[^1]` for a footnote."""
    return [
        "".join(
            f"[^{one.meta['label']}]" if one.type == "footnote_ref" else one.content for one in block.children or ()
        )
        for block in READER.parse(markdown)
        if block.type == "inline"
    ]


def test_each_sentence_of_an_answer_has_its_footnotes(small: Service):
    """And each piece of evidence follows with the same number."""
    response = small.ask(ASKED)
    paragraphs = shown(as_markdown(response))
    assert paragraphs[0] == ASKED
    assert response.answer.sentences
    for sentence in response.answer.sentences:
        assert sentence.text + "".join(f"[^{rank}]" for rank in sentence.evidence) in paragraphs
    place = paragraphs.index("Evidence")
    for number, piece in enumerate(response.evidence, start=1):
        assert paragraphs[place + number].endswith(f"[^{piece.rank}]")


def test_the_lead_comes_first_and_what_disagrees_last(small: Service):
    """Around the sentences; the disagreement has the footnotes of its evidence."""
    response = small.ask(ASKED)
    answer = replace(response.answer, disagreements=(Disagreement("Tides rise_ and fall.", (1, 2)),))
    paragraphs = shown(as_markdown(replace(response, answer=answer)))
    lead, *said = paragraphs[paragraphs.index(answer.lead) : paragraphs.index("Evidence")]
    assert lead == answer.lead
    assert said[-1] == "They disagree. Tides rise_ and fall.[^1][^2]"
    assert len(said) == len(answer.sentences) + 1


def test_a_footnote_says_where_the_evidence_stands(small: Service):
    """Paper, section, characters, permalink, each primary study, each caution."""
    response = small.ask(ASKED)
    first = response.evidence[0]
    assert first.row is None
    paragraphs = shown(as_markdown(response))
    place = f"Tides; characters {first.start}–{first.end} of kelp.md."
    told = f"Kelp letters. A. Ito, B. Cruz. 2020. doi:10.1000/kelp.1: {place} In Exocite: {first.permalink}"
    assert told in paragraphs
    assert "Primary study, cited by this paper: 2. Cruz B. Walls of foam. Gull Letters 2018;7:11-19." in paragraphs
    row = next(piece for piece in response.evidence if piece.cautions)
    assert any(f"Table 1, row {row.row.number}; characters {row.start}" in one for one in paragraphs if row.row)
    assert f"Caution. {row.cautions[0].text}" in paragraphs


def test_every_footnote_is_defined_and_used(small: Service):
    """The reader lists as many as there are pieces of evidence."""
    response = small.ask(ASKED)
    kinds = [token.type for token in READER.parse(as_markdown(response))]
    assert kinds.count("footnote_open") == len(response.evidence)


def test_absence_is_said_and_its_evidence_is_marked(small: Service):
    """Nothing in it passes for an answer."""
    response = small.ask("which bolts hold the bridge over the river Kwai")
    assert response.support.verdict == "absent"
    paragraphs = shown(as_markdown(response))
    assert f"Not in these documents. {response.support.reason}" in paragraphs
    assert ("Nearest evidence, which does not answer" in paragraphs) == bool(response.evidence)


def test_a_question_understood_otherwise_says_so(small: Service):
    """A follow-up is nothing without what it meant."""
    response = small.ask(ASKED)
    other = replace(response, interpreted=replace(response.interpreted, question="what of *foam*"))
    assert "Understood as: what of *foam*" in shown(as_markdown(other))


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60))
def test_any_text_is_shown_as_it_is(text: str):
    """Nothing a paper holds becomes markup, whatever stands at its beginning."""
    line = " ".join(text.split())
    assert shown(f"{escaped(text)}\n") == ([line] if line else [])
    assert shown(f"# {escaped(text)}\n") == [line]


def test_signs_that_mean_something_are_text():
    """One by one, those that begin a block and those that stand inside a line."""
    for sign in (
        "#",
        "##",
        "-",
        "+",
        "1.",
        "12)",
        "> x",
        "=",
        "---",
        "```",
        "*a*",
        "[1]: x",
        "a | b",
        "\\",
        "&amp;",
        "<b>",
    ):
        assert shown(escaped(f"{sign} miR-21^[35]")) == [f"{sign} miR-21^[35]"]


def test_a_sentence_that_does_not_stand_is_named_so(small: Service):
    """Before it is said, with the reasons; who wrote, and why not all of it, comes after the sentences."""
    response = small.ask(ASKED)
    sentences = (
        Sentence("Kelp grows.", (1,), "checked"),
        Sentence("Kelp sings.", (1,), "flagged", reasons=("It does not.",)),
    )
    answer = replace(response.answer, sentences=sentences, writer="played", note="It broke off.")
    paragraphs = shown(as_markdown(replace(response, answer=answer)))
    place = paragraphs.index("Kelp grows.[^1]")
    assert paragraphs[place + 1 : place + 4] == [
        "Not borne out by its evidence. Kelp sings.[^1] It does not.",
        "Written by played from the evidence, each sentence checked by Exocite.",
        "It broke off.",
    ]
