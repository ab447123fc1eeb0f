"""Evidence that says different things of one molecule, and rows that tell a study otherwise than the study itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from index.mentions import listed
from index.molecules import named_in
from qa.answering.directions import Claim, claims_in
from qa.answering.lead import studies_of, study
from qa.candidates import Candidate, is_doubtful
from qa.reading.question import ReadQuestion
from qa.results import Disagreement, Evidence

_MOST: Final = 3
"""Of how many disagreements an answer tells."""
_DOES: Final = {"raises": "promotes", "lowers": "suppresses", "lists": "goes with"}


def disagreements(
    question: ReadQuestion, said: Sequence[Candidate], every: Sequence[Candidate], found: Sequence[Evidence]
) -> tuple[Disagreement, ...]:
    """What of the evidence says different things, at most three, each about something that the answer says.

    First where a molecule is said to promote and to suppress one thing; then rows that the study contradicts which a
    sentence of the answer cites too. By the first evidence, then the next.
    """
    told = [*_opposed(question, said, every, found), *_contradicted(said, found)]
    return tuple(told[:_MOST])


def _opposed(
    question: ReadQuestion, said: Sequence[Candidate], every: Sequence[Candidate], found: Sequence[Evidence]
) -> Iterator[Disagreement]:
    pieces = {piece.rank: piece for piece in found}
    about = frozenset[str]().union(*(one.told.molecules for one in said))
    by_thing: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for one in every:
        piece = pieces[one.rank]
        asked = not question.names or named_in(question.names, one.told.words)
        if asked and one.told.molecules <= about and not piece.cautions:
            for claim in claims_in(one, piece):
                by_thing[claim.molecule, claim.key].append(claim)
    ranks = {one.rank for one in said}
    for claims in by_thing.values():
        lowering = [claim for claim in claims if claim.way == "lowers"]
        others = [claim for claim in claims if claim.way != "lowers"]
        held = {claim.rank for claim in claims}
        if lowering and others and ranks & held and not {claim.rank for claim in lowering} & {c.rank for c in others}:
            yield Disagreement(_message(others, lowering), tuple(sorted(held)))


def _message(others: Sequence[Claim], lowering: Sequence[Claim]) -> str:
    """What both sides say: `miR-9 promotes invasion in kidney cancer, and suppresses migration in breast cancer.`."""
    raising = [claim for claim in others if claim.way == "raises"]
    sides = ((raising or others), lowering)
    first, second = (f"{_DOES[side[0].way]} {listed([claim.thing for claim in side])}{_where(side)}" for side in sides)
    return f"{lowering[0].molecule} {first}, and {second}."


def _where(claims: Sequence[Claim]) -> str:
    cancers = list(chain.from_iterable(claim.cancers for claim in claims))
    return f" in {listed(cancers)}" if cancers else " elsewhere"


def _contradicted(said: Sequence[Candidate], found: Sequence[Evidence]) -> Iterator[Disagreement]:
    pieces = {piece.rank: piece for piece in found}
    for piece in found:
        messages = [caution.text for caution in piece.cautions if caution.kind == "contradicted"]
        if not (piece.row and messages and is_doubtful(piece)):
            continue
        own = {study(entry, piece) for entry in piece.references}
        ranks = {one.rank for one in said if own & studies_of(one, pieces[one.rank])}
        if ranks:
            where = f"{piece.row.table}, row {piece.row.number}"
            message = f"{where} tells the same study otherwise, and is not said. {' '.join(messages)}"
            yield Disagreement(message, tuple(sorted({*ranks, piece.rank})))
