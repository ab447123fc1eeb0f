"""HTML: the templates, and the few words and addresses that they need filters for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from qa.citations import short_name
from qa.counts import counted
from qa.exports import FORMATS
from qa.results import Case, Check, Evidence
from web.limits import KIND_NAMES, MOST_LISTED

STATIC: Final = Path(__file__).parent / "static"

_MANY_AUTHORS: Final = 3

CASES: Final[dict[Case | None, str]] = {
    "unknown-name": "What is asked about is nowhere in these documents.",
    "unknown-relation": "What is asked about is here, but not in that relation.",
    "other-context": "What is asked about is here, but in another setting.",
    "off-topic": "These documents are about something else.",
    None: "These documents do not answer this.",
}
CHECKS: Final[dict[Check, str]] = {
    "verbatim": "word for word from the evidence",
    "checked": "in other words than the evidence, and checked against it",
    "flagged": "No part of the answer",
}
TYPES: Final = {"mirna": "microRNA"}


def doi_url(doi: str) -> str:
    """Where a DOI resolves; every character that means something in an address is quoted."""
    return "https://doi.org/" + quote(doi, safe="/:;()._-")


def pubmed_url(pmid: str) -> str:
    """Where PubMed has an entry."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{quote(pmid, safe='')}/"


def document_url(document_id: str) -> str:
    """The source page of a document."""
    return "/documents/" + quote(document_id, safe="")


def evidence_url(evidence: Evidence) -> str:
    """The source page of an evidence, with exactly its characters highlighted and in view."""
    return span_url(evidence.document.id, evidence.start, evidence.end)


def span_url(document_id: str, start: int, end: int) -> str:
    """The source page of a document, with exactly the characters `[start, end)` highlighted and in view."""
    return f"{document_url(document_id)}?{urlencode({'start': start, 'end': end})}#evidence"


def byline(authors: Sequence[str]) -> str:
    """Up to three authors by name; of more, the first with "et al." after it.

    >>> byline(["A. Ito", "B. Cruz"]), byline(["A. Ito", "B. Cruz", "C. Diaz", "D. Eze"]), byline([])
    ('A. Ito, B. Cruz', 'A. Ito et al.', '')
    """
    if len(authors) <= _MANY_AUTHORS:
        return ", ".join(authors)
    return f"{authors[0]} et al."


def thousands(number: int) -> str:
    """A number, thousands parted.

    >>> thousands(12345)
    '12,345'
    """
    return f"{number:,}"


def moment(at: str) -> str:
    """A time in ISO 8601 as a reader has it, in the time of this machine: `3 May 2026, 09:05`."""
    local = datetime.fromisoformat(at).astimezone()
    return f"{local.day} {local:%B %Y, %H:%M}"


def prose(text: str) -> Markup:
    """Text as HTML, character for character; the caret of a raised marker, `^[35]`, is there but takes no room."""
    return Markup('<span class="caret">^</span>[').join(text.split("^["))


def coded(text: str) -> Markup:
    """The first part of a docstring as HTML, what stands between backticks as code; lists of attributes are left out.

    >>> coded("Best first, by `score`. Attributes: none")
    Markup('Best first, by <code>score</code>.')
    """
    unwrapped = re.sub(r"(?<!\n)\n(?!\n)", " ", text.partition("Attributes:")[0].strip())
    parts = unwrapped.split("`")
    return Markup().join(Markup("<code>{}</code>").format(part) if n % 2 else part for n, part in enumerate(parts))


def without_label(caption: str, label: str) -> str:
    """A caption without the label that it begins with.

    >>> without_label("Table 1. Cargo of vesicles", "Table 1")
    'Cargo of vesicles'
    """
    return caption.removeprefix(label).lstrip(" .:-–—\t") if caption.startswith(label) else caption


def asset(name: str) -> str:
    """The address of a file of ours; it changes with the file, so no browser shows an old one."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for function in (
        doi_url,
        pubmed_url,
        document_url,
        span_url,
        byline,
        short_name,
        counted,
        thousands,
        moment,
        prose,
        coded,
        without_label,
    ):
        environment.filters[function.__name__] = function
    environment.globals.update(
        cases=CASES,
        checks=CHECKS,
        types=TYPES,
        formats=FORMATS,
        kinds=KIND_NAMES,
        most_listed=MOST_LISTED,
        stylesheet=asset("exocite.css"),
        script=asset("exocite.js"),
        papers_script=asset("papers.js"),
        icon=asset("icon.svg"),
    )
    return environment


ENVIRONMENT: Final = _environment()


def render(template: str, **context: object) -> str:
    """A template with its context, as HTML; a name that the context lacks is an error, never a blank."""
    return ENVIRONMENT.get_template(template).render(context)
