"""How fast folders are taken in, and in how much memory, beside a plain loop that reads the same files one by one.

Run with `python benchmarks/intake.py [--files N] [--pages N] [--model]`. First many small files (a short paper each,
with a table and references), then one long text, then the same text as a PDF. Both sides see the same bytes in the same
run; the plain loop only reads, `take_in` also compares, checks, indexes and writes. Vectors are hashes of the texts, as
cheap as can be, unless `--model` asks for the real model. Memory is the peak of each process, in MB of 1,000,000 bytes,
as Linux tells it.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from corpus.assemble import read_document
from corpus.limits import Limits
from corpus.workers import Workers
from index.encoder import Encoder, Identity, Progress, SentenceEncoder, Vectors, unit
from index.intake import sources_of, take_in

_WORDS: Final = (
    "heron", "kelp", "moss", "tide", "stone", "gill", "vesicle", "shore", "lantern", "fern", "fog", "cell", "wall",
    "signal", "growth",
)  # fmt: skip
_LINES: Final = 40
"""Lines of text on a page."""


class Cheap:
    """A vector made of a hash of the text: it costs nothing and means nothing."""

    def __init__(self) -> None:
        self.identity = Identity("cheap", "0" * 64, 64)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text, float32, unit length."""
        if progress is not None:
            progress(len(texts), len(texts))
        seeds = (hashlib.sha512(text.encode()).digest() for text in texts)
        return unit(np.array([np.frombuffer(seed, dtype=np.uint8) + 1.0 for seed in seeds]).reshape(len(texts), 64))


def main() -> None:
    """Prints a line for each way to read each kind of folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1_000, help="how many small files there are")
    parser.add_argument("--pages", type=int, default=900, help="how many pages the long text has")
    parser.add_argument("--model", action="store_true", help="encode with the real model")
    chosen = parser.parse_args()
    print(f"workers: {Limits.read().workers}; memory of a worker is limited to {Limits.read().memory_mb:g} MB")
    with tempfile.TemporaryDirectory() as folder:
        papers, book = Path(folder, "papers"), Path(folder, "book")
        papers.mkdir()
        for number in range(chosen.files):
            (papers / f"paper{number}.md").write_text(paper(number), encoding="utf-8")
        book.mkdir()
        (book / "book.txt").write_text("\n\n".join(map(page, range(chosen.pages))), encoding="utf-8")
        encoder = SentenceEncoder() if chosen.model else Cheap()
        for name, place in (("papers", papers), ("book", book), ("book as PDF", printed(book, Path(folder, "pdf")))):
            if place is not None:
                compare(name, place, Path(folder, f"library of {name}"), encoder)


def compare(name: str, folder: Path, library: Path, encoder: Encoder) -> None:
    """What the plain loop takes, what a first and a second `take_in` take."""
    sources = sources_of([folder])

    def plain() -> None:
        for source in sources:
            read_document(source.name, source.load(), document_id="paper", source=source.place)

    workers = Workers()
    report(f"{name}: plain loop, reading only", len(sources), plain)
    report(f"{name}: take_in", len(sources), lambda: take_in(library, encoder, sources, workers=workers))
    report(f"{name}: take_in again", len(sources), lambda: take_in(library, encoder, sources, workers=workers))
    print(f"    peaks so far: this process {peak('self'):,.0f} MB, a worker {max(map(peak, children())):,.0f} MB")
    workers.close()


def report(name: str, files: int, work: Callable[[], object]) -> None:
    """A line on how long it took."""
    gc.collect()
    begun = time.perf_counter()
    work()
    took = time.perf_counter() - begun
    print(f"{name:<40}{took:8.1f} s{files / took:10.1f} files/s", flush=True)


def peak(process: str) -> float:
    """The most memory that a process had, in MB."""
    # not what `getrusage` says of children, which begins with what their parent had
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc", process, "status").read_text(encoding="utf-8"))
    return int(found[1]) * 1_024 / 1e6 if found else 0.0


def children() -> list[str]:
    """The processes that this one has begun and that have not ended; "self" where there are none."""
    found = [child for task in Path("/proc/self/task").iterdir() for child in (task / "children").read_text().split()]
    return found or ["self"]


def sentence(seed: int) -> str:
    """Some words, the same for the same seed."""
    picked = [_WORDS[(seed * step + step) % len(_WORDS)] for step in (3, 5, 7, 11, 13)]
    return f"The {' '.join(picked)} of sample {seed} carries miR-{seed % 400 + 10}."


def paper(number: int) -> str:
    """A short paper."""
    body = " ".join(sentence(number * 31 + line) for line in range(12))
    rows = "\n".join(f"| miR-{row + 1} | {_WORDS[(number + row) % len(_WORDS)]} | [1] |" for row in range(5))
    table = f"Table 1. Cargo\n\n| miRNA | Where | Ref |\n| --- | --- | --- |\n{rows}"
    reference = f"1. Ito A. Notes on sample {number}. Wind Notes 2019;4:1-9."
    return f"# Sample {number}\n\n## Findings\n\n{body} [1]\n\n{table}\n\n## References\n\n{reference}\n"


def page(number: int) -> str:
    """As much text as a page holds."""
    return "\n".join(sentence(number * _LINES + line) for line in range(_LINES))


def printed(book: Path, folder: Path) -> Path | None:
    """The book set as a PDF in a folder; None where typst is not installed."""
    try:
        import typst  # noqa: PLC0415 (of the tests, and not always there)
    except ImportError:
        return None
    folder.mkdir()
    pages = (book / "book.txt").read_text(encoding="utf-8").split("\n\n")
    (folder / "book.typ").write_text("#set page(width: 20cm, height: 30cm)\n" + "\n#pagebreak()\n".join(pages))
    typst.compile(str(folder / "book.typ"), output=str(folder / "book.pdf"))
    return folder


if __name__ == "__main__":
    main()
