r"""The file field of a BibTeX entry, in the forms that reference managers give it.

    Zotero          Full Text:files/12/a.pdf:application/pdf;Snapshot:files/13/a.html:text/html
    Better BibTeX   /home/ada/Zotero/storage/ABCD2345/a.pdf;/home/ada/b.xml
    JabRef          :a.pdf:PDF;Table S1:C\:\\Users\\ada\\s1.csv:CSV
    Mendeley        :home/ada/a.pdf:pdf;:C$\backslash$:/Users/ada/b.pdf:pdf

Files are parted by semicolons, and a file's name, path and type by colons; a backslash before either makes it a sign of
the path, but stands for itself before a letter (`C:\Users`).
"""

from __future__ import annotations

import re
from typing import Final

_ESCAPED: Final = re.compile(r"\\([\\:;_&%#${} ])|(.)", re.DOTALL)
_MENDELEY: Final = re.compile(r"\$\\backslash\$")
_BRACED: Final = re.compile(r"\{(\\[_&%#$])\}")
_TYPE: Final = re.compile(r"[\w.+-]+/[\w.+-]+|[A-Za-z]{2,8}|")
_ADDRESS: Final = re.compile(r"(?:^|:)(file:/.*?)(?::(?:[\w.+-]+/[\w.+-]+|[A-Za-z]{2,8}))?$")
_REMOTE: Final = re.compile(r"(?:^|:)(?:https?|ftp):/", re.IGNORECASE)


def files_in(field: str) -> tuple[str, ...]:
    r"""The paths that a file field names, in its order, without repeats; addresses on the web are none.

    >>> files_in(r"Full Text:files/1/a.pdf:application/pdf;Table\: S1:C\:\\x\\s1.csv:text/csv;:b.pdf:PDF")
    ('files/1/a.pdf', 'C:\\x\\s1.csv', 'b.pdf')
    """
    field = _BRACED.sub(r"\1", _MENDELEY.sub(lambda _: "\\", field))
    found = (_path(parts) for parts in _parted(field))
    return tuple(dict.fromkeys(path for path in found if path))


def _parted(field: str) -> list[list[str]]:
    """What stands between semicolons, each as the parts between its colons, escapes undone."""
    files: list[list[list[str]]] = [[[]]]
    for found in _ESCAPED.finditer(field):
        escaped, sign = found[1], found[2]
        if sign == ";":
            files.append([[]])
        elif sign == ":":
            files[-1].append([])
        else:
            files[-1][-1].append(escaped or sign)
    return [["".join(part) for part in parts] for parts in files]


def _path(parts: list[str]) -> str:
    """The path among the parts of one file; "" where there is none."""
    whole = ":".join(parts).strip()
    if _REMOTE.search(whole):
        return ""
    if address := _ADDRESS.search(whole):
        return address[1]
    parts = [part.strip() for part in parts]
    place = next((at for at in range(len(parts) - 1) if _is_drive(parts[at], parts[at + 1])), None)
    if place is not None:  # a colon after a drive's letter that was not escaped
        parts[place : place + 2] = [":".join(parts[place : place + 2])]
    if len(parts) == 1:
        return parts[0]
    if place is not None:
        return parts[place]
    if len(parts) == 2:  # a name and a path, or a path and a type
        return parts[0] if _TYPE.fullmatch(parts[1]) and parts[0] else parts[1]
    return ":".join(parts[1:-1])


def _is_drive(part: str, after: str) -> bool:
    return len(part) == 1 and part.isascii() and part.isalpha() and after[:1] in {"/", "\\"} and len(after) > 1
