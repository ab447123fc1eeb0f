"""Files that are broken or mean harm: what each reader says of them, in a worker whose limits are low."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from corpus.errors import UnreadableFile
from corpus.records import Reading
from corpus.workers import Job, Workers
from tests.corpus.typesetting import typeset
from tests.hostile import BAD, CATALOG, ODD, page, pdf

REASONS = {
    "locked.pdf": "locked by a password",
    "no-pages.pdf": "has no pages",
    "many-pages.pdf": "has 10,000 pages, and the limit is 3,000",
    "turns-on-itself.pdf": "has no text layer",
    "object-stream.pdf": "has no text layer",
    "web-page.pdf": "this is a web page",
    "cut-short.pdf": "may be cut short",
    "laughs.xml": "entities grow without bound",
    "square.xml": "entities grow without bound",
    "outside.xml": "something that is not in the file",
    "deep.xml": "more than 100 deep",
    "long-attribute.xml": "not well-formed XML",
    "deep.html": "2,000 elements in one another",
    "deep-tables.html": "2,000 elements in one another",
    "grows.docx": "unzipped it grows",
    "nested.docx": "text of a Word document is not in it",
    "lies.docx": "damaged zip",
    "overlaps.docx": "files lie over one another",
    "outside.docx": "something that is not in the file",
    "grows.xlsx": "unzipped it grows",
    "outside.xlsx": "declarations of its own",
    "picture.md": "this is an image",
    "nothing.txt": "is empty",
}


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """Workers that read everything, however small."""
    workers = Workers(few=0)
    yield workers
    workers.close()


@pytest.fixture(autouse=True)
def low(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits under which none of these files may pass that would need much."""
    monkeypatch.setenv("EXOCITE_MAX_FILE_SECONDS", "60")
    monkeypatch.setenv("EXOCITE_MAX_MEMORY_MB", "800")


def result(workers: Workers, name: str, data: bytes) -> Reading | UnreadableFile:
    with closing(workers.in_order([(None, Job(name, data, "x", f"upload:{name}"))])) as found:
        ((_, told),) = found
    assert told is not None
    return told


@pytest.mark.parametrize("name", REASONS)
def test_a_hostile_file_is_told_of(workers: Workers, name: str):
    """By what is wrong with it, never by a limit that it ran into or a fault of a reader."""
    told = result(workers, name, BAD[name]())
    assert isinstance(told, UnreadableFile)
    assert REASONS[name] in told.reason
    assert "root:" not in told.reason


def test_a_page_that_fills_the_memory_ends_its_worker_alone(workers: Workers):
    """Three gigabytes of blanks in five kilobytes; the next file is read."""
    told = result(workers, "a.pdf", ODD["fills-memory.pdf"]())
    assert isinstance(told, UnreadableFile)
    assert isinstance(result(workers, "b.pdf", page()), Reading)


@pytest.mark.parametrize("name", ["vast.pdf", "no-number.pdf"])
def test_a_page_of_no_real_size_has_its_words(workers: Workers, name: str):
    """What its size is said to be takes no memory."""
    told = result(workers, name, ODD[name]())
    assert isinstance(told, Reading)
    assert told.document.text == "The harbour pilot keeps a log of every tide and of miR-21."


@pytest.mark.parametrize("part", range(1, 20))
def test_a_pdf_cut_short_is_read_or_told_of(workers: Workers, part: int):
    """Wherever it was cut: nothing else comes of it."""
    whole = typeset("= Foam\nThe harbour pilot keeps a log of every tide.")
    told = result(workers, "a.pdf", whole[: len(whole) * part // 20])
    assert isinstance(told, Reading) or "nobody foresaw" not in told.reason


def test_a_refused_pdf_says_nothing_of_the_one_before(workers: Workers):
    """PDFium remembers its last error; a file without pages is not locked by the password of another."""
    result(workers, "locked.pdf", BAD["locked.pdf"]())
    told = result(workers, "a.pdf", pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"))
    assert isinstance(told, UnreadableFile)
    assert told.reason == "this PDF has no pages; get it again."


def test_words_beside_their_page_are_not_read(workers: Workers):
    """Nobody could look them up; a page is as large as what is shown of it."""
    told = result(workers, "a.pdf", page(b"[0 0 612 300]"))
    assert isinstance(told, UnreadableFile)


def test_a_quote_that_never_closes_loses_no_line(workers: Workers):
    """Two lines of cells, or what is too much of them, but never a table that ends at the quote."""
    told = result(workers, "a.csv", b'miRNA,target\nmiR-21,"KRIT1\nmiR-9,PTEN\n')
    assert isinstance(told, Reading)
    assert "miR-9" in told.document.text
    assert isinstance(result(workers, "b.csv", ODD["open-quote.csv"]()), UnreadableFile)
