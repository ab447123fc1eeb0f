"""The files that an export names, found on this machine."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

_DRIVE: Final = re.compile(r"/?[A-Za-z]:(?=/)")
_LINKED: Final = re.compile(r"^attachments:(?=[^/])")
_LONGEST: Final = 4096
"""Characters of a path; no system opens a longer one, and each of its ends is looked for."""


def find_file(named: str, folder: Path) -> Path | None:
    """The file that an export in `folder` names so, or None where there is none on this machine.

    The path may be relative to the export, absolute, or a `file:` address, of this system or another. What is not
    there is looked for below the export's folder by the end of its path, the longest first: an export that was moved
    with its files (`…/storage/ABCD2345/a.pdf`) is whole.
    """
    return next((place for place in _places(named, folder) if _is_file(place)), None)


def _places(named: str, folder: Path) -> Iterator[Path]:
    path = _LINKED.sub("", _without_address(named))
    if not path or "\0" in path or len(path) > _LONGEST:
        return
    yield folder / path
    bare = path.replace("\\", "/")
    yield folder / bare
    bare = _DRIVE.sub("", bare)
    yield Path("/" + bare.lstrip("/"))  # Mendeley leaves the first slash out
    parts = [part for part in PurePosixPath(bare).parts if part not in {"/", ".", ".."}]
    for first in range(len(parts)):
        yield folder.joinpath(*parts[first:])


def _without_address(named: str) -> str:
    """The path that a `file:` address means; anything else as it is."""
    if not named.casefold().startswith("file:"):
        return named
    try:
        address = urlsplit(named)
    except ValueError:
        return ""
    host = "" if address.netloc.casefold() in {"", "localhost"} else f"//{address.netloc}"
    return unquote(host + address.path)


def _is_file(place: Path) -> bool:
    try:
        return os.path.isfile(place)  # noqa: PTH113 (Path raises where a folder above may not be read)
    except ValueError:
        return False
