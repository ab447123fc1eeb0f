"""Scans: PDFs whose pages are pictures, and the tool that recognises their text, where the user names one."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Final

from corpus.errors import BadSetting, UnreadableFile
from corpus.readers.pdf.content import PageContent
from corpus.scratch import scratch

MAX_SECONDS: Final = 240
"""That a tool may take for one file."""
MAX_BYTES: Final = 200_000_000
"""That what a tool writes may have."""

_PICTURED: Final = 0.3  # of a page without words, from which it is a picture and not just empty
_STAMPED: Final = 0.7  # of a page with few words, likewise: what a site stamps on a scan is not its text
_FEW: Final = 20
_SHOWN: Final = 12  # pages that a notice names
_PAUSE: Final = 0.05  # seconds between two looks at a tool
_GRACE: Final = 5.0  # seconds that a tool has to end
_LINE: Final = 200  # characters of what a tool says


def is_scanned(page: PageContent) -> bool:
    """Whether a page is a picture: of its text, if it has any, no word can be read."""
    if not page.words:
        return page.pictured >= _PICTURED
    return len(page.words) < _FEW and page.pictured >= _STAMPED


def is_unread(pages: Sequence[PageContent]) -> bool:
    """Whether nothing of a PDF could be evidence: it has no word, or, with a tool that could read it, only stamps."""
    if not any(page.words for page in pages):
        return True
    return bool(command()) and all(is_scanned(page) or not page.words for page in pages)


def told(pages: Sequence[PageContent], *, recognised: bool = False) -> tuple[str, ...]:
    """A notice that names the pages that are pictures, where there are any.

    Args:
        pages: of a PDF.
        recognised: their words, few as they may be, are what a tool recognised.
    """
    scanned = [page.number for page in pages if is_scanned(page) and not (recognised and page.words)]
    if not scanned:
        return ()
    if len(scanned) == 1:
        return (f"Page {scanned[0]} is a picture without text; nothing could be read there.",)
    named = ", ".join(map(str, scanned[:_SHOWN]))
    more = f" and {len(scanned) - _SHOWN:,} more" if len(scanned) > _SHOWN else ""
    return (f"Pages {named}{more} are pictures without text; nothing could be read there.",)


def command() -> list[str]:
    """The tool and its options, `EXOCITE_OCR` as a shell would part it; empty where it is not set.

    Raises:
        BadSetting: a quote in it never closes.
    """
    given = os.environ.get("EXOCITE_OCR", "").strip()
    try:
        return shlex.split(given)
    except ValueError as error:
        raise BadSetting(f"EXOCITE_OCR is {given!r}, in which a quote never closes; close it.") from error


def recognised(name: str, data: bytes) -> tuple[bytes, str]:
    """A PDF with the text that the user's tool recognises in this one, and a notice that says so.

    The tool is run as `EXOCITE_OCR` says, without a shell, with two more arguments: the PDF, and where to write the
    other. It sees no setting of Exocite, and what it leaves in its temporary folder goes.

    Raises:
        UnreadableFile: no tool is set or found, it fails, takes longer than `MAX_SECONDS`, or writes no PDF or one of
            more than `MAX_BYTES`.
        BadSetting: as `command` says.
    """
    words = command()
    if not words:
        reason = (
            "this PDF has no text layer, as scans have none; recognise its text (with ocrmypdf, say) and add what "
            "comes of it, or set EXOCITE_OCR to have that done."
        )
        raise UnreadableFile(name, reason)
    tool = PurePath(words[0]).name
    found = shutil.which(words[0])
    if found is None:
        reason = f"this PDF has no text layer, and {tool}, which EXOCITE_OCR names, is not found; install it, or"
        raise UnreadableFile(name, f"{reason} name another.")
    with scratch() as folder:
        made = _run(name, tool, [found, *words[1:]], data, folder)
    return made, f"Its text was recognised by {tool}; check names, numbers and Greek letters on the page itself."


def _run(name: str, tool: str, words: Sequence[str], data: bytes, folder: Path) -> bytes:
    """What the tool makes of the PDF."""
    given, made, said = folder / "scan.pdf", folder / "recognised.pdf", folder / "said.txt"
    given.write_bytes(data)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("EXOCITE_")}
    with said.open("wb") as output:
        try:
            # In our own process group: what ends us, Ctrl-C too, ends the tool and all that it has started.
            process = subprocess.Popen(  # noqa: S603 (the user's own command; the file's name is no part of it)
                [*words, str(given), str(made)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env={**environment, "TMPDIR": str(folder)},
            )
        except OSError as error:
            reason = f"{tool} cannot be run ({error.strerror or error}); check EXOCITE_OCR."
            raise UnreadableFile(name, reason) from error
        with process:
            try:
                stopped = _waited(process, (made, said))
            finally:
                _end(process)
    if stopped:
        raise UnreadableFile(name, f"{tool} {stopped}; split the file, or recognise its text yourself.")
    if process.returncode or not made.is_file():
        reason = f"{tool} could not recognise its text ({_last_line(said) or f'exit status {process.returncode}'})"
        raise UnreadableFile(name, f"{reason}; try it by hand, or change EXOCITE_OCR.")
    return made.read_bytes()


def _end(process: subprocess.Popen[bytes]) -> None:
    """The tool has ended: asked to first, so that it can end what it has started."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
        process.kill()


def _waited(process: subprocess.Popen[bytes], files: Sequence[Path]) -> str:
    """Why the tool was not waited for any longer; "" where it came to its end."""
    end = time.monotonic() + MAX_SECONDS
    while process.poll() is None:
        if time.monotonic() > end:
            return f"took more than {MAX_SECONDS} seconds for it"
        if any(_size(file) > MAX_BYTES for file in files):
            return f"wrote more than {MAX_BYTES // 1_000_000} MB"
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_PAUSE)
    return f"wrote more than {MAX_BYTES // 1_000_000} MB" if any(_size(file) > MAX_BYTES for file in files) else ""


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _last_line(file: Path) -> str:
    """The last line with any text that a tool said, cut short."""
    with file.open("rb") as opened:
        opened.seek(max(0, _size(file) - 10_000))
        lines = [line for line in opened.read().decode("utf-8", "replace").splitlines() if line.strip()]
    return " ".join("".join(sign if sign.isprintable() else " " for sign in lines[-1]).split())[:_LINE] if lines else ""
