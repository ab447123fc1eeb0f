"""What is true of every file that is read, whatever it holds."""

from __future__ import annotations

import math
from pathlib import PurePath
from typing import Final

from corpus.errors import UnreadableFile
from corpus.managers import EXPORTS, read_export
from corpus.pages import Layout
from corpus.readers import read
from corpus.records import Draft, Reading
from corpus.workers import Job
from corpus.workers.job import read_job
from tests.corpus import drafts

_SLACK: Final = 1.0  # points that a word may reach over the edge of its page


def examined(job: Job) -> Reading:
    """The reading of a job that keeps every promise; an export that can be read is told like a file that cannot.

    Raises:
        AssertionError: a promise is broken.
    """
    if PurePath(job.name).suffix in EXPORTS:
        read_export(job.name, job.data)
        raise UnreadableFile(job.name, "an export that can be read.")
    made = read(job.name, job.data)
    drafts.check(made)
    if made.layout is not None:
        check_layout(made, made.layout)
    reading = read_job(job)
    drafts.check_reading(reading)
    return reading


def check_layout(made: Draft, layout: Layout) -> None:
    """Asserts that every box is a stretch of the text, in order, and lies on its page."""
    end = 0
    for box in layout.boxes:
        assert end <= box.start < box.end <= len(made.text)
        assert 1 <= box.page <= len(layout.pages)
        page = layout.pages[box.page - 1]
        assert all(map(math.isfinite, (box.left, box.top, box.right, box.bottom, page.width, page.height)))
        assert -_SLACK <= box.left <= box.right <= page.width + _SLACK
        assert -_SLACK <= box.top <= box.bottom <= page.height + _SLACK
        end = box.end
    again = Layout.unpack(layout.pack())
    assert [(box.start, box.end, box.page) for box in again.boxes] == [(b.start, b.end, b.page) for b in layout.boxes]
