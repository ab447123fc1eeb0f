"""Europe PMC's REST interface: which article an identifier names, and its XML where it is open access.

Its answers are as <https://europepmc.org/RestfulWebService> and its reference guide describe them: `/search` gives JSON
with `resultList.result`, in pages led by `nextCursorMark`, or `errCode` under a status that says all is well; a result
has `pmcid` only where PubMed Central has the article, and says `isOpenAccess` as "Y" or "N". `/PMC…/fullTextXML` gives
JATS, and status 404 for what is not open access.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, Self

from lxml import etree

from corpus.errors import FetchError, UnreadableFile
from corpus.readers import max_file_mb
from corpus.readers.markup import read_xml
from qa.fetching.asking import Asker, Pace
from qa.fetching.identifiers import Identifier, read_identifier
from qa.settings import Settings
from qa.version import version

NAME: Final = "Europe PMC"
_SETTING: Final = "EXOCITE_EUROPEPMC_URL"
_MOST_JSON: Final = 5_000_000
"""Bytes of a page of results; a result with everything has some ten thousand."""
_PAGES: Final = 4
"""Pages of results that are looked through; a DOI is on the first where it is on any."""
_XML: Final = frozenset({"application/xml", "text/xml", ""})
_PUBMED_CENTRAL: Final = frozenset({"pmc", "pmcid"})
"""What JATS calls the PMC id of an article."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it came.

    Attributes:
        pmc: its PMC id.
        names: every identifier that it states of itself, the PMC id among them.
        xml: its JATS, well-formed, with a body.
    """

    pmc: Identifier
    names: frozenset[Identifier]
    xml: bytes


@dataclass(frozen=True, slots=True)
class EuropePMC:
    """Finds and fetches articles."""

    asker: Asker

    @classmethod
    def of(cls, settings: Settings, pace: Pace = Pace()) -> Self:  # noqa: B008 (a frozen value)
        """The interface that the settings name; nothing is asked of it yet."""
        contact = f" ({settings.contact})" if settings.contact else ""
        return cls(Asker(settings.europepmc_url, f"Exocite/{version()}{contact}", NAME, pace))

    def find(self, identifier: Identifier) -> Identifier:
        """The PMC id of the article of that name; asks nothing where it is one.

        Raises:
            FetchError: Europe PMC does not know the article, or has not its text; or it cannot be asked.
        """
        return identifier if identifier.kind == "pmc" else _pmc_of(self._found(identifier))

    def fetch(self, pmc: Identifier) -> Article:
        """The article of a PMC id.

        Raises:
            FetchError: it is not there, not open access, or what came is not its XML; or Europe PMC cannot be asked.
        """
        reply = self.asker.get(f"{pmc}/fullTextXML", {}, int(max_file_mb() * 1_000_000))
        if reply.status == HTTPStatus.NOT_FOUND:
            _pmc_of(self._found(pmc))  # says more of why
            raise FetchError(f"{NAME} has no open-access text of it; add its PDF or XML from its journal, as a file.")
        _check_status(reply.status)
        if reply.kind not in _XML:
            raise FetchError(f"{NAME} sent {reply.kind} and no XML for it; try again later, or check {_SETTING}.")
        return _article(pmc, reply.body)

    def _found(self, identifier: Identifier) -> dict[str, Any]:
        """What Europe PMC knows of the article of that name.

        Raises:
            FetchError: nothing; or it cannot be asked.
        """
        cursor, asked = "*", set[str]()
        while len(asked) < _PAGES:
            asked.add(cursor)
            page = self._page(identifier, cursor)
            results = page["resultList"]["result"]
            for result in results:
                if _is_of(identifier, result):
                    found: dict[str, Any] = result
                    return found
            cursor = str(page.get("nextCursorMark") or "*")
            if not results or cursor in asked:  # its last page leads to itself
                break
        raise FetchError(f"{NAME} knows no such article; check the identifier.")

    def _page(self, identifier: Identifier, cursor: str) -> dict[str, Any]:
        parameters = {
            "query": _query(identifier),
            "resultType": "core",
            "format": "json",
            "pageSize": "25",
            "cursorMark": cursor,
        }
        reply = self.asker.get("search", parameters, _MOST_JSON)
        _check_status(reply.status)
        try:
            page = json.loads(reply.body)
            sound = all(isinstance(result, dict) for result in page["resultList"]["result"])
        except (ValueError, KeyError, TypeError, RecursionError):
            sound = False
        if not sound:
            raise FetchError(f"{NAME} gave an answer that cannot be read; try again later, or check {_SETTING}.")
        return page  # type: ignore[no-any-return]  # (as JSON has it, and checked above as far as it is used)


def _query(identifier: Identifier) -> str:
    return {
        "pmc": f"PMCID:{identifier}",
        "doi": f'DOI:"{identifier.value}"',
        "pmid": f"EXT_ID:{identifier.value} AND SRC:MED",
    }[identifier.kind]


def _is_of(identifier: Identifier, result: dict[str, Any]) -> bool:
    """True where a result has that very name; a search finds more than it."""
    said = result.get("pmcid" if identifier.kind == "pmc" else identifier.kind)
    prefix = "" if identifier.kind == "pmc" else f"{identifier.kind}:"
    return isinstance(said, str) and read_identifier(prefix + said) == identifier


def _pmc_of(result: dict[str, Any]) -> Identifier:
    """The PMC id of a result whose text may be fetched.

    Raises:
        FetchError: there is none.
    """
    pmc = read_identifier(str(result.get("pmcid") or ""))
    if pmc is None or pmc.kind != "pmc":
        raise FetchError(f"{NAME} knows only its abstract; add its PDF or XML from its journal, as a file.")
    if result.get("isOpenAccess") == "N":
        raise FetchError(f"{NAME} has it ({pmc}), but not as open access; add its PDF or XML, as a file.")
    return pmc


def _check_status(status: int) -> None:
    """What else the service says than what was asked for is an error."""
    if status != HTTPStatus.OK:
        raise FetchError(f"{NAME} answered {status}; try again later, or check {_SETTING}.")


def _article(pmc: Identifier, data: bytes) -> Article:
    """The article in what came for a PMC id.

    Raises:
        FetchError: it is no XML, another article, or an article without its text.
    """
    try:
        root = read_xml(str(pmc), data)
    except UnreadableFile as error:
        raise FetchError(f"{NAME} sent what is no XML ({error.reason}) Try again later.") from error
    article = root if root.tag == "article" else root.find(".//article")
    if article is None:
        raise FetchError(f"{NAME} sent XML that is no article (<{root.tag[:60]}>); try again later.")
    names = frozenset(_names(article))
    told = {name for name in names if name.kind == "pmc"}
    if told and pmc not in told:
        others = ", ".join(sorted(map(str, told)))
        raise FetchError(f"{NAME} sent another article ({others}), which was not taken; try again later.")
    body = article.find("body")
    if body is None or not "".join(body.itertext()).strip():
        raise FetchError(f"{NAME} has only its abstract as XML; add its PDF or XML from its journal, as a file.")
    return Article(pmc, names | {pmc}, data)


def _names(article: etree._Element) -> list[Identifier]:
    """The identifiers that an article states of itself."""
    found: list[Identifier] = []
    for stated in article.iterfind("front/article-meta/article-id"):
        kind, text = stated.get("pub-id-type", ""), "".join(stated.itertext()).strip()
        if kind in _PUBMED_CENTRAL:
            name = read_identifier(text if text[:3].upper() == "PMC" else f"PMC{text}")
        else:
            name = read_identifier(f"{kind}:{text}") if kind in {"doi", "pmid"} else None
        if name is not None:
            found.append(name)
    return found
