"""The studies that the rows of a sheet name, found by the names of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.metadata import find_doi
from corpus.records import Reference
from corpus.references import parse_reference, split_authors

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_IDENTIFYING = re.compile(rf"[^\W\d_].*{_YEAR.pattern}|10\.\d{{4,9}}/|PMID", re.DOTALL)
# What a column says of the study that a row is from; the first that fits, in this order.
_ROLES = {
    "title": re.compile(r"(?:(?:study|paper|article|reference)\W+)?title", re.IGNORECASE),
    "journal": re.compile(r"journal(?:\W+(?:name|title))?|(?:publication|source)\W+title", re.IGNORECASE),
    "doi": re.compile(r"doi(?:\W+(?:link|url))?", re.IGNORECASE),
    "pmid": re.compile(r"pmid|pubmed(?:\W*id)?", re.IGNORECASE),
    "authors": re.compile(r"(?:first\W+)?authors?", re.IGNORECASE),
    "year": re.compile(r"(?:publication\W+)?year(?:\W+of\W+publication)?", re.IGNORECASE),
    "reference": re.compile(r"(?:full\W+|cited\W+)?(?:references?|refs?|citations?|stud(?:y|ies))", re.IGNORECASE),
}


def roles(header: Sequence[str]) -> dict[str, int]:
    """By role, the first column whose name says that it has it."""
    names = [re.sub(r"^\W+|\W+$", "", cell) for cell in header]
    found = {
        role: next((at for at, name in enumerate(names) if form.fullmatch(name)), None) for role, form in _ROLES.items()
    }
    return {role: column for role, column in found.items() if column is not None}


@dataclass(slots=True)
class Studies:
    """The studies met in a file, each once.

    Attributes:
        markers: the marker of each study met, by what identifies it.
    """

    markers: dict[str, str] = field(default_factory=dict)

    def named(self, columns: dict[str, int], cells: Sequence[str]) -> tuple[int, str, Reference | None] | None:
        """The cell that names a row's study and the study's marker, and the study where it is new; None without one.

        Args:
            columns: as `roles` gives them.
            cells: of the row.
        """
        said = {role: cells[column] for role, column in columns.items() if column < len(cells) and cells[column]}
        # a number alone, or the name of a cohort, is no study that could be found
        if not _IDENTIFYING.search(said.get("reference", "")):
            said.pop("reference", None)
        naming = next((role for role in ("reference", "title", "doi", "pmid") if role in said), None)
        if naming is None:
            return None
        study = _study(said)
        key = study.doi or study.pmid or (study.title or said[naming]).casefold()
        known = self.markers.get(key)
        marker = self.markers.setdefault(key, str(len(self.markers) + 1))
        return columns[naming], marker, replace(study, marker=marker) if known is None else None


def _study(said: dict[str, str]) -> Reference:
    """The study that the cells of a row describe, without marker and place."""
    study = parse_reference(said.get("reference", ""), document_id="", start=0, position=1)
    year = _YEAR.search(said.get("year", ""))
    pmid = re.search(r"(?<!\d)\d{1,8}(?!\d)", said.get("pmid", ""))
    return replace(
        study,
        title=said.get("title", study.title),
        journal=said.get("journal", study.journal),
        authors=split_authors(said["authors"]) if "authors" in said else study.authors,
        year=int(year[0]) if year else study.year,
        doi=find_doi(said.get("doi", "")) or study.doi,
        pmid=pmid[0] if pmid else study.pmid,
    )
