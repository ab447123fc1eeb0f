"""How answers and evidence look in a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from qa.candidates import row_sentence
from qa.results import AskResponse, Evidence, SearchResponse, Sentence, Support


def print_search(console: Console, response: SearchResponse | AskResponse) -> None:
    """How the question was understood, the verdict where it is not plain support, and the evidence."""
    _print_understood(console, response)
    if response.support.verdict != "supported":
        console.print(verdict_line(response.support))
    for piece in response.evidence:
        print_evidence(console, piece)


def print_answer(console: Console, response: AskResponse) -> None:
    """How the question was understood, the answer, what of it disagrees, and the evidence it all stands on."""
    _print_understood(console, response)
    if response.support.verdict == "partial":
        console.print(verdict_line(response.support))
    answer = response.answer
    console.print(Text(answer.lead if answer.sentences else answer.text, style="bold"))
    for sentence in answer.sentences:
        _print_sentence(console, sentence)
    for disagreement in answer.disagreements:
        console.print(Text(f"They disagree. {disagreement.message} {_ranks(disagreement.evidence)}", style="yellow"))
    if answer.writer != "extractive":
        console.print(
            Text(f"Written by {answer.writer} from the evidence, each sentence checked by Exocite", style="dim")
        )
    if answer.note:
        console.print(Text(answer.note, style="yellow"))
    used = {rank for sentence in answer.sentences for rank in sentence.evidence}
    used |= {rank for disagreement in answer.disagreements for rank in disagreement.evidence}
    shown = [piece for piece in response.evidence if piece.rank in used] or list(response.evidence[:3])
    if shown:
        console.print(Text("\nEvidence" if used else "\nNearest evidence, which does not answer", style="bold"))
    for piece in shown:
        print_evidence(console, piece)


def _print_sentence(console: Console, sentence: Sentence) -> None:
    """A flagged one apart, with the reasons: it is no part of the answer."""
    said = f"{sentence.text} {_ranks(sentence.evidence)}" if sentence.evidence else sentence.text
    if sentence.check == "flagged":
        console.print(Text(f"! Not borne out: {said} ({' '.join(sentence.reasons)})", style="yellow"))
    else:
        console.print(Text(said))


def _ranks(evidence: Iterable[int]) -> str:
    return f"[{', '.join(map(str, evidence))}]"


def _print_understood(console: Console, response: SearchResponse | AskResponse) -> None:
    if response.interpreted.question != response.question:
        console.print(Text(f"Understood as: {response.interpreted.question}", style="italic"))


def verdict_line(support: Support) -> Text:
    """`partial (0.52): …` in one line."""
    return Text(f"{support.verdict} ({support.confidence:.2f}): {support.reason}", style="yellow")


def print_evidence(console: Console, piece: Evidence) -> None:
    """The evidence, where it stands to the character, and the studies it cites."""
    head = f"[{piece.rank}] {piece.document.title}"
    where = [f"{piece.document.id} {piece.start}–{piece.end}"]
    if piece.page:
        where.append(f"p. {piece.page}")
    if piece.section:
        where.append(piece.section)
    if piece.row:
        where.append(f"{piece.row.table}, row {piece.row.number}")
    console.print(Text(f"\n{head}", style="bold"))
    console.print(Text(f"    {' · '.join(where)}", style="dim"))
    console.print(Text(f"    {row_sentence(piece) if piece.row else piece.text}"))
    for reference in piece.references:
        also = ", ".join(f"{other.short} [{other.marker}]" for other in reference.also)
        console.print(Text(f"    cites {reference.text}" + (f" (also in {also})" if also else ""), style="dim"))
    for caution in piece.cautions:
        console.print(Text(f"    ! {caution.message}", style="yellow"))
        if caution.suggestion:
            console.print(Text(f"      Read it as: {caution.suggestion}.", style="yellow"))
