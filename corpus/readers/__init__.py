"""Files become drafts: one module a format, each with one function `(name, data) -> Draft`, one line each in `READERS`.

A reader knows bytes and forms (headings, tables, reference lists); it knows nothing of passages or of a library.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from corpus.errors import UnreadableFile
from corpus.limits import number
from corpus.readers.docx import read_docx
from corpus.readers.html import read_html
from corpus.readers.jats import read_jats
from corpus.readers.kinds import read_as
from corpus.readers.markdown import read_markdown
from corpus.readers.pdf import read_pdf
from corpus.readers.sheets import read_sheet, read_workbook
from corpus.readers.text import read_text
from corpus.records import Draft

# A file may be this large unless EXOCITE_MAX_FILE_MB says otherwise. Megabytes of 1,000,000 bytes.
DEFAULT_MAX_FILE_MB = 20

# To read another format, write its module and add its suffixes here; nothing else need change.
READERS: dict[str, Callable[[str, bytes], Draft]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".xml": read_jats,
    ".nxml": read_jats,
    ".docx": read_docx,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".csv": read_sheet,
    ".tsv": read_sheet,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
}
SUFFIXES: frozenset[str] = frozenset(READERS)


def max_file_mb() -> float:
    """The largest file that is read, in megabytes: `EXOCITE_MAX_FILE_MB`, or 20.

    Raises:
        BadSetting: the variable is not a number above 0.
    """
    return number("EXOCITE_MAX_FILE_MB", DEFAULT_MAX_FILE_MB, "megabytes")


def read(name: str, data: bytes) -> Draft:
    """The draft of one file, read as its suffix (in any case) says, or as what it surely is.

    Args:
        name: the file's name; folders before it do not matter.
        data: its bytes.

    Raises:
        UnreadableFile: a format that is not read, a file too large, not what its name says, or one that gives no
            document.
        BadSetting: the size limit is not a number.
    """
    file = PurePath(name.replace("\\", "/")).name or name
    check_size(file, len(data))
    suffix, notices = read_as(file, data, SUFFIXES)
    made = READERS[suffix](file, data)
    return replace(made, notices=(*notices, *made.notices))


def check_size(name: str, size: int) -> None:
    """A file of so many bytes may be read.

    Raises:
        UnreadableFile: it is too large.
        BadSetting: the size limit is not a number.
    """
    limit = max_file_mb()
    if size > limit * 1_000_000:
        reason = (
            f"it has {size / 1_000_000:.1f} MB, and the limit is {limit:g} MB; "
            "split it, or set EXOCITE_MAX_FILE_MB higher."
        )
        raise UnreadableFile(name, reason)
