"""An answer written from evidence alone: its best sentences, word for word, each with its citation."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import partial
from itertools import chain
from typing import Final

from index.names import Name
from index.words import WordIndex
from qa.answering.disagreements import disagreements
from qa.answering.facets import Asking, asking
from qa.answering.lead import lead_line
from qa.answering.selection import choose
from qa.candidates import Candidate, candidates, row_sentence
from qa.reading.definitions import defining
from qa.reading.question import ReadQuestion
from qa.results import Answer, Evidence, Sentence, Support

__all__ = ["join", "row_sentence", "write_answer"]

_EXTRACTIVE: Final = "extractive"
_UNSAID: Final = (
    "Evidence was found, but none of it is said here: its sentences name other molecules or cancers, or stand in table "
    "rows whose cells may not belong together. Read them below, with their cautions."
)
_UNSAID_BY: Final = (
    "Studies by these authors are cited here, but no sentence by itself says what they found on this. Read the "
    "evidence below, with the titles of what it cites."
)


def write_answer(
    question: ReadQuestion,
    found: Sequence[Evidence],
    support: Support,
    known: WordIndex,
    most: int,
    limits: Sequence[Name] = (),
    cancers: Set[str] = frozenset(),
) -> Answer:
    """At most `most` sentences of the evidence, as an explanation; or that these documents do not answer, and why.

    They are chosen to hold together as much of the question as they can and to repeat little
    (`qa.answering.selection`): a narrow question has fewer. One that names none of the molecules asked about is not
    said, unless it goes on from one that does; nor one that names others than a search was limited to; nor one on
    another cancer, where there is evidence on the one asked about; nor a row with a caution that it may be false. A row
    is one sentence, told by its headers.

    Args:
        known: the library's words, for how rare each is.
        limits: the molecules that the search was limited to; empty for any.
        cancers: the organs whose cancers it was limited to; empty for any.
    """
    if support.verdict == "absent":
        return Answer(f"Not in these documents. {support.reason}", (), _EXTRACTIVE)
    asked = asking(question, known, cancers)
    every = candidates(found)
    chosen = choose(asked, every, found, most, limits)
    if not chosen:  # "drug resistance", where the evidence speaks of resistance to therapies
        chosen = choose(asking(question, known, cancers, in_words=True), every, found, most, limits)
    said = explained(asked, chosen)
    if not said:
        why = _UNSAID_BY if question.authors else _UNSAID
        return Answer(why, (), _EXTRACTIVE, why)
    pieces = {piece.rank: piece for piece in found}
    told = tuple(Sentence(one.text, (one.rank,), "verbatim", one.places) for one in said)
    lead = lead_line(question, asked, said, pieces)
    return Answer(f"{lead}\n{join(told)}", told, _EXTRACTIVE, lead, disagreements(question, said, every, found))


def explained(asked: Asking, said: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The sentences in the order of an explanation, each right after the one that it leans on.

    Of a question what something is, first what says so; of one how something comes about, first what names genes
    (molecule, target, pathway), then effects, then what is seen in patients, unless it asks for that; within each of
    these, and for other questions, by rank, then place.
    """
    runs: dict[Candidate, list[Candidate]] = {}  # by what they begin with
    begins: dict[Candidate, Candidate] = {}
    for one in sorted(said, key=lambda each: (each.document, each.start)):
        begins[one] = begins[one.before] if one.told.back and one.before in begins else one
        runs.setdefault(begins[one], []).append(one)
    ordered = sorted(runs.values(), key=lambda run: (min(map(partial(_stage, asked), run)), run[0].rank, run[0].start))
    return tuple(chain.from_iterable(ordered))


def _stage(asked: Asking, one: Candidate) -> int:
    if asked.thing:
        return -defining(asked.thing, one.text)
    if not asked.how or asked.clinical:
        return 0
    return 0 if one.told.genes and not one.told.clinical else 1 + one.told.clinical


def join(chosen: Sequence[Sentence]) -> str:
    """The sentences one after another, each followed by the ranks of its evidence: `… KRIT1. [1]`."""
    return " ".join(f"{sentence.text} [{', '.join(map(str, sentence.evidence))}]" for sentence in chosen)
