"""Engines for word search beside one another: ours, SQLite FTS5, tantivy and bm25s, over made-up passages.

Run with `python benchmarks/words.py [--passages N] [--texts FOLDER ...]`. A passage is five sentences drawn at random
from the starter library's digests (one in four of them) and from texts in BEIR's layout (the rest), and one word that
hardly any other has, so that the vocabulary grows as that of papers does. Every engine gets the same index words, so
that none is better by its tokens; the questions are those of the fixed set that stand alone. Each engine runs in
processes of its own: one builds, another opens what was built, asks every question, adds a document of 100 passages
and removes one. `overlap` is the share of the ten best by the exact formula that are among an engine's ten best; where
more tie with the tenth, any of them is right. `CPU ms` is how long the processor works on a question,
on average. An engine that is not installed is passed over.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from corpus.starter import starter_documents
from index.postings import Postings
from index.statements import split
from index.tokens import words
from index.words import WordIndex, leading
from qa.evaluation.beir import read_beir
from qa.evaluation.judgments import load_questions
from qa.questions import fixed_set

_SENTENCES: Final = 5
_DOCUMENT: Final = 100
_SEGMENT: Final = 250_000
_BATCH: Final = 10_000
_PATIENCE: Final = 60.0
"""Seconds after which an engine is asked no more."""


class Engine(Protocol):
    """What finds passages by words; a passage's number is its place among those built, then counts on."""

    def build(self, passages: Passages) -> None:
        """All passages are on the disk."""

    def open(self) -> None:
        """What was built is ready to be asked."""

    def best(self, asked: Sequence[str], k: int) -> list[int]:
        """The numbers of the best `k`, best first."""

    def add(self, texts: Sequence[Sequence[str]]) -> None:
        """These passages are found too."""
        raise NotImplementedError

    def remove(self, first: int, texts: Sequence[Sequence[str]]) -> None:
        """The passages from `first` on, which hold these words, are found no more."""
        raise NotImplementedError


class Passages:
    """Passages by the numbers of their sentences, so that a million of them need little memory."""

    def __init__(self, folder: Path) -> None:
        self._sentences: list[list[str]] = json.loads((folder / "sentences.json").read_text())
        self._drawn = np.load(folder / "drawn.npy")

    def __len__(self) -> int:
        return len(self._drawn)

    def texts(self, start: int, end: int) -> list[list[str]]:
        """The words of the passages from `start` to `end`; beyond the last ones begin the first again."""
        drawn = self._drawn[np.arange(start, end) % len(self)].tolist()
        return [[*(w for one in sentences for w in self._sentences[one]), f"own{own}"] for *sentences, own in drawn]


def make_passages(folder: Path, count: int, texts: Sequence[Path]) -> None:
    """Made-up passages are in `folder`; words are there by numbers, as every engine takes letters and digits."""
    numbers: dict[str, str] = {}

    def told(sentence: str) -> list[str]:
        return [numbers.setdefault(word, f"w{len(numbers)}") for word in words(sentence)]

    starter = [told(one) for _, data in starter_documents() for one in split(data.decode())]
    others = [told(one) for place in texts for document in read_beir(place).documents for one in split(document.text)]
    others = others or starter
    random = np.random.default_rng(7)
    drawn = random.integers(len(starter), len(starter) + len(others), (count, _SENTENCES + 1))
    ours = random.random(drawn.shape) < 1 / 4
    drawn[ours] = random.integers(0, len(starter), np.count_nonzero(ours))
    drawn[:, -1] = random.integers(0, count, count)
    np.save(folder / "drawn.npy", drawn)
    (folder / "sentences.json").write_text(json.dumps([*starter, *others]))
    questions = [told(question.question) for question in load_questions(fixed_set()) if not question.history]
    (folder / "questions.json").write_text(json.dumps([question for question in questions if question]))


