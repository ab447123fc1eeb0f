"""The mechanisms of one record, whichever kind it is."""

from __future__ import annotations

from typing import Final

from corpus.records import DOUBTED, Passage, Record
from qa.mechanisms.rows import Told, told_by
from qa.mechanisms.sentences import Stated, stated_in
from qa.permalinks import permalink
from qa.results import Caution, Mechanism, ReferenceCard

_DOUBTFUL: Final = "unverified"


def mechanisms_in(
    record: Record, text: str, *, references: tuple[ReferenceCard, ...] = (), cautions: tuple[Caution, ...] = ()
) -> tuple[Mechanism, ...]:
    """What a record says, in its order; nothing of a row that its own study contradicts or that is two run together.

    The direction is what is done to the target; where there is none, to the pathway; where there is neither, to the
    effect; it is empty where a row only lists them. Where it is the lack of a molecule that acts, the direction is that
    of the molecule, and both words stand in it ("loss", "increases": it inhibits).

    Args:
        text: of the whole document.
        references: the primary studies that the record cites.
        cautions: reasons to read the record with care; of a row whose carried cells are unverified, these fill nothing.
    """
    kinds = {caution.kind for caution in cautions}
    if kinds & DOUBTED:
        return ()
    found: list[Stated | Told] = []
    if isinstance(record, Passage):
        found += stated_in(record, text)
    else:
        found += told_by(record, text, doubtful=_DOUBTFUL in kinds)
    return tuple(
        Mechanism(
            id=record.id,
            document=record.document_id,
            start=one.start if isinstance(one, Stated) else record.start,
            end=one.end if isinstance(one, Stated) else record.end,
            molecule=one.molecule,
            direction=one.said.direction,
            negated=one.said.negated,
            source=one.source,
            recipient=one.recipient,
            target=one.said.target,
            pathway=one.said.pathway,
            effect=one.said.effect,
            cancer=one.cancer,
            references=references,
            cautions=cautions,
            permalink=permalink(record),
        )
        for one in found
    )
