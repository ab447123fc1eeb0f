"""What a large collection takes: measures what a passage costs, and works out the rest; `docs/scale.md` is its page.

Run with `python benchmarks/scale.py BEIR_FOLDER [--documents N] [--encode N]`, and with the sizes of your collection
and machines (`--abstracts`, `--machines`, `--cores`, `--price`). The abstracts of the folder are read as papers are
and put into a library, two thousand passages at a time, as `exocite add` does it, by an encoder that draws a vector
from the hash of each text, so that nothing but reading and writing is measured there; some of the texts are encoded by
the real model. Times are those of the processor, summed over its cores; a machine that is busy with other work makes
them longer too, though less than those of the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from corpus.assemble import read_document
from corpus.records import Reading
from index.encoder import DEFAULT_MODEL, Identity, Progress, SentenceEncoder, Vectors, unit
from index.intake.held import Held
from index.lean import Lean
from index.library import Library, change_library
from index.shards.part import Part
from index.shards.shard import as_keys, keys_of, write_shard
from index.shards.shelf import Shelf
from index.texts import encoded_text

_BATCH: Final = 2_000
"""Passages that are written together, as `exocite add` does it."""
_HOUR: Final = 3_600
_ON_DISK: Final = "on disk, in "


class Drawn:
    """Gives a text a vector that its hash decides, which is drawn before anything is measured."""

    identity = Identity("drawn", "0" * 64, 384)

    def __init__(self, texts: Sequence[str]) -> None:
        seeds = (int.from_bytes(bytes(one[:8]), "big") for one in keys_of(texts))
        drawn = unit(np.array([np.random.default_rng(seed).standard_normal(384) for seed in seeds]))
        self._known = dict(zip(texts, drawn, strict=True))

    def encode(self, texts: Sequence[str], _: Progress | None = None) -> Vectors:
        """One row a text, float32, unit length."""
        return np.stack([self._known[text] for text in texts])


@dataclass(slots=True)
class Measured:
    """What was measured, by name; times in seconds of one core."""

    values: dict[str, float] = field(default_factory=dict)

    def put(self, name: str, value: float, unit_: str) -> None:
        """The figure is known, and printed."""
        self.values[name] = value
        print(f"| {name} | {value:,.4g} {unit_} |", flush=True)


def main() -> None:
    """Prints what was measured, then what follows for the collection, as two tables of Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=100_000, help="of the folder, at most")
    parser.add_argument("--encode", type=int, default=600, help="passages that the real model encodes")
    parser.add_argument("--abstracts", type=float, default=37e6)
    parser.add_argument("--machines", type=int, default=32)
    parser.add_argument("--cores", type=int, default=16, help="of each machine")
    parser.add_argument("--price", type=float, default=0.40, help="of a machine for an hour, in your currency")
    chosen = parser.parse_args()
    print(f"Measured on {os.cpu_count()} cores, {time.strftime('%d %B %Y')}")
    print("\n| One passage or abstract | |\n| --- | --- |")
    measured = Measured()
    readings = read(chosen.folder, chosen.documents, measured)
    texts = [encoded_text(passage) for reading in readings for passage in reading.passages]
    with tempfile.TemporaryDirectory() as folder:
        encoding(texts, chosen.encode, measured)
        drawn = Drawn(texts)
        shelving(texts, drawn, Path(folder), measured)
        building(readings, drawn, Path(folder) / "library", measured)
    print("\n| The collection | |\n| --- | --- |")
    for name, told in worked_out(measured.values, chosen.abstracts, chosen.machines, chosen.cores, chosen.price):
        print(f"| {name} | {told} |")


def read(folder: Path, most: int, measured: Measured) -> list[Reading]:
    """The abstracts as papers."""
    with (folder / "corpus.jsonl").open(encoding="utf-8") as lines:
        entries = [json.loads(line) for line in islice(lines, most)]
    papers = [f"# {entry['title']}\n\n{entry['text']}\n".encode() for entry in entries]
    start = time.process_time()
    readings = [
        read_document(f"{place}.md", paper, document_id=f"d{place}", source=f"/{place}.md")
        for place, paper in enumerate(papers)
    ]
    spent = time.process_time() - start
    passages = sum(len(reading.passages) for reading in readings)
    measured.put("abstracts", len(readings), "")
    measured.put("passages an abstract", passages / len(readings), "")
    measured.put("reading an abstract", spent / len(readings) * 1e3, "ms")
    return readings


