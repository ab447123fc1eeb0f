"""What each engine takes and finds on a BEIR folder: time to put it there, time of a question, and whether they agree.

Run with `python benchmarks/engines.py DIR [--engine-uri URI] [--vectors HNSW] [--questions N]`. A record is a whole
document. Without an address, Milvus Lite in a temporary folder is asked; of a server, the collection is dropped
afterwards (EXOCITE_ENGINE_TOKEN is what it is shown). Both engines rank the same questions in turns, after ten to warm
them; the encoder's time is not in the figures. Times are milliseconds of the ranking as a whole. Beside each, the time
of its proposing alone. Recall@10 is the share of the ten nearest by exact products.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.encoder import SentenceEncoder, Vectors
from index.engine import Engine, SegmentPart
from index.engines.milvus import MilvusEngine
from index.engines.milvusids import RecordIds, partition_of
from index.engines.milvusserver import MilvusCollection
from index.engines.milvuswriting import MilvusWriting
from index.postings import Postings
from index.ranking import Ranker, Ranking
from index.vectorpart import VectorPart
from qa.evaluation.beir import BeirDocument, BeirSet, read_beir
from qa.evaluation.metrics import ndcg
from qa.evaluation.systems import beir_ranker, text_vectors
from qa.settings import Settings

Positions = NDArray[np.int64]
_Told = TypeVar("_Told")
_DEEP: Final = 100
_WARM: Final = 10


def main() -> None:
    """Prints what each engine takes and finds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("beir", type=Path, help="the BEIR folder")
    parser.add_argument("--engine-uri", default="", help="an address of Milvus, or a path that ends in .db")
    parser.add_argument("--vectors", default="FLAT", choices=["FLAT", "HNSW"], help="how Milvus looks for vectors")
    parser.add_argument("--questions", type=int, default=1_000_000, help="how many are asked")
    chosen = parser.parse_args()
    given, encoder = read_beir(chosen.beir), SentenceEncoder()
    given = replace(given, questions=given.questions[: chosen.questions])
    ranker = beir_ranker(given.documents, encoder)
    vectors = text_vectors([one.question for one in given.questions], encoder)
    with tempfile.TemporaryDirectory() as folder:
        address = chosen.engine_uri or str(Path(folder) / "milvus.db")
        connect = partial(
            MilvusCollection, address, f"exocite_{uuid.uuid4().hex[:12]}", os.environ.get("EXOCITE_ENGINE_TOKEN", "")
        )
        segment = uuid.uuid4().hex[:12]
        part = part_of(given.documents, ranker)
        with closing(MilvusWriting(connect(), part.vectors.dimension, chosen.vectors, ranker.words.mean)) as writing:
            start = time.perf_counter()
            writing.put(segment, part)
            print(f"{len(part):,} records put with Milvus in {time.perf_counter() - start:.1f} s", flush=True)
            writing.seal("benchmark")
            asked = MilvusEngine(
                *(ranker.vectors, ranker.words, ranker.ids),
                segments=[(segment, len(part))],
                content_hash="benchmark",
                connect=connect,
                is_current=lambda: True,
            )
            compare(given, ranker, {"faiss": ranker.engine, "milvus": asked}, vectors)
            proposed = recall(ranker, vectors, lambda vector: asked.nearest(vector, 1000, None))
            print(f"recall@10 of what is proposed {proposed:.4f}")
            with connect() as collection:
                for k in (10, 100, 1000):
                    found = recall(ranker, vectors, nearest_in(collection, segment, len(part), k))
                    print(f"recall@10 of {k:,} that Milvus is asked for {found:.4f}")
            asked.close()
            writing.discard()


def part_of(documents: Sequence[BeirDocument], ranker: Ranker) -> SegmentPart:
    """The documents as a segment: each a record."""
    words = [ranker.vocabulary.record_words(document.text, document.id) for document in documents]
    vectors = ranker.vectors.vectors(np.arange(len(documents), dtype=np.int64))
    told = [(document.id, 1, None) for document in documents]
    return SegmentPart(VectorPart.build(vectors), Postings.build(words), told, ["passage"] * len(documents))


def compare(given: BeirSet, ranker: Ranker, engines: dict[str, Engine], vectors: dict[str, Vectors]) -> None:
    """Prints how long each engine takes, what it finds, and in how much they agree."""
    weight = Settings().words_weight
    rankings: dict[str, list[Ranking]] = {name: [] for name in engines}
    took: dict[str, list[float]] = {name: [] for name in engines}
    proposing: dict[str, list[float]] = {name: [] for name in engines}
    for number, question in enumerate([*given.questions[:_WARM], *given.questions]):
        vector, text = vectors[question.question], question.question
        for name, engine in engines.items():
            ranker.engine = engine
            ranking, ms = timed(partial(ranker.rank, vector, text, _DEEP, weight=weight))
            words, nearest = (
                timed(partial(engine.likely, ranking.asked, 1000, None))[1],
                partial(engine.nearest, vector),
            )
            if number >= _WARM:
                rankings[name].append(ranking)
                took[name].append(ms)
                proposing[name].append(words + timed(partial(nearest, 1000, None))[1])
    for name in engines:
        found = [
            ndcg([hit.record_id for hit in one.hits[:10]], given.qrels[question.id], 10)
            for one, question in zip(rankings[name], given.questions, strict=True)
        ]
        p50, p95 = statistics.median(took[name]), statistics.quantiles(took[name], n=20)[-1]
        alone = statistics.median(proposing[name])
        print(f"{name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, of which proposing {alone:.1f} ms; ", end="")
        print(f"nDCG@10 {statistics.fmean(found):.4f}")
    pairs = [
        [[(hit.record_id, hit.score) for hit in one.hits[:10]] for one in both]
        for both in zip(*rankings.values(), strict=True)
    ]
    equal = sum(one == other for one, other in pairs)
    alike = sum([id_ for id_, _ in one] == [id_ for id_, _ in other] for one, other in pairs)
    shared = statistics.fmean(len({*dict(one)} & {*dict(other)}) / max(len(one), 1) for one, other in pairs)
    print(f"{len(pairs)} questions: top 10 equal with scores {equal}, same order {alike}, overlap {shared:.4f}")


def nearest_in(collection: MilvusCollection, segment: str, count: int, k: int) -> Callable[[Vectors], Positions]:
    """Asks Milvus itself for so many positions, in the one segment that is there."""
    records, partitions = RecordIds([(segment, count)]), [partition_of(segment)]
    return lambda vector: records.positions(collection.search("vector", vector.tolist(), k, partitions, ""))


def recall(ranker: Ranker, vectors: dict[str, Vectors], nearest: Callable[[Vectors], Positions]) -> float:
    """The share of the ten nearest records that are among those named; mean over the questions.

    Those that are as near as the tenth count as it does.
    """
    shares, every = [], np.arange(len(ranker.ids), dtype=np.int64)
    for vector in vectors.values():
        scores = ranker.vectors.scores(vector, every)
        least = np.sort(scores)[-10]
        shares.append(min(int((scores[nearest(vector)] >= least).sum()), 10) / 10)
    return statistics.fmean(shares)


def timed(work: Callable[[], _Told]) -> tuple[_Told, float]:
    """What `work` gives, and how many milliseconds it takes."""
    start = time.perf_counter()
    given = work()
    return given, (time.perf_counter() - start) * 1e3


if __name__ == "__main__":
    main()
