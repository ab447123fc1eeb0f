"""Zips read safely: members are inflated in memory, one at a time and counted while they are; nothing is unpacked.

What the directory of a zip says of a member's size is only believed where it is too much already.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from corpus.errors import UnreadableFile

MAX_MEMBERS: Final = 10_000
MAX_INFLATED: Final = 200_000_000
"""Bytes that may be read of one zip, all reads together."""
MAX_RATIO: Final = 400
"""Inflated bytes for one deflated; office files have up to 50, and deflate can give 1,032."""

_UNSUSPICIOUS: Final = 1_000_000  # bytes, below which no ratio matters
_CHUNK: Final = 1 << 18
_HEADER: Final = 30  # bytes before a member's own name
_ENTRY: Final = b"PK\x01\x02"  # opens each entry of the directory
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# What `zipfile` raises on damaged files, by its documentation and by trying.
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Zipped:
    """The members of a zip, by name.

    Absolute names and names with `..` in them are left out, as are folders; a name in other letters' case is the same
    name, and of two members with one name the last counts.
    """

    def __init__(self, name: str, data: bytes) -> None:
        """The zip in `data`, nothing of it inflated yet.

        Args:
            name: the file's name, for messages.

        Raises:
            UnreadableFile: no zip, damaged, more than `MAX_MEMBERS` members, or members that lie over one another.
        """
        self._name = name
        self._left = MAX_INFLATED
        # Counted before each of them becomes an object.
        if data.count(_ENTRY) > MAX_MEMBERS:
            raise UnreadableFile(name, f"it is a zip of more than {MAX_MEMBERS:,} files, as no document is; check it.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as error:
            raise _damaged(name, error) from error
        members = self._zip.infolist()
        _check_apart(name, members)
        self._members = {key.casefold(): member for member in members if (key := _usable(member.filename))}

    def __contains__(self, member: str) -> bool:
        return member.casefold() in self._members

    def __iter__(self) -> Iterator[str]:
        """The usable names, parted by slashes, in the order of the directory."""
        return (member.filename.replace("\\", "/") for member in self._members.values())

    def read(self, member: str) -> bytes:
        """The inflated bytes of a member.

        Raises:
            KeyError: no usable member of that name.
            UnreadableFile: damaged, locked, deflated in another way than office files are, or more than `MAX_RATIO` or,
                with all that was read before, `MAX_INFLATED` allows.
        """
        info = self._members[member.casefold()]
        if info.flag_bits & 1:
            raise UnreadableFile(self._name, "it is locked by a password; save it without one and give that.")
        if info.compress_type not in _METHODS:
            raise UnreadableFile(self._name, "it is packed in a way that is not read; save it anew and give that.")
        allowed = min(self._left, max(_UNSUSPICIOUS, MAX_RATIO * info.compress_size))
        if info.file_size > allowed:
            raise self._too_much()
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as file:
                while piece := file.read(_CHUNK):
                    size += len(piece)
                    if size > allowed:
                        raise self._too_much()
                    pieces.append(piece)
        except _DAMAGE as error:
            raise _damaged(self._name, error) from error
        self._left -= size
        return b"".join(pieces)

    def _too_much(self) -> UnreadableFile:
        most = f"{MAX_INFLATED // 1_000_000} MB or {MAX_RATIO} times its size"
        return UnreadableFile(self._name, f"unzipped it grows to more than {most}; keep what you need of it.")


def _usable(filename: str) -> str:
    """The name, parted by slashes; empty for a folder and for a name that leads elsewhere."""
    name = filename.replace("\\", "/")
    absolute = name.startswith("/") or name[1:2] == ":"
    return "" if absolute or name.endswith("/") or ".." in name.split("/") else name


def _check_apart(name: str, members: list[zipfile.ZipInfo]) -> None:
    """Raises where bytes belong to two members: the way to make terabytes of a small zip."""
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            raise UnreadableFile(name, "it is a zip whose files lie over one another, as only a hostile one's do.")
        end = member.header_offset + _HEADER + member.compress_size


def _damaged(name: str, error: Exception) -> UnreadableFile:
    said = str(error).splitlines()[0][:100].rstrip(".") if str(error) else type(error).__name__
    return UnreadableFile(name, f"it is a damaged zip ({said}); it may be cut short, so get it again.")
