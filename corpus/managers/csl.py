"""CSL-JSON, and the JSON of Better BibTeX, which names fields as Zotero does and has the files of each work."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from corpus.drafting import without_unprinted
from corpus.errors import UnreadableFile
from corpus.managers.entries import Entry, Export, doi_in, given_first, year_in
from corpus.managers.wording import plain
from corpus.metadata import Facts
from corpus.readers.decode import decode

_NO_WORKS: Final = frozenset({"attachment", "note", "annotation"})


def read_csl_json(name: str, data: bytes) -> Export:
    """The entries of a list of CSL items, or of an object whose `items` they are.

    Raises:
        UnreadableFile: it is no text, no JSON, or JSON of another kind.
    """
    try:
        read = json.loads(decode(name, data).text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(name, "it is no JSON; export it again as CSL JSON.") from error
    items = read.get("items") if isinstance(read, dict) else read
    if not isinstance(items, list):
        raise UnreadableFile(name, "it is no list of CSL items; export it again as CSL JSON.")
    works = [item for item in items if not (isinstance(item, dict) and item.get("itemType") in _NO_WORKS)]
    entries = [_entry(item) if isinstance(item, dict) else Entry(Facts()) for item in works]
    kept = tuple(entry for entry in entries if entry.facts != Facts() or entry.files)
    return Export(kept, len(entries) - len(kept))


def _entry(item: dict[str, Any]) -> Entry:
    facts = Facts(
        title=plain(_text(item.get("title"))) or None,
        authors=tuple(_authors(item)),
        year=year_in(*_dates(item)),
        doi=doi_in(*(_text(item.get(key)) for key in ("DOI", "URL", "note"))) or doi_in("", _text(item.get("url"))),
        journal=plain(_text(item.get("container-title")) or _text(item.get("publicationTitle"))) or None,
    )
    return Entry(facts, tuple(dict.fromkeys(_files(item))))


def _text(value: object) -> str:
    """A text, a number, or the first text of a list; "" for anything else."""
    if isinstance(value, list):
        return next(filter(None, map(_text, value)), "")
    return without_unprinted(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _dates(item: dict[str, Any]) -> Iterator[str]:
    issued = item.get("issued")
    if isinstance(issued, dict):
        parts = issued.get("date-parts")
        while isinstance(parts, list) and parts:
            parts = parts[0]
        yield _text(parts)
        yield from (_text(issued.get(key)) for key in ("raw", "literal"))
    yield from map(_text, (issued, item.get("date"), item.get("year")))


def _authors(item: dict[str, Any]) -> Iterator[str]:
    creators = [one for one in _dicts(item.get("creators")) if one.get("creatorType", "author") == "author"]
    for person in (*_dicts(item.get("author")), *creators):
        given = " ".join(filter(None, (_text(person.get(key)) for key in ("given", "firstName", "dropping-particle"))))
        family = " ".join(
            filter(None, (_text(person.get(key)) for key in ("non-dropping-particle", "family", "lastName")))
        )
        shown = " ".join(filter(None, (given, family, _text(person.get("suffix")))))
        name = plain(shown) or given_first(plain(_text(person.get("literal")) or _text(person.get("name"))))
        if name:
            yield name


def _files(item: dict[str, Any]) -> Iterator[str]:
    for attached in (item.get("attachments"), item.get("files"), item.get("file")):
        for one in attached if isinstance(attached, list) else [attached]:
            path = (
                next(filter(None, (_text(one.get(key)) for key in ("path", "localPath", "file"))), "")
                if isinstance(one, dict)
                else _text(one)
            )
            if path and not path.casefold().startswith(("http:", "https:", "ftp:")):
                yield path


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
