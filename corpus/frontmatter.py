"""Facts about a paper from the YAML block at the head of a Markdown file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import yaml

from corpus.drafting import without_unprinted
from corpus.metadata import Facts, find_doi

_SEPARATOR = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+|\s*&\s*")


def facts_from_yaml(block: str) -> tuple[Facts, tuple[str, ...]]:
    """What the block states, and notices about what could not be read; a damaged block states nothing.

    Read are `title`, `author` or `authors` (a list, of names or of mappings with a `name`, or one string), `year` or
    `date`, `doi`, and `journal` or `container-title`.
    """
    try:
        stated = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = "" if line is None else f" near its line {line + 1}"
        return Facts(), (f"The YAML front matter could not be read{where}; its facts were left out.",)
    if stated is None:
        return Facts(), ()
    if not isinstance(stated, Mapping):
        return Facts(), ("The YAML front matter is not a list of names with values; its facts were left out.",)
    values = {str(key).strip().lower(): value for key, value in stated.items()}
    facts = Facts(
        title=_text(values.get("title")),
        authors=_authors(values.get("authors", values.get("author"))),
        year=_year(values.get("year", values.get("date"))),
        doi=find_doi(_text(values.get("doi")) or ""),
        journal=_text(values.get("journal", values.get("container-title"))),
    )
    notices = []
    if values.get("doi") and not facts.doi:
        notices.append("The DOI in the YAML front matter does not look like one; it was left out.")
    return facts, tuple(notices)


def _text(value: object) -> str | None:
    """A string or number as one line; None for anything else or nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(without_unprinted(str(value)).split()) or None


def _authors(value: object) -> tuple[str, ...]:
    """The names, in order."""
    if isinstance(value, str):
        return tuple(name for part in _SEPARATOR.split(value) if (name := _text(part)))
    if not isinstance(value, list):
        return ()
    names = (_text(item.get("name")) if isinstance(item, Mapping) else _text(item) for item in value)
    return tuple(name for name in names if name)


def _year(value: object) -> int | None:
    """Four digits from a number, a date, or a string that holds a year."""
    if isinstance(value, dt.date):
        return value.year
    found = re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", _text(value) or "")
    return int(found[0]) if found else None
