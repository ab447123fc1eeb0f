"""Measures how vectors are searched as they become more: all of them, or in cells, or by what else FAISS has.

Run with `python benchmarks/vectors.py [SIZE…] [--vectors FILE.npy] [--questions FILE.npy] [--hnsw]`, sizes up to
1,000,000. Without files, the sentences of the starter documents and the questions of the fixed set are encoded. Where
there are fewer vectors than asked for, the others are made: a mixture of two, noise of length 0.3 added, of unit length
again. So figures tell how the ways compare, and what a size costs, more than what a real library of that size finds.

Times are of one thread's processor time, in ms a question, the median: a busy machine changes them less. All ways give
1,000 candidates, scored exactly in the end; recall is against all vectors. The crossing is the smallest size from which
on cells take less time than all.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.starter import starter_documents
from index.cells import CHUNK, Cells
from index.encoder import SentenceEncoder, Vectors, unit
from index.statements import split
from index.vectorpart import VectorPart, products
from index.vectors import VectorIndex
from qa.evaluation.judgments import load_questions
from qa.questions import fixed_set

SIZES: Final = (1_000, 5_000, 10_000, 20_000, 30_000, 50_000)
ASKED: Final = 100
POOL: Final = 1_000
SEGMENT: Final = 125_000
"""Vectors a part, at most."""
PROBED: Final = 0.08
"""The share of its lists that an inverted file of FAISS looks into."""

Search = Callable[[Vectors], NDArray[np.int64]]


def main() -> None:
    """Prints a line for each size and way, then the crossing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--vectors", type=Path, help="what to make the vectors of, (n, d) float32, unit length")
    parser.add_argument("--questions", type=Path, help="vectors of questions, likewise")
    parser.add_argument("--hnsw", action="store_true", help="also HNSW, which takes minutes to build")
    given = parser.parse_args()
    base, questions = vectors_of(given.vectors, starter), vectors_of(given.questions, asked)[:ASKED]
    print(f"{len(base)} vectors at hand, {len(questions)} questions; the other vectors are made of these")
    print("    size  way             build s  open ms  disk MB  anonymous MB  ms/question  recall@10  @1000")
    quicker: dict[int, bool] = {}
    for size in sorted(given.sizes):
        with tempfile.TemporaryDirectory() as folder:
            quicker[size] = compare(Path(folder), size, base, questions, hnsw=given.hnsw)
    crossing = [size for size in quicker if all(quicker[other] for other in quicker if other >= size)]
    print(f"cells take less time from {min(crossing):,} on" if crossing else "cells never take less time")


def vectors_of(file: Path | None, texts: Callable[[], list[str]]) -> Vectors:
    """The vectors in the file; without one, those of the texts."""
    return np.load(file) if file is not None else SentenceEncoder().encode(texts())


def starter() -> list[str]:
    """The sentences of the starter documents, each once."""
    return list(dict.fromkeys(one for _, text in starter_documents() for one in split(text.decode()) if len(one) > 20))


def asked() -> list[str]:
    """The questions of the fixed set that stand alone."""
    return [question.question for question in load_questions(fixed_set()) if not question.history]


def made(base: Vectors, size: int) -> Iterator[Vectors]:
    """`size` vectors, piece by piece: those at hand, and what is made of them."""
    random = np.random.default_rng(7)
    yield base[:size]
    for first in range(len(base), size, CHUNK):
        shape = (min(CHUNK, size - first), base.shape[1])
        one, other = (base[random.integers(len(base), size=shape[0])] for _ in range(2))
        share = random.uniform(0, 0.5, (shape[0], 1)).astype(np.float32)
        noise = random.standard_normal(shape, dtype=np.float32) * np.float32(0.3 / np.sqrt(shape[1]))
        yield unit((1 - share) * one + share * other + noise)


