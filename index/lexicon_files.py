"""Tables of other names become entries: HGNC, Disease Ontology, miRBase, any OBO file, any table with a header.

A format is told by what the file holds, never by how it is called. Only names that a table calls exact are taken.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from corpus.errors import UnreadableFile
from corpus.readers.decode import decode
from index.lexicon import Entry, merge
from index.names import find_names

MAX_BYTES: Final = 200_000_000
"""A gzipped table may hold this much; the whole of HGNC is 16 MB."""

_EXPECTED: Final = (
    "give an HGNC, miRBase or Disease Ontology table, an OBO file, a TSV or CSV table whose header names a column "
    "`name` and one `synonyms`, or two columns parted by a tab: name, other name"
)
_MAX_NAME: Final = 300  # characters; what is longer is a sentence
# by header, in lower case with underscores; of several that hold the preferred name the first here counts
_PREFERRED: Final = (
    "symbol",
    "approved_symbol",
    "preferred_name",
    "preferred",
    "name",
    "approved_name",
    "term",
    "label",
)
_IDENTIFIERS: Final = ("hgnc_id", "concept", "id", "doid", "identifier", "accession", "mimat", "geneid", "gene_id")
_TYPES: Final = ("locus_type", "type", "kind")
# HGNC lists diseases and families among a gene's older long names ("Rett syndrome", "potassium channel"), so of these
# only one word that is a protein's ("osteopontin", "E-cadherin")
_OLDER_NAMES: Final = ("alias_name", "prev_name", "alias_names", "previous_name", "previous_names")
_PROTEIN: Final = re.compile(r"\S+(?:in|ase|gen)")
# the columns of other names, and what parts the names in a cell
_OTHERS: Final = {
    **dict.fromkeys(("alias_symbol", "prev_symbol"), r"[|;,]"),
    **dict.fromkeys(("alias_symbols", "previous_symbols", "previous_symbol", "aliases", "alias"), r"[|;,]"),
    **dict.fromkeys(("synonyms", "synonym", "exact_synonyms", "exact_synonym"), r"[|;]"),
    **dict.fromkeys(("other_names", "other_name", "old_names", "old_name"), r"[|;]"),
    **dict.fromkeys(_OLDER_NAMES, r"[|]"),
}
_LONG_NAMES: Final = ("name", "approved_name", "full_name")  # beside a symbol
_DISEASES: Final = ("DOID:", "MONDO:", "ORPHA:", "ORPHANET:")
_MAY_BE_MOLECULE: Final = re.compile(r"mi-?r|micro|let", re.IGNORECASE)
_SYNONYM: Final = re.compile(r'(?:synonym:\s*"((?:[^"\\]|\\.)*)"\s+EXACT\b|exact_synonym:\s*"((?:[^"\\]|\\.)*)")')


class _Line(NamedTuple):
    number: int
    cells: list[str]


def read_lexicon(name: str, data: bytes) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """The entries of a table, those of one concept made one, and what the user should know, one sentence each.

    Args:
        name: the file's name, for messages.
        data: its bytes, gzipped or not.

    Raises:
        UnreadableFile: it holds no table of names, or cannot be decoded.
    """
    decoded = decode(name, _unzip(name, data))
    lost: list[int] = []
    if re.search(r"^\[Term\]\s*$", decoded.text, re.MULTILINE):
        read = _read_obo(decoded.text, lost)
    else:
        read = _read_table(name, decoded.text, lost)
    entries = merge(read)
    if not entries:
        raise UnreadableFile(name, f"no names are found in it; {_EXPECTED}.")
    notices = decoded.notices
    if lost:
        what = "1 line was" if len(lost) == 1 else f"{len(lost):,} lines were"
        notices = (*notices, f"{what} left out for want of a usable name, the first at line {lost[0]}.")
    return entries, notices


def _unzip(name: str, data: bytes) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            plain = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFile(name, f"it cannot be unzipped ({error}); get the file again.") from error
    if len(plain) > MAX_BYTES:
        raise UnreadableFile(name, f"unzipped it has more than {MAX_BYTES // 1_000_000} MB; give a smaller table.")
    return plain


def _read_obo(text: str, lost: list[int]) -> Iterator[Entry]:
    """The terms that are not obsolete; the line of one without id or name goes to `lost`."""
    header, *stanzas = re.split(r"^(?=\[\w+\]\s*$)", text, flags=re.MULTILINE)
    default = _tag(header, "default-namespace") or _tag(header, "ontology") or "term"
    number = 1 + header.count("\n")
    for stanza in stanzas:
        if stanza.startswith("[Term]") and _tag(stanza, "is_obsolete") != "true":
            identifier, name = _tag(stanza, "id"), _unescape(_tag(stanza, "name"))
            if identifier and _is_name(name):
                others = [_unescape(found[1] or found[2]) for found in map(_SYNONYM.match, stanza.split("\n")) if found]
                yield _entry(identifier, name, _tag(stanza, "namespace") or default, others)
            else:
                lost.append(number)
        number += stanza.count("\n")


def _tag(stanza: str, tag: str) -> str:
    found = re.search(rf"^{tag}:[ \t]*(.*?)[ \t]*$", stanza, re.MULTILINE)
    return found[1] if found else ""


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: " " if found[1] in "nWt" else found[1], text)


def _read_table(name: str, text: str, lost: list[int]) -> Iterator[Entry]:
    lines = list(_lines(name, text))
    columns = [re.sub(r"[^a-z0-9]+", "_", cell.lower()).strip("_") for cell in lines[0].cells] if lines else []
    preferred = next((column for column in _PREFERRED if column in columns), None)
    if preferred is not None and any(column in _OTHERS for column in columns):
        yield from _with_header(columns, preferred, lines[1:], lost)
    elif lines and "\t" in text and all(len(line.cells) == 2 for line in lines[:20]):
        yield from _pairs(lines, lost)
    else:
        raise UnreadableFile(name, f"it is no table of names; {_EXPECTED}.")


def _lines(name: str, text: str) -> Iterator[_Line]:
    """The cells of every line that is not blank and no comment; the first line may be a header behind a `#`."""
    first = next(line for line in text.split("\n") if line.strip())
    if "\t" in first or "\t" in text.partition(first)[2].lstrip().partition("\n")[0]:
        rows: Iterable[_Line] = (_Line(n, line.split("\t")) for n, line in enumerate(text.split("\n"), start=1))
    else:
        rows = _csv_lines(name, text, ";" if first.count(";") > first.count(",") else ",")
    for number, raw in rows:
        cells = [_unquote(cell.strip()) for cell in raw]
        is_comment = cells and cells[0].startswith(("#", "!")) and not _is_header(cells)
        if any(cells) and not is_comment:
            yield _Line(number, cells)


def _csv_lines(name: str, text: str, delimiter: str) -> Iterator[_Line]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    try:
        for cells in reader:
            yield _Line(reader.line_num, cells)
    except csv.Error as error:
        raise UnreadableFile(name, f"line {reader.line_num} is no CSV ({error}); {_EXPECTED}.") from error


def _is_header(cells: Sequence[str]) -> bool:
    return any(re.sub(r"[^a-z0-9]+", "_", cell.lower()).strip("_") in _OTHERS for cell in cells)


def _unquote(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _with_header(columns: Sequence[str], preferred: str, lines: Sequence[_Line], lost: list[int]) -> Iterator[Entry]:
    rows = [(line.number, dict(zip(columns, line.cells, strict=False))) for line in lines]
    long_names = [column for column in _LONG_NAMES if column in columns and column != preferred]
    approved = {row.get(column, "").casefold() for column in long_names for _, row in rows}
    identifier = next((column for column in _IDENTIFIERS if column in columns), "")
    kind = next((column for column in _TYPES if column in columns), "")
    is_genes = preferred in ("symbol", "approved_symbol")
    for number, row in rows:
        name = row.get(preferred, "")
        is_withdrawn = is_genes and row.get("status", "").lower() not in ("approved", "")
        if not _is_name(name) or is_withdrawn:
            lost.append(number)
            continue
        others = [row.get(column, "") for column in long_names]
        others += [other for column in columns if column in _OTHERS for other in _others(column, row, approved)]
        yield _entry(row.get(identifier, ""), name, "gene" if is_genes else row.get(kind, "") or "term", others)


def _others(column: str, row: dict[str, str], approved: Collection[str]) -> list[str]:
    """The names in one cell; of older long names only a protein's one word that is not another's name today.

    A short plain word among a gene's aliases ("statin", "hole") is left out: where it stands, it is rarely the gene.
    """
    names = [_unquote(name.strip()) for name in re.split(_OTHERS[column], row.get(column, ""))]
    if "symbol" in row or "approved_symbol" in row:
        names = [name for name in names if len(name) > 6 or not name.isalpha() or not name[1:].islower()]
    if column not in _OLDER_NAMES:
        return names
    return [name for name in names if _PROTEIN.fullmatch(name) and name.casefold() not in approved]


def _pairs(lines: Iterable[_Line], lost: list[int]) -> Iterator[Entry]:
    for line in lines:
        if len(line.cells) > 1 and _is_name(line.cells[0]) and _is_name(line.cells[1]):
            yield _entry("", line.cells[0], "term", [line.cells[1]])
        else:
            lost.append(line.number)


def _entry(identifier: str, name: str, kind: str, others: Iterable[str]) -> Entry:
    """The entry; a microRNA is keyed by its one spelling, and disease identifiers tell their type."""
    synonyms = tuple(dict.fromkeys((name, *(other for other in others if _is_name(other)))))
    found = find_names(name) if _MAY_BE_MOLECULE.search(name) else ()
    if len(found) == 1 and found[0].text == name:
        return Entry(found[0].name, found[0].name, "mirna", synonyms)
    if identifier.upper().startswith(_DISEASES):
        kind = "disease"
    return Entry(identifier or name, name, kind, synonyms)


def _is_name(text: str) -> bool:
    """True for what can be a name: with a letter or digit in it, and not a sentence."""
    return len(text) <= _MAX_NAME and any(map(str.isalnum, text))
