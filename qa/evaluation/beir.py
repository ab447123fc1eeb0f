"""Any retrieval benchmark in BEIR's layout, as documents, questions and grades.

A BEIR folder (Thakur et al., BEIR: a heterogeneous benchmark for zero-shot evaluation of information retrieval
models, NeurIPS Datasets and Benchmarks 2021) holds `corpus.jsonl`, `queries.jsonl` and `qrels/*.tsv`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import BadQuestionSet

_HEADER = ["query-id", "corpus-id", "score"]


@dataclass(frozen=True, slots=True)
class BeirDocument:
    """One document; `text` is the title, a blank and the text, as BEIR's baselines read it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class BeirQuestion:
    """A query as a question that `evaluation.evaluate` takes: no history, and the documents are taken to answer it."""

    id: str
    question: str
    category: str = "beir"
    history: tuple[str, ...] = ()
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class BeirSet:
    """A benchmark.

    Attributes:
        name: of the folder.
        documents: in the order of `corpus.jsonl`.
        questions: the queries with at least one judgment, in the order of `queries.jsonl`.
        qrels: grade by query id, then document id, grades of 0 included; higher is better. A judged document that is
            not in `corpus.jsonl` stays: nobody can find it, and trec_eval counts it too.
    """

    name: str
    documents: tuple[BeirDocument, ...]
    questions: tuple[BeirQuestion, ...]
    qrels: dict[str, dict[str, int]]


def read_beir(folder: Path) -> BeirSet:
    """The benchmark in `folder`; judged by `qrels/test.tsv` or, without it, the first `qrels/*.tsv` by name.

    Raises:
        BadQuestionSet: a file is missing or cannot be read, a line is not of its kind or repeats an id or a judgment,
            or a judged query is unknown; the message names the file and the line.
    """
    documents = {
        id_: BeirDocument(id_, f"{_text(entry, 'title', where, '')} {_text(entry, 'text', where)}".strip())
        for id_, entry, where in _entries(folder / "corpus.jsonl")
    }
    queries = {
        id_: BeirQuestion(id_, _text(entry, "text", where)) for id_, entry, where in _entries(folder / "queries.jsonl")
    }
    qrels = _qrels(_judgments_file(folder), queries)
    return BeirSet(
        name=folder.resolve().name,
        documents=tuple(documents.values()),
        questions=tuple(query for query in queries.values() if query.id in qrels),
        qrels=qrels,
    )


def _entries(path: Path) -> Iterator[tuple[str, dict[str, object], str]]:
    """(id, object, where it stands) of each line of a JSON-lines file; every id is a string and stands once."""
    seen: set[str] = set()
    for number, line in _lines(path):
        where = f"{path}, line {number}"
        try:
            entry = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadQuestionSet(f"{where}: not JSON ({error.msg}); write one object a line.") from error
        if not isinstance(entry, dict):
            raise BadQuestionSet(f"{where}: not a JSON object; write one object a line.")
        id_ = _text(entry, "_id", where)
        if not id_ or id_ in seen:
            raise BadQuestionSet(f"{where}: the “_id” “{id_}” is empty or stands a second time; give each its own.")
        seen.add(id_)
        yield id_, entry, where
    if not seen:
        raise BadQuestionSet(f"{path}: holds nothing; write one object a line.")


def _text(entry: dict[str, object], field: str, where: str, default: str | None = None) -> str:
    value = entry.get(field, default)
    if not isinstance(value, str):
        raise BadQuestionSet(f"{where}: “{field}” is missing or no string; BEIR needs it.")
    return value


def _judgments_file(folder: Path) -> Path:
    test = folder / "qrels" / "test.tsv"
    files = [test] if test.is_file() else sorted((folder / "qrels").glob("*.tsv"))
    if not files:
        raise BadQuestionSet(f"{folder / 'qrels'}: holds no .tsv file of judgments; a BEIR folder has qrels/test.tsv.")
    return files[0]


def _qrels(path: Path, queries: dict[str, BeirQuestion]) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    for position, (number, line) in enumerate(_lines(path)):
        fields = line.split("\t")
        if position == 0 and fields == _HEADER:
            continue
        where = f"{path}, line {number}"
        if len(fields) != 3:
            raise BadQuestionSet(f"{where}: {len(fields)} fields; write query-id, corpus-id and score, parted by tabs.")
        query, document, grade = fields
        if query not in queries:
            raise BadQuestionSet(f"{where}: no query “{query}” in queries.jsonl; add it or take the line out.")
        try:
            value = int(grade)
        except ValueError as error:
            raise BadQuestionSet(f"{where}: the score “{grade}” is not a whole number; mend the line.") from error
        if grades.setdefault(query, {}).setdefault(document, value) != value:
            raise BadQuestionSet(f"{where}: “{document}” is judged twice, differently, for “{query}”; keep one.")
    if not grades:
        raise BadQuestionSet(f"{path}: holds no judgment; write query-id, corpus-id and score, parted by tabs.")
    return grades


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """(number from 1, line without its end) of every line that is not blank."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestionSet(
            f"{path}: cannot be read ({error}); a BEIR folder has corpus.jsonl, queries.jsonl, qrels/test.tsv in UTF-8."
        ) from error
    # Not splitlines(): abstracts may hold a line separator (U+2028), which JSON allows within a string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")
