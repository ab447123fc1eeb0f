"""Results in plain words, for an assistant that reads text: everything that it needs in order to cite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qa.answering.answers import row_sentence
from qa.results import AskResponse, Evidence, SearchResponse
from qa.tools.opening import OpenedEvidence

_VERDICTS: Final = {
    "supported": "These documents answer",
    "partial": "Answered in part",
    "absent": "Not in these documents",
}
_NEAREST: Final = "Nearest evidence, which does NOT answer the question:"


def told_search(response: SearchResponse) -> str:
    """The verdict and the evidence, best first."""
    heading = _NEAREST if response.support.verdict == "absent" else "Evidence, best first:"
    return _joined([*_verdict(response), *_evidence(heading, response.evidence)])


def told_answer(response: AskResponse) -> str:
    """The verdict, the answer's sentences with the ranks of what they stand on, and that evidence.

    Where there is no sentence, the nearest evidence.
    """
    answer = response.answer
    lines = [*_verdict(response), *filter(None, (answer.lead,))]
    lines += [f"They disagree: {each.message} {_ranks(each.evidence)}" for each in answer.disagreements]
    facts = [sentence for sentence in answer.sentences if sentence.check != "flagged"]
    lines += [f"- {sentence.text} {_ranks(sentence.evidence)}" for sentence in facts]
    told = [*(sentence.evidence for sentence in facts), *(each.evidence for each in answer.disagreements)]
    used = {rank for ranks in told for rank in ranks}
    cited = [piece for piece in response.evidence if piece.rank in used]
    lines += _evidence("It stands on:", cited) if cited else _evidence(_NEAREST, response.evidence[:3])
    return _joined(lines)


def told_opened(opened: OpenedEvidence) -> str:
    """What became of the address, and the evidence between the words around it."""
    piece = opened.evidence
    around = f"In its place:\n…{opened.before}⟦{piece.text}⟧{opened.after}…"
    return _joined([opened.message, *_piece(piece, "Evidence:"), around])


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines)


def _verdict(response: SearchResponse | AskResponse) -> Iterator[str]:
    support = response.support
    case = f", {support.case}" if support.case else ""
    yield f"{_VERDICTS[support.verdict]} (confidence {support.confidence:.2f}{case}). {support.reason}"
    if response.interpreted.question != response.question:
        yield f"Understood as: {response.interpreted.question}"


def _evidence(heading: str, evidence: Sequence[Evidence]) -> Iterator[str]:
    if evidence:
        yield f"\n{heading}"
    for piece in evidence:
        yield from _piece(piece, f"[{piece.rank}]")


def _piece(piece: Evidence, name: str) -> Iterator[str]:
    """What it says, where it stands, on what studies it rests, and how to read it."""
    document = piece.document
    where = [
        document.title,
        ", ".join(document.authors),
        str(document.year or ""),
        "a review" if document.review else "",
        piece.section or "",
        f"p. {piece.page}" if piece.page else "",
        f"{piece.row.table}, row {piece.row.number}" if piece.row else "",
    ]
    yield f"{name} {row_sentence(piece) if piece.row else piece.text}"
    yield f"    in: {'; '.join(filter(None, where))}"
    yield f"    id: {piece.id}  permalink: {piece.permalink}"
    for reference in piece.references:
        yield f"    cites {reference.marker}: {reference.text}"
    for caution in piece.cautions:
        yield f"    CAUTION: {caution.text}"


def _ranks(ranks: Sequence[int]) -> str:
    return f"[{', '.join(map(str, ranks))}]"
