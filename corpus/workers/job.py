"""One file to be read, and what comes of it whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from corpus.assemble import read_document
from corpus.errors import BadSetting, UnreadableFile
from corpus.records import Reading

_PLAIN: Final = frozenset({".txt", ".text", ".md", ".markdown", ".csv", ".tsv"})
_LIGHT: Final = 64_000
"""Bytes of plain text that are read so fast, in code so plain, that a process for them costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read; attributes as in `read_document`."""

    name: str
    data: bytes
    document_id: str
    source: str

    @property
    def is_light(self) -> bool:
        """Whether it is little text in a plain format."""
        return len(self.data) <= _LIGHT and PurePath(self.name).suffix.casefold() in _PLAIN


Read = Callable[[Job], Reading]
"""What reads a job; a function of a module, so that another process finds it by its name."""


def read_job(job: Job) -> Reading:
    """The reading of the job.

    Raises:
        UnreadableFile: the file gives no document.
        BadSetting: the size limit is not a number.
    """
    return read_document(job.name, job.data, document_id=job.document_id, source=job.source)


def outcome(read: Read, job: Job) -> Reading | UnreadableFile:
    """The reading, or why there is none: a fault of a reader too is a file that cannot be read.

    Raises:
        BadSetting: a setting cannot be used, for this file or any other.
        MemoryError: there is no more memory.
    """
    try:
        return read(job)
    except UnreadableFile as error:
        return error
    except (BadSetting, MemoryError):
        raise
    except Exception as error:  # whatever a damaged file brings up, the other files go on
        told = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        reason = f"reading it failed in a way that nobody foresaw ({told}); please report it, with the file."
        return UnreadableFile(job.name, reason)