def compare(folder: Path, size: int, base: Vectors, questions: Vectors, *, hnsw: bool) -> bool:
    """Prints how each way does at a size; whether cells take less time than all."""
    rows = np.lib.format.open_memmap(folder / "all.npy", mode="w+", dtype=np.float32, shape=(size, base.shape[1]))
    first = 0
    for piece in made(base, size):
        rows[first : first + len(piece)] = piece
        first += len(piece)
    rows = rows[np.random.default_rng(1).permutation(size)]
    parts = np.split(rows, range(SEGMENT, size, SEGMENT))
    took = {}
    truth: list[NDArray[np.int64]] = []
    lists = SEGMENT // 128 if size >= SEGMENT else max(1, size // 128)
    ways: dict[str, Callable[[Path], None]] = {"all": lambda to: save_parts(to, parts, cells=False)}
    ways["cells"] = lambda to: save_parts(to, parts, cells=True)
    ways[f"IVF{lists},SQ8"] = lambda to: save_faiss(to, parts, f"IVF{lists},SQ8")
    ways[f"IVF{lists},PQ192x4fs"] = lambda to: save_faiss(to, parts, f"IVF{lists},PQ192x4fs")
    if hnsw:
        ways["HNSW16,SQ8"] = lambda to: save_faiss(to, parts, "HNSW16,SQ8")
    for name, save in ways.items():
        (to := folder / name).mkdir()
        start = time.process_time()
        save(to)
        built, before, start = time.process_time() - start, anonymous(), time.perf_counter()
        search = open_parts(to) if name in {"all", "cells"} else open_faiss(to, parts)
        opened = time.perf_counter() - start
        found, times = [], []
        for question in (questions[0], *questions):
            start = time.thread_time()
            found.append(search(question))
            times.append(1000 * (time.thread_time() - start))
        truth = truth or found
        recalls = [np.mean([np.isin(a[:k], b).mean() for a, b in zip(truth, found, strict=True)]) for k in (10, POOL)]
        took[name] = float(np.median(times[1:]))
        disk = sum(file.stat().st_size for file in to.rglob("*") if file.is_file()) / 2**20
        print(
            f"{size:8,}  {name:14}  {built:7.1f}  {1000 * opened:7.1f}  {disk:7.0f}  {anonymous() - before:12.0f}"
            f"  {took[name]:11.2f}  {recalls[0]:9.4f}  {recalls[1]:.4f}",
            flush=True,
        )
    return took["cells"] < took["all"]


def save_parts(to: Path, parts: Sequence[Vectors], *, cells: bool) -> None:
    """The product's parts are in numbered folders, with cells or without, whatever their size calls for."""
    for number, rows in enumerate(parts):
        held = Cells.trained(len(rows), rows.shape[1], rows.__getitem__) if cells else None
        VectorPart(rows if held is None else rows[held.order[1]], held).save(to / str(number))


def open_parts(to: Path) -> Search:
    """A search through what `save_parts` saved."""
    parts = [VectorPart.load(to / str(number)) for number in range(len(list(to.iterdir())))]
    vectors = VectorIndex(parts, parts[0].dimension)
    return lambda question: vectors.search(question, POOL)[0]


def save_faiss(to: Path, parts: Sequence[Vectors], factory: str) -> None:
    """For each part, what FAISS makes by this name, in a numbered file."""
    faiss.omp_set_num_threads(1)
    for number, rows in enumerate(parts):
        engine = faiss.index_factory(rows.shape[1], factory, faiss.METRIC_INNER_PRODUCT)
        if isinstance(engine, faiss.IndexIVF):
            engine.cp.niter, engine.cp.max_points_per_centroid = 8, 40
        engine.train(rows[:: max(1, len(rows) // 40_000)])
        engine.add(rows)
        faiss.write_index(engine, str(to / str(number)))


def open_faiss(to: Path, parts: Sequence[Vectors]) -> Search:
    """A search through what `save_faiss` saved: the best of each part, scored exactly."""
    engines = [faiss.read_index(str(to / str(number)), faiss.IO_FLAG_MMAP_IFC) for number in range(len(parts))]
    most = POOL if len(parts) == 1 else 2 * POOL // len(parts)

    def search(question: Vectors) -> NDArray[np.int64]:
        positions, scores = [], []
        for number, (engine, rows) in enumerate(zip(engines, parts, strict=True)):
            if isinstance(engine, faiss.IndexIVF):
                how = faiss.SearchParametersIVF(nprobe=max(1, round(PROBED * engine.nlist)))  # type: ignore[call-arg]
            else:
                how = faiss.SearchParametersHNSW(efSearch=most)  # type: ignore[call-arg]
            found = engine.search(question[np.newaxis], min(2 * most, len(rows)), params=how)[1][0]
            found = found[found >= 0]
            positions.append(found + number * SEGMENT)
            scores.append(products(rows, question, found))
        return np.concatenate(positions)[np.argsort(-np.concatenate(scores), kind="stable")[:POOL]]

    return search


def anonymous() -> float:
    """MB of this process's memory that are no file's; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon"))


if __name__ == "__main__":
    main()