def encoding(texts: Sequence[str], most: int, measured: Measured) -> None:
    """What the real model takes for some of the texts, spread over all."""
    some = [texts[place] for place in np.linspace(0, len(texts) - 1, min(most, len(texts))).astype(int)]
    encoder = SentenceEncoder(DEFAULT_MODEL)
    runtime = encoder.load()
    if isinstance(runtime, Lean):
        measured.put("tokens a passage", float(np.mean([len(one) for one in runtime.tokens(some)])), "")
    encoder.encode(some[:64])
    wall, start = time.perf_counter(), time.process_time()
    encoder.encode(some)
    spent, took = time.process_time() - start, time.perf_counter() - wall
    measured.put("passages encoded a second of one core", len(some) / spent, "")
    measured.put("the same by the clock, all cores", len(some) / took, "")


def shelving(texts: Sequence[str], encoder: Drawn, folder: Path, measured: Measured) -> None:
    """What a text takes in a shard, and to be found there."""
    some = list(dict.fromkeys(texts))[:20_000]
    path = write_shard(folder, Part().label, encoder.identity, keys_of(some), encoder.encode(some), as_keys([]))
    measured.put("a passage in a shard", path.stat().st_size / len(some), "bytes")
    shelf = Shelf.open(folder, encoder.identity)
    start = time.process_time()
    for first in range(0, len(some), _BATCH):
        shelf.find(keys_of(some[first : first + _BATCH]))
    measured.put("taking a passage from a shard", (time.process_time() - start) / len(some) * 1e3, "ms")


def building(readings: Sequence[Reading], encoder: Drawn, library: Path, measured: Measured) -> None:
    """What a passage costs to be written, and on disk; what an abstract costs in memory."""
    spent = []
    for batch in batches(readings):
        start = time.process_time()
        change_library(library, encoder, add=batch).close()
        spent.append((time.process_time() - start, sum(len(reading.passages) for reading in batch)))
    whole = sum(records for _, records in spent)
    measured.put("passages in the library", whole, "")
    measured.put("writing a passage into an empty library", spent[0][0] / spent[0][1] * 1e3, "ms")
    measured.put("writing a passage, merging included", sum(took for took, _ in spent) / whole * 1e3, "ms")
    with closing(Library.open(library)) as opened:
        folders = [segment.folder for segment in opened.parts.segments]
        for name in sorted({place.name for one in folders for place in one.iterdir()}):
            measured.put(f"{_ON_DISK}{name}", sum(size(one / name) for one in folders) / whole, "bytes")
        pairs = sum(len(segment.words.positions) for segment in opened.parts.segments)
        measured.put("different words a passage", pairs / whole, "")
    measured.put("a passage in the library", size(library) / whole, "bytes")
    tracemalloc.start()
    held = Held.of(library, encoder)
    measured.put("an abstract in memory while adding", tracemalloc.get_traced_memory()[0] / len(readings), "bytes")
    tracemalloc.stop()
    del held


def batches(readings: Sequence[Reading]) -> Iterator[list[Reading]]:
    """The readings, as many together as `exocite add` writes at once."""
    batch: list[Reading] = []
    for reading in readings:
        batch.append(reading)
        if sum(len(one.passages) for one in batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def size(place: Path) -> int:
    """Bytes of a file, or of those below a folder."""
    return sum(file.stat().st_size for file in ([place] if place.is_file() else place.rglob("*")) if file.is_file())


def worked_out(
    one: dict[str, float], abstracts: float, machines: int, cores: int, price: float
) -> Iterator[tuple[str, str]]:
    """Name and value of each figure for a whole collection."""
    passages = abstracts * one["passages an abstract"]
    encode = passages / one["passages encoded a second of one core"] / _HOUR
    reading = abstracts * one["reading an abstract"] / 1e3 / _HOUR
    writing = passages * one["writing a passage, merging included"] / 1e3 / _HOUR
    hours = (encode + reading) / cores / machines
    yield "passages", f"{passages / 1e6:,.0f} million"
    yield "encoding, hours of one core", f"{encode:,.0f}"
    yield "reading, hours of one core", f"{reading:,.0f}"
    yield f"both on {machines} machines of {cores} cores", f"{hours:,.1f} h"
    yield f"cost, if such a machine costs {price:.2f} an hour", f"{hours * machines * price:,.0f}"
    yield "shards", gigabytes(passages * one["a passage in a shard"])
    yield "memory for finding what is in the shards", gigabytes(passages * 16)
    yield "writing the library, hours of one core", f"{writing:,.0f}"
    yield "the library's folder", gigabytes(passages * one["a passage in the library"])
    for name in (name for name in one if name.startswith(_ON_DISK)):
        yield f"of that {name.removeprefix(_ON_DISK)}", gigabytes(passages * one[name])
    held = abstracts * one["an abstract in memory while adding"]
    yield "memory for what is known of all abstracts while adding", gigabytes(held)


def gigabytes(count: float) -> str:
    """So many bytes, in GB."""
    return f"{count / 1e9:,.0f} GB"


if __name__ == "__main__":
    main()
