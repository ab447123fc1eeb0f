"""What names one article: a PMC id, a DOI or a PubMed id, as people write and copy them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

NO_IDENTIFIER: Final = (
    "this names no article; give it as PMC1234567, doi:10.1000/example.1 or pmid:12345678, or its address there."
)
"""What is said of a text that should name an article and does not."""

_PMC: Final = re.compile(r"(?:pmcid:\s*)?PMC(\d{1,12})(?:\.\d{1,3})?", re.IGNORECASE)
_PMID: Final = re.compile(r"pmid:\s*(\d{1,9})", re.IGNORECASE)
# no quotation mark and no backslash: they would end the phrase that a DOI is searched as
_DOI: Final = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/[^\s\"\\\x00-\x1f\x7f]{1,200})", re.IGNORECASE)
_MEANT: Final = re.compile(r"(?:doi|pmid|pmcid):|https?:/|PMC\d\w*$|10\.\d{4,9}/", re.IGNORECASE)
_ADDRESSES: Final = (
    (re.compile(r"(?:dx\.)?doi\.org"), re.compile(r"/(10\..+)"), "doi:{}"),
    (re.compile(r"pmc\.ncbi\.nlm\.nih\.gov"), re.compile(r"/articles/(PMC\d+)(?:/.*)?", re.IGNORECASE), "{}"),
    (re.compile(r"ncbi\.nlm\.nih\.gov"), re.compile(r"/pmc/articles/(PMC\d+)(?:/.*)?", re.IGNORECASE), "{}"),
    (re.compile(r"ncbi\.nlm\.nih\.gov"), re.compile(r"/pubmed/(\d+)/?"), "pmid:{}"),
    (re.compile(r"pubmed\.ncbi\.nlm\.nih\.gov"), re.compile(r"/(\d+)/?"), "pmid:{}"),
    (re.compile(r"europepmc\.org"), re.compile(r"/(?:articles?|abstract)/(?:PMC/)?(PMC\d+)/?", re.IGNORECASE), "{}"),
    (re.compile(r"europepmc\.org"), re.compile(r"/(?:article|abstract)/MED/(\d+)/?", re.IGNORECASE), "pmid:{}"),
)
"""Addresses that name an article: the host, the path, and the identifier in it."""

Kind = Literal["pmc", "doi", "pmid"]


@dataclass(frozen=True, slots=True)
class Identifier:
    """One article's name.

    Attributes:
        value: of a PMC id its digits after `PMC`, of a DOI the DOI in lower case, of a PubMed id its digits; no leading
            zeros.
    """

    kind: Kind
    value: str

    def __str__(self) -> str:
        """The identifier as a user would give it; equal for equal identifiers only."""
        return f"PMC{self.value}" if self.kind == "pmc" else f"{self.kind}:{self.value}"


def read_identifier(text: str) -> Identifier | None:
    """The identifier that the whole of `text` is; None where it is none.

    >>> str(read_identifier(" pmc1234567 ")), str(read_identifier("https://doi.org/10.1000/Kelp.1"))
    ('PMC1234567', 'doi:10.1000/kelp.1')
    >>> read_identifier("kelp.md") is None
    True
    """
    given = text.strip()
    given = _in_address(given) or given
    for kind, form in (("pmc", _PMC), ("pmid", _PMID), ("doi", _DOI)):
        if match := form.fullmatch(given):
            value = match[1].lower() if kind == "doi" else match[1].lstrip("0")
            return Identifier(kind, value) if value else None  # type: ignore[arg-type]  # (mypy takes `kind` for any text)
    return None


@dataclass(frozen=True, slots=True)
class Given:
    """What a user named, each in the order given; identifiers once.

    Attributes:
        neither: what begins as an identifier does and is none, and what is blank.
    """

    paths: tuple[Path, ...]
    identifiers: tuple[Identifier, ...]
    neither: tuple[str, ...]


def told_apart(given: Iterable[str]) -> Given:
    """Which of `given` are paths and which name articles; a path that exists is a path, whatever it looks like."""
    paths: list[Path] = []
    identifiers: dict[Identifier, None] = {}
    neither: list[str] = []
    for each in given:
        path = Path(each)
        if not each.strip():
            neither.append(each)  # as a path it would be the folder one is in
        elif _exists(path):
            paths.append(path)
        elif (identifier := read_identifier(each)) is not None:
            identifiers[identifier] = None
        elif _MEANT.match(each):
            neither.append(each)
        else:
            paths.append(path)
    return Given(tuple(paths), tuple(identifiers), tuple(neither))


def _exists(path: Path) -> bool:
    try:
        path.lstat()
    except (OSError, ValueError):
        return False
    return True


def _in_address(given: str) -> str | None:
    """The identifier in the address of an article; None for any other text."""
    try:
        parts = urlsplit(given)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"}:
        return None
    for its_host, its_path, identifier in _ADDRESSES:
        match = its_path.fullmatch(unquote(parts.path)) if its_host.fullmatch(host) else None
        if match:
            return identifier.format(match[1])
    return None
