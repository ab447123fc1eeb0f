"""A response in the formats of other programs: for a text, a spreadsheet, a reference manager.

`markdown` writes the answer with a footnote for each piece of evidence, `table` one line of CSV for each, and
`bibliography` the papers and the primary studies they cite (`works`) as BibTeX, RIS or CSL-JSON. All are UTF-8; the
same response and library give the same characters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from corpus.stores import Stores
from qa.exports.bibliography import as_bibtex, as_csl_json, as_ris
from qa.exports.markdown import as_markdown
from qa.exports.table import as_csv
from qa.exports.works import works
from qa.forms import Format
from qa.results import AskResponse, SearchResponse
from qa.serial import to_json


@dataclass(frozen=True, slots=True)
class FormatInfo:
    """What a format is called by people, on the web, and at the end of a file's name."""

    name: str
    media_type: str
    suffix: str
    write: Callable[[SearchResponse | AskResponse, Stores], str]


FORMATS: Final[dict[Format, FormatInfo]] = {
    "markdown": FormatInfo("Markdown", "text/markdown", ".md", lambda response, _: as_markdown(response)),
    "csv": FormatInfo("CSV", "text/csv", ".csv", lambda response, _: as_csv(response)),
    "bibtex": FormatInfo(
        "BibTeX", "application/x-bibtex", ".bib", lambda said, store: as_bibtex(works(said.evidence, store))
    ),
    "ris": FormatInfo(
        "RIS", "application/x-research-info-systems", ".ris", lambda said, store: as_ris(works(said.evidence, store))
    ),
    "csl-json": FormatInfo(
        "CSL-JSON",
        "application/vnd.citationstyles.csl+json",
        ".csl.json",
        lambda said, store: as_csl_json(works(said.evidence, store)),
    ),
    "json": FormatInfo("JSON", "application/json", ".json", lambda response, _: to_json(response, indent=2) + "\n"),
}
"""Every format, in the order in which they are offered."""


def export(response: SearchResponse | AskResponse, form: Format, store: Stores) -> str:
    """The response in a format, ending with a line end.

    Args:
        store: of the library that gave the response, for what its reference lists say.

    Raises:
        UnknownDocument: a paper of the evidence is not in the library any more.
    """
    return FORMATS[form].write(response, store)
