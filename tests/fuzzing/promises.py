"""What is true of every file that is read, whatever it holds."""

from __future__ import annotations

import math
from pathlib import PurePath

from corpus.errors import UnreadableFile
from corpus.managers import EXPORTS, read_export
from corpus.pages import Layout
from corpus.readers import read
from corpus.records import Draft, Reading
from corpus.workers import Job
from corpus.workers.job import read_job
from tests.corpus import drafts


def examined(job: Job) -> Reading:
    """The reading of a job that keeps every promise; an export that can be read is told like a file that cannot.

    Raises:
        AssertionError: a promise is broken.
    """
    if PurePath(job.name).suffix in EXPORTS:
        for entry in read_export(job.name, job.data).entries:
            check_characters(
                entry.facts.title, *entry.facts.authors, entry.facts.doi, entry.facts.journal, *entry.files
            )
        raise UnreadableFile(job.name, "an export that can be read.")
    made = read(job.name, job.data)
    drafts.check(made)
    if made.layout is not None:
        check_layout(made, made.layout)
    reading = read_job(job)
    drafts.check_reading(reading)
    check_characters(made.text, made.title, *made.authors, made.doi, made.journal, *made.notices)
    for one in reading.references:
        check_characters(one.title, *one.authors, one.journal, one.volume, one.pages, one.doi)
    return reading


def check_characters(*texts: str | None) -> None:
    """Asserts that files and databases take these texts."""
    for text in filter(None, texts):
        assert "\0" not in text
        assert text.encode()


def check_layout(made: Draft, layout: Layout) -> None:
    """Asserts that every box is a stretch of the text, in order, and lies on its page."""
    end = 0
    for box in layout.boxes:
        assert end <= box.start < box.end <= len(made.text)
        assert 1 <= box.page <= len(layout.pages)
        page = layout.pages[box.page - 1]
        assert all(map(math.isfinite, (box.left, box.top, box.right, box.bottom, page.width, page.height)))
        assert 0 <= box.left <= box.right <= page.width
        assert 0 <= box.top <= box.bottom <= page.height
        end = box.end
    again = Layout.unpack(layout.pack())
    assert [(box.start, box.end, box.page) for box in again.boxes] == [(b.start, b.end, b.page) for b in layout.boxes]
