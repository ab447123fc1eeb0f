"""Rankers over records that are in no library, which Milvus Lite proposes."""

from __future__ import annotations

import uuid
from functools import partial
from pathlib import Path

from index.engine import SegmentPart
from index.engines.milvus import MilvusEngine
from index.engines.milvusserver import MilvusCollection
from index.engines.milvuswriting import MilvusWriting
from index.ranking import Ranker


class Lite:
    """Milvus Lite in a folder, open as long as this is."""

    def __init__(self, folder: Path) -> None:
        self._connect = partial(MilvusCollection, str(folder / "milvus.db"))
        self._open = self._connect("exocite_nothing", "")
        self._engines: list[MilvusEngine] = []

    def proposing(self, ranker: Ranker) -> Ranker:
        """The same ranker, its records proposed from a collection of its own, however few of them may be found."""
        (_, words), (vectors,), count = *ranker.words._parts, ranker.vectors._parts, len(ranker.ids)
        segment = uuid.uuid4().hex[:12]
        connect = partial(self._connect, f"exocite_{segment}", "")
        if count:
            writing = MilvusWriting(connect(), ranker.vectors.dimension, "FLAT", ranker.words.mean)
            writing.put(segment, SegmentPart(vectors, words, [("d", count, None)], ["passage"] * count))
            writing.seal("hash")
            writing.close()
        engine = MilvusEngine(
            *(ranker.vectors, ranker.words, ranker.ids),
            segments=[(segment, count)] if count else [],
            content_hash="hash",
            connect=connect,
            is_current=lambda: True,
            few=0,
        )
        self._engines.append(engine)
        ranker.engine = engine
        return ranker

    def close(self) -> None:
        """Milvus Lite has stopped."""
        for engine in self._engines:
            engine.close()
        self._open.close()
