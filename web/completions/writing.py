"""An answer as the Markdown of a chat, growing as its parts come, with the places of its citations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from qa.answering.answers import row_sentence
from qa.counts import counted
from qa.results import AskResponse, Evidence, Lead, Part, ReferenceCard, SearchResponse, Sentence, Support
from web.rendering import doi_url, pubmed_url

_NEAREST: Final = 3
"""Pieces of evidence that are shown where the documents do not answer."""
_MARKUP: Final = re.compile(
    r"[`*~$]|\\(?=[!-/:-@\[-`{-~])|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|<(?=[A-Za-z/!?])|&(?=#?\w+;)"
)
_LINKING: Final = re.compile(r"(?<=\])[(:]|^\[|!(?=\[)")
_AT_THE_START: Final = re.compile(r"^(?:[-+=#>:]|\d+(?=[.)]))")
_VERDICTS: Final = {"partial": "Answered in part.", "absent": "Not in these documents."}


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in a text: its characters `[start, end)`, and the address and title of what is cited."""

    start: int
    end: int
    url: str
    title: str


class Writing:
    """The text of an answer, and the citations in it, in order.

    Args:
        base: the address before a permalink, without its last slash: `http://127.0.0.1:8000`.
    """

    def __init__(self, base: str) -> None:
        self.text = ""
        self.citations: list[Citation] = []
        self._base = base
        self._evidence: dict[int, Evidence] = {}
        self._left_out = 0

    def add(self, part: Part) -> str:
        """What the next part of an answer adds to the text, which may be nothing."""
        before = len(self.text)
        if isinstance(part, SearchResponse):
            self._evidence = {piece.rank: piece for piece in part.evidence}
            self._verdict(part.support)
        elif isinstance(part, Lead):
            self._lead(part)
        elif isinstance(part, Sentence):
            self._sentence(part)
        else:
            self._end(part)
        return self.text[before:]

    def _verdict(self, support: Support) -> None:
        if verdict := _VERDICTS.get(support.verdict):
            self._paragraph(f"**{verdict}** {plain(support.reason)}")

    def _lead(self, lead: Lead) -> None:
        self._paragraph(plain(lead.text))
        for disagreement in lead.disagreements:
            self._paragraph(f"**They disagree.** {plain(disagreement.message)}")
            self._cite(disagreement.evidence)

    def _sentence(self, sentence: Sentence) -> None:
        if sentence.check == "flagged":  # a chat has no way to show it as anything but a fact
            self._left_out += 1
            return
        self._item(plain(sentence.text))
        self._cite(sentence.evidence)

    def _end(self, response: AskResponse) -> None:
        if self._left_out:
            what = counted(self._left_out, "sentence")
            self._paragraph(f"**Left out:** {what} that the evidence does not bear out.")
        if response.answer.note:
            self._paragraph(f"**Note.** {plain(response.answer.note)}")
        cited = {citation.url for citation in self.citations}
        if cited:
            self._paragraph("**Sources**")
            for piece in response.evidence:
                if self._url(piece) in cited:
                    self._item(f"[{piece.rank}] {self._source(piece)}")
        elif response.evidence:
            self._paragraph("**Nearest evidence**, which does not answer the question:")
            for piece in response.evidence[:_NEAREST]:
                said = row_sentence(piece) if piece.row else piece.text
                self._item(f"{self._source(piece)} It says: {plain(said)}")

    def _source(self, piece: Evidence) -> str:
        """Where a piece of evidence stands, on what studies it rests, and how to read it with care."""
        title = plain(piece.document.title).replace("[", "&#91;").replace("]", "&#93;")
        where = [
            f"[{title}]({self._url(piece)})",
            str(piece.document.year or ""),
            plain(piece.section or ""),
            f"p. {piece.page}" if piece.page else "",
            plain(f"{piece.row.table} row {piece.row.number}") if piece.row else "",
        ]
        told = [", ".join(filter(None, where)) + "."]
        if piece.references:
            told.append(f"Cited there: {', '.join(map(_study, piece.references))}.")
        told += [f"**Caution.** {plain(caution.text)}" for caution in piece.cautions]
        return " ".join(told)

    def _cite(self, ranks: Iterable[int]) -> None:
        for rank in ranks:
            piece = self._evidence[rank]
            self.text += " "
            start = len(self.text)
            self.text += f"[{rank}]"
            self.citations.append(Citation(start, len(self.text), self._url(piece), piece.document.title))

    def _url(self, piece: Evidence) -> str:
        return self._base + piece.permalink

    def _paragraph(self, text: str) -> None:
        self.text += f"\n\n{text}" if self.text else text

    def _item(self, text: str) -> None:
        if self.text.rpartition("\n")[2].startswith("- "):
            self.text += f"\n- {text}"
        else:
            self._paragraph(f"- {text}")


def _study(reference: ReferenceCard) -> str:
    """A study by its number in the paper's own list, with where it can be read."""
    name = plain(reference.marker)
    if reference.doi:
        address = doi_url(reference.doi).replace("(", "%28").replace(")", "%29")  # brackets end a link in Markdown
        return f"{name} ([doi]({address}))"
    return f"{name} ([PubMed]({pubmed_url(reference.pmid)}))" if reference.pmid else name


def plain(text: str) -> str:
    r"""Text on one line that a chat shows as it is: no markup, no picture and no link of its own.

    Brackets stay bare, since chats take an escaped one for the beginning of a formula.

    >>> plain("miR-21* costs $5\tin <b>CO2</b> at p < 0.05 [30]")
    'miR-21\\* costs \\$5 in \\<b>CO2\\</b> at p < 0.05 [30]'
    >>> plain("a_b _c_"), plain("# 1. Kia"), plain("2019. A year")
    ('a_b \\_c\\_', '\\# 1. Kia', '2019\\. A year')
    >>> plain("![seen](https://elsewhere.org/a.png)")
    '&#33;[seen]&#40;https://elsewhere.org/a.png)'
    """
    line = _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
    line = _LINKING.sub(lambda found: f"&#{ord(found[0])};", line)
    return _AT_THE_START.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", line)
