"""What reference managers export: BibTeX, RIS and CSL-JSON become entries, each with its facts and the files it names.

One module a format, each with one function `(name, data) -> Export`. `files` finds the files that entries name;
`wording` makes their titles and names plain. What an entry says counts more than what was guessed from a file, and less
than what the file's own format states (`corpus.describing`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from corpus.errors import UnreadableFile
from corpus.managers.bibtex import read_bibtex
from corpus.managers.csl import read_csl_json
from corpus.managers.entries import Export
from corpus.managers.ris import read_ris
from corpus.readers import max_file_mb

EXPORTS: dict[str, Callable[[str, bytes], Export]] = {
    ".bib": read_bibtex,
    ".bibtex": read_bibtex,
    ".ris": read_ris,
    ".json": read_csl_json,
}
FOUND: frozenset[str] = frozenset({".bib", ".bibtex", ".ris"})
"""The suffixes of exports that are used where a folder holds one; `.json` may be anything, and must be named."""


def read_export(name: str, data: bytes) -> Export:
    """The entries of one export, read as its suffix (in any case) says; an entry that is broken stops no other.

    Raises:
        UnreadableFile: no export, one too large, or none of its entries can be read.
        BadSetting: the size limit is not a number.
    """
    limit = max_file_mb()
    if len(data) > limit * 1_000_000:
        reason = f"it has {len(data) / 1e6:.1f} MB, and the limit is {limit:g} MB; set EXOCITE_MAX_FILE_MB higher."
        raise UnreadableFile(name, reason)
    export = EXPORTS[PurePath(name).suffix.casefold()](name, data)
    if not export.entries:
        raise UnreadableFile(name, "no entry of a reference manager can be read in it; export it again, as UTF-8.")
    return export
