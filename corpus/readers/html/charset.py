"""Which encoding a page is in: by its byte-order mark, by what it declares, else as any text file."""

from __future__ import annotations

import codecs
import re

from corpus.readers.decode import Decoded, decode

_HEAD = 4096
_DECLARED = re.compile(
    rb"""<meta[^>]{1,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{1,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# What browsers read under these names.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}
_OF_PAGES = re.compile("ascii|iso8859|iso2022|cp|koi8|gb|big5|shift_ji|euc_|mac-|hz|tis-|johab")


def characters(name: str, data: bytes) -> Decoded:
    """The characters of a page; with a notice where it declares an encoding that it is not in.

    Raises:
        UnreadableFile: as `decode` says.
    """
    declared = None if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) else _declared(data)
    if declared is None:
        return decode(name, data)
    try:
        told = data.decode(declared)
    except UnicodeDecodeError:
        read = decode(name, data)
        notice = f"It says it is in {declared} and is not; check accents and Greek letters."
        return Decoded(read.text, (*read.notices, notice))
    return decode(name, told.encode())


def _declared(data: bytes) -> str | None:
    """The encoding that a page declares, by Python's name; None for none and for those that `decode` tries."""
    found = _DECLARED.search(data, 0, _HEAD)
    if not found:
        return None
    try:
        known = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except LookupError:
        return None
    # not all codecs are of text, and not all that are could be a page's
    return None if not _OF_PAGES.match(known) else _MEANT.get(known, known)
