"""An answer written from evidence alone: its best sentences, word for word, each with its citation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.sentences import sentences
from index.molecules import named_in
from index.names import Name, find_names
from index.texts import told_by_headers
from index.tokens import words
from index.words import WordIndex
from qa.question import ReadQuestion
from qa.results import Answer, Evidence, Sentence, Support

_EXTRACTIVE: Final = "extractive"
_CONSIDERED: Final = 8
"""How many of the best pieces of evidence an answer may draw on."""
_NEAR_THE_BEST: Final = 0.5
"""Evidence whose score is a smaller share of the best one's is not drawn on."""
_REPEATS: Final = 0.6
"""A sentence of which a greater share, by idf, has been said already is left out."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that might be said: the words it holds, and its worth, higher is better."""

    text: str
    rank: int
    place: int
    held: frozenset[str]
    worth: float


def write_answer(
    question: ReadQuestion,
    found: Sequence[Evidence],
    support: Support,
    known: WordIndex,
    most: int,
    limits: Sequence[Name] = (),
) -> Answer:
    """At most `most` sentences of the evidence, in its order; or that these documents do not answer, and why.

    A sentence is worth its evidence's score, and more the greater its own share of the question's words, rare words
    counting more. The worthiest come first into the answer; one that repeats what is in it already, or that names none
    of the molecules asked about, does not; nor does one that names others than a search was limited to; nor does one
    from evidence on another cancer, where there is evidence on the one asked about; nor does a row with a caution that
    it may be false. A row is one sentence, told by its headers.

    Args:
        known: the library's words, for how rare each is.
        limits: the molecules that the search was limited to; empty for any.
    """
    if support.verdict == "absent":
        return Answer(f"Not in these documents. {support.reason}", (), _EXTRACTIVE)
    chosen: list[_Candidate] = []
    said: set[str] = set()
    candidates = sorted(_candidates(question, found, known, limits), key=lambda c: (-c.worth, c.rank, c.place))
    for candidate in candidates:
        new = _weight(candidate.held - said, known)
        if new < (1 - _REPEATS) * _weight(candidate.held, known):
            continue
        chosen.append(candidate)
        said |= candidate.held
        if len(chosen) == most:
            break
    chosen.sort(key=lambda candidate: (candidate.rank, candidate.place))
    told = tuple(Sentence(candidate.text, (candidate.rank,), "verbatim") for candidate in chosen)
    return Answer(join(told), told, _EXTRACTIVE)


def _candidates(
    question: ReadQuestion, found: Sequence[Evidence], known: WordIndex, limits: Sequence[Name]
) -> Iterator[_Candidate]:
    asked = set(words(question.alone))
    total = _weight(asked, known) or 1.0
    for piece in _in_place(question, found[:_CONSIDERED]):
        if piece.score < _NEAR_THE_BEST * found[0].score or _is_doubtful(piece):
            continue
        for place, text in _sentences(piece):
            held = frozenset(words(text))
            if limits and find_names(text) and not named_in(limits, held):
                continue
            if asked & held and (not question.names or named_in(question.names, held)):
                worth = piece.score * (1 + _weight(asked & held, known) / total)
                yield _Candidate(text, piece.rank, place, held, worth)


def _in_place(question: ReadQuestion, found: Sequence[Evidence]) -> Sequence[Evidence]:
    """The evidence on a cancer asked about, by what it says, its heading or what it cites; all of it where none is."""
    cancers = {f"cancer:{site.site}" for site in question.sites if site.disease}
    there = [piece for piece in found if cancers & set(words(_setting(piece)))]
    return there or found


def _setting(piece: Evidence) -> str:
    said = row_sentence(piece) if piece.row else f"{piece.section or ''}\n{piece.text}"
    return "\n".join([said, *(reference.text for reference in piece.references)])


def _is_doubtful(piece: Evidence) -> bool:
    """True for a row that its own study contradicts, or that is two run together: shown as evidence, never said."""
    return any(caution.kind in {"contradicted", "merged"} for caution in piece.cautions)


def _sentences(piece: Evidence) -> Iterator[tuple[int, str]]:
    """(place within the evidence, text) of each sentence; a row is one."""
    if piece.row:
        yield 0, row_sentence(piece)
    else:
        for start, end in sentences(piece.text):
            yield start, piece.text[start:end]


def _weight(held: set[str] | frozenset[str], known: WordIndex) -> float:
    return sum(known.idf(word) for word in held)


def join(chosen: Sequence[Sentence]) -> str:
    """The sentences one after another, each followed by the ranks of its evidence: `… KRIT1. [1]`."""
    return " ".join(f"{sentence.text} [{', '.join(map(str, sentence.evidence))}]" for sentence in chosen)


def row_sentence(piece: Evidence) -> str:
    """A row told by its headers, cell by cell: `miRNA: miR-25-3p; Cancer: colorectal cancer`; empty cells left out."""
    return told_by_headers((cell.header, cell.text) for cell in (piece.row.cells if piece.row else ()))
