"""The vectors of the records that come into a library, made while other work goes on."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import partial

import numpy as np

from corpus.records import Reading, Record
from index.aside import Aside
from index.encoder import Encoder, Progress, Vectors
from index.segment import Segment
from index.texts import encoded_text


class Encoding:
    """The vectors of all that some readings say, begun at once: a model leaves the interpreter free for other work.

    Args:
        held: every segment there was: of a document that is replaced, what has not changed is taken from there.
        progress: told how many of the new texts are encoded.
    """

    def __init__(
        self, encoder: Encoder, readings: Sequence[Reading], held: Sequence[Segment], progress: Progress | None = None
    ) -> None:
        known = _known(held, {reading.document.id for reading in readings})
        texts = [encoded_text(record) for reading in readings for record in reading.records]
        new = [text for text in dict.fromkeys(texts) if text not in known]
        self._known, self._new = known, {text: place for place, text in enumerate(new)}
        self._dimension = encoder.identity.dimension
        self._encoded = Aside(partial(encoder.encode, new, progress)) if new else None

    def of(self, records: Sequence[Record]) -> Vectors:
        """The vector of each, `(len(records), dimension)` float32, waited for.

        Raises what the encoder raises, and `KeyError` for a record that no reading had.
        """
        encoded = self._encoded.result() if self._encoded else ()
        vectors = np.zeros((len(records), self._dimension), dtype=np.float32)
        for place, text in enumerate(map(encoded_text, records)):
            vectors[place] = self._known[text] if text in self._known else encoded[self._new[text]]
        return vectors


def _known(held: Sequence[Segment], replaced: Set[str]) -> dict[str, Vectors]:
    """The vectors of the records of documents that are about to be replaced, by the text that they are of."""
    known: dict[str, Vectors] = {}
    for segment in held:
        for document_id in (id_ for id_, _ in segment.store.firsts if id_ in replaced):
            positions = segment.store.positions([document_id]) or ()
            vectors = segment.vectors.vectors(np.array(positions, dtype=np.int64))
            records = segment.store.records(positions)
            known.update((encoded_text(record), vector) for record, vector in zip(records, vectors, strict=True))
    return known