class Ours:
    """Segments of 250,000 passages at most, mapped from the disk; a document is a segment until it is merged."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: list[Postings] = []

    def build(self, passages: Passages) -> None:
        """As `Engine` says."""
        for start in range(0, len(passages), _SEGMENT):
            self._save(Postings.build(passages.texts(start, min(start + _SEGMENT, len(passages)))))

    def open(self) -> None:
        """As `Engine` says."""
        self._parts = [Postings.load(place) for place in sorted(self._folder.iterdir())]
        self._known = WordIndex(self._parts)

    def best(self, asked: Sequence[str], k: int) -> list[int]:
        """As `Engine` says."""
        scores = self._known.scores(asked)
        found = leading(scores, k)
        return [int(place) for place in found[np.lexsort((found, -scores[found]))][:k]]

    def add(self, texts: Sequence[Sequence[str]]) -> None:
        """As `Engine` says."""
        self._save(Postings.build(texts))
        self.open()

    def remove(self, first: int, texts: Sequence[Sequence[str]]) -> None:
        """As `Engine` says."""
        number, place = divmod(first, _SEGMENT)
        part = self._parts[number]
        places = np.arange(len(part)) - len(texts)
        places[: place + len(texts)] += len(texts)
        places[place : place + len(texts)] = -1
        shutil.rmtree(self._folder / f"{number:04}")
        self._save(Postings.merged([(part, places)], len(part) - len(texts)), number)
        self.open()

    def _save(self, part: Postings, number: int | None = None) -> None:
        place = len([*self._folder.iterdir()]) if number is None else number
        part.save(self._folder / f"{place:04}")


class Fts5:
    """SQLite's own full-text index, without a copy of the texts; k1 and b are built in."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "words.sqlite")

    def build(self, passages: Passages) -> None:
        """As `Engine` says."""
        self._db.execute("CREATE VIRTUAL TABLE told USING fts5(words, content='')")
        for start in range(0, len(passages), _BATCH):
            self._insert(start, passages.texts(start, min(start + _BATCH, len(passages))))
        self._db.execute("INSERT INTO told(told) VALUES ('optimize')")
        self._db.commit()

    def open(self) -> None:
        """As `Engine` says."""
        self._size = int(self._db.execute("SELECT count(*) FROM told_docsize").fetchone()[0])

    def best(self, asked: Sequence[str], k: int) -> list[int]:
        """As `Engine` says."""
        query = " OR ".join(f'"{word}"' for word in asked)
        found = self._db.execute("SELECT rowid FROM told WHERE told MATCH ? ORDER BY rank LIMIT ?", (query, k))
        return [int(number) for (number,) in found]

    def add(self, texts: Sequence[Sequence[str]]) -> None:
        """As `Engine` says."""
        self._insert(self._size, texts)
        self._db.commit()

    def remove(self, first: int, texts: Sequence[Sequence[str]]) -> None:
        """As `Engine` says."""
        rows = ((number, " ".join(text)) for number, text in enumerate(texts, start=first))
        self._db.executemany("INSERT INTO told(told, rowid, words) VALUES ('delete', ?, ?)", rows)
        self._db.commit()

    def _insert(self, first: int, texts: Sequence[Sequence[str]]) -> None:
        rows = ((number, " ".join(text)) for number, text in enumerate(texts, start=first))
        self._db.executemany("INSERT INTO told(rowid, words) VALUES (?, ?)", rows)


