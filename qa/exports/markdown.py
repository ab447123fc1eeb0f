"""A response as Markdown: each sentence with a footnote that says where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from qa.answering.answers import row_sentence
from qa.results import Answer, AskResponse, Evidence, SearchResponse, Sentence

_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]<>&^~$|#@]")
_AT_THE_START: Final = re.compile(r"^(?:[+=:-]|\d+(?=[.)]))")
_SAID: Final = {"supported": "", "partial": "Answered in part", "absent": "Not in these documents"}


def as_markdown(response: SearchResponse | AskResponse) -> str:
    """The question, the answer where there is one with what disagrees, and the evidence; footnotes numbered by rank.

    The footnotes are those of pandoc, GitHub and most others: `[^1]`. What papers say is text and never markup.
    """
    return "\n\n".join(_paragraphs(response)) + "\n"


def _paragraphs(response: SearchResponse | AskResponse) -> Iterator[str]:
    support = response.support
    yield f"# {escaped(response.question)}"
    if response.interpreted.question != response.question:
        yield f"*Understood as:* {escaped(response.interpreted.question)}"
    if said := _SAID[support.verdict]:
        yield f"**{said}.** {escaped(support.reason)}"
    if isinstance(response, AskResponse):
        if response.answer.lead:
            yield f"*{escaped(response.answer.lead)}*"
        for sentence in response.answer.sentences:
            yield _said(sentence)
        for disagreement in response.answer.disagreements:
            yield f"**They disagree.** {escaped(disagreement.message)}{_footnotes(disagreement.evidence)}"
        yield from _writer(response.answer)
    if response.evidence:
        yield "## Nearest evidence, which does not answer" if support.verdict == "absent" else "## Evidence"
    for piece in response.evidence:
        yield f"{piece.rank}. {escaped(row_sentence(piece) if piece.row else piece.text)}[^{piece.rank}]"
    for piece in response.evidence:
        yield f"[^{piece.rank}]: " + "\n\n    ".join(_footnote(piece))


def _writer(answer: Answer) -> Iterator[str]:
    """Who wrote it, where a model did, and why none did where one is set."""
    if answer.writer != "extractive":
        yield f"*Written by {escaped(answer.writer)} from the evidence, each sentence checked by Exocite.*"
    if answer.note:
        yield f"*{escaped(answer.note)}*"


def _said(sentence: Sentence) -> str:
    said = escaped(sentence.text) + _footnotes(sentence.evidence)
    if sentence.check == "flagged":
        return f"**Not borne out by its evidence.** {said} {escaped(' '.join(sentence.reasons))}"
    return said


def _footnotes(evidence: Iterable[int]) -> str:
    return "".join(f"[^{rank}]" for rank in evidence)


def _footnote(piece: Evidence) -> Iterator[str]:
    """Where the evidence stands, then a paragraph for each study that it cites and for each caution."""
    document = piece.document
    paper = [document.title, ", ".join(document.authors), str(document.year or "")]
    paper += [f"doi:{document.doi}"] if document.doi else []
    where = [
        piece.section or "",
        f"p. {piece.page}" if piece.page else "",
        f"{piece.row.table}, row {piece.row.number}" if piece.row else "",
        f"characters {piece.start}–{piece.end} of {document.file}",
    ]
    told = escaped(f"{'. '.join(filter(None, paper))}: {'; '.join(filter(None, where))}.")
    yield f"{told} In Exocite: `{piece.permalink}`"
    by = "the review" if document.review else "this paper"
    for reference in piece.references:
        also = ", ".join(f"{other.short} [{other.marker}]" for other in reference.also)
        yield f"Primary study, cited by {by}: {escaped(reference.text + (f' (also in {also})' if also else ''))}"
    for caution in piece.cautions:
        yield f"**Caution.** {escaped(caution.text)}"


def escaped(text: str) -> str:
    r"""Text on one line that Markdown shows as it is.

    >>> escaped("miR-21* targets\tPTEN^[35]")
    'miR-21\\* targets PTEN\\^\\[35\\]'
    >>> escaped("# 1. Kia"), escaped("2019. A year")
    ('\\# 1. Kia', '2019\\. A year')
    """
    line = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    return _AT_THE_START.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", line)
