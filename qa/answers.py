"""An answer written from evidence alone: its best sentences, word for word, each with its citation."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.sentences import sentences
from index.tokens import words
from index.words import WordIndex
from qa.question import ReadQuestion
from qa.results import Answer, Evidence, Sentence, Support

_EXTRACTIVE = "extractive"
_CONSIDERED = 6
"""How many of the best pieces of evidence an answer may draw on."""


def write_answer(
    question: ReadQuestion, found: Sequence[Evidence], support: Support, known: WordIndex, most: int
) -> Answer:
    """At most `most` sentences of the evidence, best evidence first; or that these documents do not answer, and why.

    From each piece of evidence the sentence that shares most with the question is taken, rare words counting more; a
    row is told by its headers. A sentence that says nothing of what is asked, or that was taken before, is left out.

    Args:
        known: the library's words, for how rare each is.
    """
    if support.verdict == "absent":
        return Answer(f"Not in these documents. {support.reason}", (), _EXTRACTIVE)
    asked = set(words(question.alone))
    names = {word for word in asked if word.startswith("mir:")}
    chosen: list[Sentence] = []
    for piece in found[:_CONSIDERED]:
        text = row_sentence(piece) if piece.row else _best_sentence(piece.text, asked, known)
        held = set(words(text))
        if not asked & held or (names and not names & held) or text in {sentence.text for sentence in chosen}:
            continue
        chosen.append(Sentence(text, (piece.rank,), "verbatim"))
        if len(chosen) == most:
            break
    return Answer(join(chosen), tuple(chosen), _EXTRACTIVE)


def join(chosen: Sequence[Sentence]) -> str:
    """The sentences one after another, each followed by the ranks of its evidence: `… KRIT1. [1]`."""
    return " ".join(f"{sentence.text} [{', '.join(map(str, sentence.evidence))}]" for sentence in chosen)


def row_sentence(piece: Evidence) -> str:
    """A row told by its headers, cell by cell: `miRNA: miR-25-3p; Cancer: colorectal cancer`; empty cells left out."""
    cells = piece.row.cells if piece.row else ()
    filled = [cell for cell in cells if cell.text.strip(" -–—")]
    return "; ".join(f"{cell.header}: {cell.text}" if cell.header else cell.text for cell in filled)


def _best_sentence(text: str, asked: set[str], known: WordIndex) -> str:
    """The sentence of `text` that shares most with the question; the earlier of two that share as much."""

    def shared(span: tuple[int, int]) -> float:
        return sum(known.idf(word) for word in asked & set(words(text[span[0] : span[1]])))

    spans = sentences(text)
    best = max(spans, key=lambda span: (shared(span), -span[0]))
    return text[best[0] : best[1]]