class Tantivy:
    """A search engine in Rust: lengths are rounded to one byte, the best are found without scoring the rest."""

    def __init__(self, folder: Path) -> None:
        import tantivy  # noqa: PLC0415 (may not be there)

        self._library = tantivy
        schema = tantivy.SchemaBuilder()
        schema.add_unsigned_field("number", indexed=True, fast=True)
        schema.add_text_field("words", index_option="freq")
        self._schema = schema.build()
        self._index = tantivy.Index(self._schema, path=str(folder))

    def build(self, passages: Passages) -> None:
        """As `Engine` says."""
        writer = self._index.writer(heap_size=256_000_000, num_threads=1)
        for start in range(0, len(passages), _BATCH):
            self._write(writer, start, passages.texts(start, min(start + _BATCH, len(passages))))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """As `Engine` says."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def best(self, asked: Sequence[str], k: int) -> list[int]:
        """As `Engine` says."""
        query, should = self._library.Query, self._library.Occur.Should
        clauses = [(should, query.term_query(self._schema, "words", word, "freq")) for word in asked]
        found = [address for _, address in self._searcher.search(query.boolean_query(clauses), k, count=False).hits]
        return [int(number) for number in self._searcher.fast_field_values("number", found)]

    def add(self, texts: Sequence[Sequence[str]]) -> None:
        """As `Engine` says."""
        writer = self._index.writer(num_threads=1)
        self._write(writer, self._searcher.num_docs, texts)
        writer.commit()
        self.open()

    def remove(self, first: int, texts: Sequence[Sequence[str]]) -> None:
        """As `Engine` says."""
        writer = self._index.writer(num_threads=1)
        for number in range(first, first + len(texts)):
            writer.delete_documents_by_term("number", number)
        writer.commit()
        self.open()

    def _write(self, writer: object, first: int, texts: Sequence[Sequence[str]]) -> None:
        for number, text in enumerate(texts, start=first):
            told = self._library.Document(words=" ".join(text))
            told.add_unsigned("number", number)
            writer.add_document(told)  # type: ignore[attr-defined]


class Bm25s(Engine):
    """Scores worked out when it is built, in arrays; one passage more or less changes all of them."""

    def __init__(self, folder: Path) -> None:
        import bm25s  # noqa: PLC0415 (may not be there)

        self._folder = folder
        self._library = bm25s

    def build(self, passages: Passages) -> None:
        """As `Engine` says."""
        engine = self._library.BM25(method="lucene", k1=1.2, b=0.75)
        engine.index(passages.texts(0, len(passages)), show_progress=False)
        engine.save(self._folder, show_progress=False)

    def open(self) -> None:
        """As `Engine` says."""
        self._engine = self._library.BM25.load(self._folder, mmap=True, show_progress=False)

    def best(self, asked: Sequence[str], k: int) -> list[int]:
        """As `Engine` says."""
        known = [word for word in asked if word in self._engine.vocab_dict]
        found, _ = self._engine.retrieve([known], k=k, show_progress=False, n_threads=0)
        return [int(number) for number in found[0]]


ENGINES: Final = {"ours": Ours, "fts5": Fts5, "tantivy": Tantivy, "bm25s": Bm25s}


def exact(folder: Path) -> list[list[int]]:
    """For each question the ten best by the formula, worked out in plain float64, and all that tie with the tenth."""
    passages, questions = Passages(folder), json.loads((folder / "questions.json").read_text())
    held = {word: (array("q"), array("q")) for question in questions for word in question}
    lengths = np.zeros(len(passages))
    for start in range(0, len(passages), _BATCH):
        for number, text in enumerate(passages.texts(start, min(start + _BATCH, len(passages))), start=start):
            lengths[number] = len(text)
            for word, count in Counter(word for word in text if word in held).items():
                held[word][0].append(number)
                held[word][1].append(count)
    norms = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
    adds = {}
    for word, postings in held.items():
        numbers, counts = (np.array(one) for one in postings)
        idf = log(1 + (len(passages) - len(numbers) + 0.5) / (len(numbers) + 0.5))
        adds[word] = numbers, idf * counts / (counts + norms[numbers])
    found = []
    for question in questions:
        scores = np.zeros(len(passages))
        for word in question:
            numbers, values = adds[word]
            scores[numbers] += values
        found.append(np.flatnonzero(scores >= max(np.sort(scores)[-10], 2e-5) - 1e-5).tolist())
    return found


def memory() -> dict[str, float]:
    """Megabytes of this process, as Linux tells them: its own, of files mapped from the disk, and the most of all."""
    told = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    return {name: int(told[name].split()[0]) / 1000 for name in ("RssAnon", "RssFile", "VmHWM")}


def built(name: str, folder: Path) -> dict[str, float]:
    """What building takes: seconds, megabytes of memory at the most and on the disk."""
    passages = Passages(folder)
    place = folder / name
    place.mkdir()
    start = time.perf_counter()
    ENGINES[name](place).build(passages)
    took = time.perf_counter() - start
    size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
    return {
        "build s": took,
        "peak MB": memory()["VmHWM"],
        "disk MB": size / 1e6,
    }


def asked(name: str, folder: Path) -> dict[str, float]:
    """What opening, asking and changing take, and how many of the best are found."""
    questions, truth = (json.loads((folder / f"{one}.json").read_text()) for one in ("questions", "truth"))
    before = memory()
    engine: Engine = ENGINES[name](folder / name)
    told = {"open ms": timed(engine.open)}
    found: list[list[int]] = []
    for k in (10, 1000):
        took, shares = [], []
        start, worked = time.perf_counter(), time.process_time()
        for question, ten in zip(questions, truth, strict=True):
            if time.perf_counter() - start < _PATIENCE:
                took.append(timed(lambda: found.append(engine.best(question, k))))  # noqa: B023 (called at once)
                shares.append(len({*found.pop()} & {*ten}) / min(10, len(ten)) if ten else 1)
        told |= {"overlap": statistics.mean(shares)} if k == 10 else {}
        told[f"p50 ms, {k}"], told[f"p95 ms, {k}"] = statistics.median(took), statistics.quantiles(took, n=20)[-1]
        told[f"CPU ms, {k}"] = (time.process_time() - worked) * 1000 / len(took)
    after = memory()
    told["own MB"], told["mapped MB"] = (after[one] - before[one] for one in ("RssAnon", "RssFile"))
    passages = Passages(folder)
    try:
        told["add ms"] = timed(lambda: engine.add(passages.texts(0, _DOCUMENT)))
        told["remove ms"] = timed(lambda: engine.remove(0, passages.texts(0, _DOCUMENT)))
    except NotImplementedError:
        pass
    return told


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that `work` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def in_process(step: str, name: str, folder: Path) -> dict[str, float]:
    """What a step of an engine tells, done by a process of its own."""
    command = [sys.executable, __file__, "--step", step, "--engines", name, "--folder", str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def main() -> None:
    """Prints a table: a line for each figure, a column for each engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="folders in BEIR's layout")
    parser.add_argument("--engines", nargs="*", choices=ENGINES, default=[*ENGINES])
    parser.add_argument("--folder", type=Path, help="where to work; a temporary one where none is given")
    parser.add_argument("--step", choices=["built", "asked"], help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.step:
        step = {"built": built, "asked": asked}[chosen.step]
        print(json.dumps(step(chosen.engines[0], chosen.folder)))
        return
    with tempfile.TemporaryDirectory(dir=chosen.folder) as place:
        folder = Path(place)
        make_passages(folder, chosen.passages, chosen.texts)
        (folder / "truth.json").write_text(json.dumps(exact(folder)))
        told = {}
        for name in chosen.engines:
            if name in {"ours", "fts5"} or importlib.util.find_spec(name):
                told[name] = in_process("built", name, folder) | in_process("asked", name, folder)
                print(name, told[name], file=sys.stderr)
                shutil.rmtree(folder / name)
    print("".join(f"{one:>12}" for one in ("", *told)))
    for figure in next(iter(told.values())):
        row = (f"{each[figure]:12.2f}" if figure in each else f"{'-':>12}" for each in told.values())
        print(f"{figure:>12}", *row, sep="")


if __name__ == "__main__":
    main()
