"""What a record says of a mechanism: molecule, direction, source, recipient, target, pathway, effect, cancer.

In comes a passage or a table row; out come `Mechanism`s, every filled cell of which is a span of the document's text,
and empty where the record does not say. There is no model in it: rows are read by their headers (`rows`).
"""

from __future__ import annotations

from corpus.records import Passage, Record
from qa.mechanisms.rows import cancers, columns_of, filled, molecules, parts
from qa.permalinks import permalink
from qa.results import Caution, Mechanism, ReferenceCard

_DOUBTFUL = frozenset({"contradicted", "merged"})


def mechanisms_in(
    record: Record, text: str, *, references: tuple[ReferenceCard, ...] = (), cautions: tuple[Caution, ...] = ()
) -> tuple[Mechanism, ...]:
    """What a record says, in its order; nothing of a row that its own study contradicts or that is two run together.

    Args:
        text: of the whole document.
        references: the primary studies that the record cites.
        cautions: reasons to read the record with care.
    """
    if isinstance(record, Passage) or any(caution.kind in _DOUBTFUL for caution in cautions):
        return ()
    columns = columns_of(record)
    if "molecule" not in columns or not molecules(columns["molecule"].text):
        return ()
    cells = {kind: columns.get(kind) for kind in ("molecule", "cancer", "source", "recipient", "effect", "mechanism")}
    read = {kind: cell.text if cell else "" for kind, cell in cells.items()}
    return (
        Mechanism(
            record.id, record.document_id, record.start, record.end,
            molecule=filled(cells["molecule"], molecules(read["molecule"])),
            direction=(),
            negated=False,
            source=filled(cells["source"], parts(read["source"])),
            recipient=filled(cells["recipient"], parts(read["recipient"])),
            target=(),
            pathway=(),
            effect=filled(cells["effect"], parts(read["effect"])),
            cancer=filled(cells["cancer"], cancers(read["cancer"])),
            references=references, cautions=cautions, permalink=permalink(record),
        ),
    )  # fmt: skip
