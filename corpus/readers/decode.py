"""Bytes to characters: which encoding a file is in, and the few characters no text needs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from corpus.drafting import UNPRINTED
from corpus.errors import UnreadableFile
from corpus.readers.kinds import foreign, kind_of

# Above this share of control characters a file is taken for binary; text damaged by a PDF stays far below it.
MAX_CONTROL_SHARE = 0.01

_NEWLINES = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
_UNPRINTED = re.compile(f"[{UNPRINTED}\ufdd0-\ufdef]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file.

    Attributes:
        text: NFC; lines end in LF; no control characters but tab, line feed and form feed (a page's end).
        notices: what the user should know about the decoding, one sentence each.
    """

    text: str
    notices: tuple[str, ...] = ()


def decode(name: str, data: bytes) -> Decoded:
    """The characters of `data`: UTF-8, UTF-16 where a byte-order mark says so, else Windows-1252 with a notice.

    Raises:
        UnreadableFile: the file is empty, blank or binary, or in no encoding that is tried.
    """
    if not data.strip():
        raise UnreadableFile(name, "the file is empty; give one with text in it.")
    kind = kind_of(data)
    if kind is not None and not kind.text:
        raise foreign(name, kind)
    text, notices = _characters(name, data)
    text = _NEWLINES.sub("\n", text)
    text = _UNPRINTED.sub("", text.replace("\u00ad\n", ""))
    text, dropped = _CONTROLS.subn("", text)
    if dropped > MAX_CONTROL_SHARE * (len(text) + dropped):
        raise UnreadableFile(name, "the file is binary, not text; save its text and give that.")
    if not text.strip():
        raise UnreadableFile(name, "the file is blank; give one with text in it.")
    if dropped:
        what = "control character was" if dropped == 1 else "control characters were"
        notices = (*notices, f"{dropped} {what} dropped; a letter may be missing there, so compare with the original.")
    return Decoded(unicodedata.normalize("NFC", text), notices)


def _characters(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The decoded text, line ends and controls untouched, and notices."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), ()
        except UnicodeDecodeError as error:
            reason = "it begins as UTF-16 but does not go on so; save it as UTF-8."
            raise UnreadableFile(name, reason) from error
    if b"\x00" in data:
        raise UnreadableFile(name, "the file is binary, not text (it holds NUL bytes); save its text as UTF-8.")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), ("Read as Windows-1252, since it is not UTF-8; check accents and Greek letters.",)
    except UnicodeDecodeError as error:
        raise UnreadableFile(name, "it is neither UTF-8 nor Windows-1252 text; save it as UTF-8.") from error
