"""What of a record is searched: by its vector what it says, by its words also where it stands and what it cites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.records import Record, Reference, RowCheck, TableRow
from index.names import find_names
from index.tokens import name_words, without


def encoded_text(record: Record) -> str:
    """The text whose vector a record has: a passage's own, or a row told cell by cell.

    Carried cells are told like any other.
    """
    if not isinstance(record, TableRow):
        return record.text
    return told_by_headers((cell.header, cell.text) for cell in record.cells)


def told_by_headers(cells: Iterable[tuple[str, str]]) -> str:
    """Cells, each a (header, text), as `header: cell; header: cell`; empty ones and lone dashes are left out.

    >>> told_by_headers([("miRNA", "miR-25-3p"), ("Effect", "–"), ("", "2018")])
    'miRNA: miR-25-3p; 2018'
    """
    filled = [(header, text) for header, text in cells if text.strip(" -–—")]
    return "; ".join(f"{header}: {text}" if header else text for header, text in filled)


def worded_text(record: Record, cited: Sequence[Reference]) -> str:
    """The text whose words find a record: the heading above it, what it says, and the titles of the studies it cites.

    A heading often names the cancer that its sentences leave out, and a title the molecule. Of a row the heading is
    left out: a table stands where it fits on the page. A row that names a molecule is about that one, whichever its
    study's title names.
    """
    own, titles = encoded_text(record), [entry.title for entry in cited if entry.title]
    if record.kind == "passage":
        return "\n".join([*record.section[-1:], own, *titles])
    if find_names(own):
        titles = [without(title, find_names(title)) for title in titles]
    return "\n".join([own, *titles])


def instead_text(record: Record, check: RowCheck | None) -> str:
    """What a contradicted row should say, by whose words it is found too; of a row that names a molecule, less those.

    Empty for any other record: a merged row is two, and the reading of either is not its own.
    """
    told = _instead(check)
    return without(told, find_names(told)) if find_names(encoded_text(record)) else told


def study_words(record: Record, cited: Sequence[Reference], check: RowCheck | None = None) -> list[str]:
    """The index words, each `study:` and a name, of the molecules that the studies a row cites are about.

    By their titles, and by what a contradicted row should say.
    """
    if record.kind == "passage":
        return []
    told = [*(entry.title or "" for entry in cited), _instead(check)]
    names = (name for text in told for name in find_names(text))
    return [word.replace("mir:", "study:", 1) for name in names for word in name_words(name)]


def _instead(check: RowCheck | None) -> str:
    return check.suggestion if check and check.outcome == "contradicted" else ""
