"""Works as reference managers read them: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

import rispy
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from qa.exports.works import Person, Work

# Greek letters and accents stay: BibTeX files are UTF-8 today. Braces have names, since they must balance.
_LATEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
_RANGE: Final = re.compile(r"\s*[-‐-―−]+\s*")
_UNBALANCING: Final = str.maketrans("", "", "{}\\")


class _RisWriter(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
    """Writes entries one after another, without the numbers above them that some readers stumble over."""

    def set_header(self, count: int) -> str:  # noqa: ARG002 (rispy's signature)
        return ""


def as_bibtex(works: Sequence[Work]) -> str:
    """The works as BibTeX, an `article` where the journal is known, otherwise `misc`.

    Titles stand in double braces, so that no style writes miR-21 or PTEN in other letters.
    """
    library = Library([Entry("article" if work.journal else "misc", work.key, _bibtex_fields(work)) for work in works])
    return write_string(library)


def _bibtex_fields(work: Work) -> list[Field]:
    people = [_bibtex_name(person) for person in work.people] + ["others"] * work.more
    fields = {
        "title": f"{{{work.title.translate(_LATEX)}}}",
        "author": " and ".join(people),
        "year": str(work.year or ""),
        "journal": _latex(work.journal),
        "volume": _latex(work.volume),
        "pages": _RANGE.sub("--", _latex(work.pages)),
        "doi": (work.doi or "").translate(_UNBALANCING),  # read as it stands, without LaTeX
        "pmid": work.pmid or "",
        "note": _latex(work.note),
    }
    return [Field(name, value) for name, value in fields.items() if value]


def _bibtex_name(person: Person) -> str:
    if not person.given:
        return f"{{{_latex(person.family)}}}"
    return ", ".join(_latex(part) for part in (person.family, person.suffix, person.given) if part)


def _latex(text: str | None) -> str:
    return " ".join((text or "").translate(_LATEX).split())


def as_ris(works: Sequence[Work]) -> str:
    """The works as RIS, a `JOUR` where the journal is known, otherwise `GEN`; each value on one line."""
    entries = [_ris_entry(work) for work in works]
    return str(rispy.dumps(entries, implementation=_RisWriter)) if entries else ""


def _ris_entry(work: Work) -> dict[str, str | list[str]]:
    first, _, last = _RANGE.sub("-", work.pages or "").partition("-")
    entry: dict[str, str | list[str]] = {
        "type_of_reference": "JOUR" if work.journal else "GEN",
        "id": work.key,
        "authors": [", ".join(filter(None, (person.family, person.given, person.suffix))) for person in work.people],
        "title": work.title,
        "secondary_title": work.journal or "",
        "year": str(work.year or ""),
        "volume": work.volume or "",
        "start_page": first,
        "end_page": last,
        "doi": work.doi or "",
        "accession_number": f"PMID:{work.pmid}" if work.pmid else "",
        "notes": [work.note] if work.note else [],
    }
    return {
        name: " ".join(value.split()) if isinstance(value, str) else value for name, value in entry.items() if value
    }


def as_csl_json(works: Sequence[Work]) -> str:
    """The works as a JSON list of CSL items, which Zotero, pandoc and citation processors read."""
    return json.dumps([_csl_item(work) for work in works], ensure_ascii=False, indent=2) + "\n"


def _csl_item(work: Work) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": work.key,
        "type": "article-journal" if work.journal else "document",
        "title": work.title,
        "author": [_csl_name(person) for person in work.people],
        "issued": {"date-parts": [[work.year]]} if work.year else None,
        "container-title": work.journal,
        "volume": work.volume,
        "page": work.pages,
        "DOI": work.doi,
        "PMID": work.pmid,
        "note": work.note,
    }
    return {name: value for name, value in item.items() if value}


def _csl_name(person: Person) -> dict[str, str]:
    if not person.given:
        return {"literal": person.family}
    name = {"family": person.family, "given": person.given, "suffix": person.suffix}
    return {part: value for part, value in name.items() if value}
