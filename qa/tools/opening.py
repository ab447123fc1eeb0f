"""One piece of evidence, opened by its address: its words as they stand now, between those around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from corpus.errors import InputError
from corpus.records import Passage, Reading, Record, record_id
from corpus.stores import Stores
from index.hits import Hit
from qa.citations import also_cards, evidence
from qa.permalinks import locate
from qa.results import Evidence

MOST_CONTEXT: Final = 5_000
"""Characters that may be shown on each side."""

_PERMALINK: Final = re.compile(r"/evidence/([a-z0-9-]+)/(\d{1,12})-(\d{1,12})\?text=([0-9a-f]+)$")
_TOLD: Final = {
    "same": "The words stand where they did.",
    "moved": "The file has changed since, and the words stand elsewhere in it now.",
    "changed": "The file has changed since, and the words of this link stand nowhere in it as they did. What follows "
    "is the passage or row that is nearest now: it is not what was cited.",
}


@dataclass(frozen=True, slots=True)
class OpenedEvidence:
    """What an address of evidence leads to.

    Attributes:
        state: `same` where the very words stand at the very characters, `moved` where they stand at others, `changed`
            where they stand nowhere as they did: then the evidence is another, the nearest.
        message: the same in words.
        evidence: the passage or row as it is now; its rank is 1 and its score 0, since nothing was searched.
        before, after: the characters of the paper's text around it.
    """

    state: Literal["same", "moved", "changed"]
    message: str
    evidence: Evidence
    before: str
    after: str


def open_evidence(store: Stores, address: str, context: int) -> OpenedEvidence:
    """What the address leads to in a library now.

    Args:
        address: a permalink, with or without what comes before `/evidence/`, or the id of a passage or row.
        context: how many characters before and after it to show, at most 5,000 each.

    Raises:
        InputError: it is no such address, or nothing is left in the document to show.
        UnknownDocument, UnknownRecord: what it names is not in the library.
    """
    if match := _PERMALINK.search(address.strip()):
        document_id, start, end = match[1], int(match[2]), int(match[3])
        reading = store.reading(document_id)
        place = locate(reading, start, end, match[4])
        state = place.state
        if place.start is None or place.end is None:
            msg = f"The file of '{document_id}' has changed since, and holds nothing that can be cited any more."
            raise InputError(msg)
        record = _at(reading, place.start, place.end)
    elif "/" in address or ":" not in address:
        msg = f"'{address}' is no address of evidence; give the `permalink` or the `id` of a piece of evidence."
        raise InputError(msg)
    else:
        state, record = "same", store.record(address.strip())
        reading = store.reading(record.document_id)
    text = reading.document.text
    before = text[max(0, record.start - context) : record.start]
    return OpenedEvidence(
        state, _TOLD[state], _evidence(store, record), before, text[record.end : record.end + context]
    )


def _at(reading: Reading, start: int, end: int) -> Record:
    """The record that is these characters; where passages are cut otherwise now, one of the very words."""
    for record in reading.records:
        if (record.start, record.end) == (start, end):
            return record
    document = reading.document
    return Passage(record_id(document.id, start, end), document.id, start, end, document.text[start:end])


def _evidence(store: Stores, record: Record) -> Evidence:
    summaries = {summary.id: summary for summary in store.summaries()}
    cited = store.cited(record)
    also = also_cards({entry.marker: store.also_cited(entry) for entry in cited}, summaries)
    hit = Hit(record.id, 0.0, 1)
    return evidence(hit, record, summaries[record.document_id], cited, store.check(record.id), also)
