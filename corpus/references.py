"""References: entries of a reference list, taken apart: authors, title, journal, year, volume, pages, DOI and PMID.

The forms that are read, by what gives each away (`J` a journal, `V` a volume, `P` pages):

- Vancouver: `Authors. Title. J 2014;V(2):P.` and with a full stop after the journal, and with a month;
- APA, Harvard and author-year: `Authors (2014). Title. J, V(2), P.`, with or without parentheses, commas, colons;
- ACS and MDPI: `Authors. Title. J 2014, V, P.`;  Nature: `Authors. Title. J V, P (2014).`
- books: `Authors. Title. Place: Publisher; 2014.`

What an entry does not say in one of these forms is None; its text is always kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.metadata import find_doi
from corpus.records import Reference

# Longer than any entry; a reader that ran several together must not make the parse slow.
_MOST_CHARS = 3000

_ENTRY_NUMBER = re.compile(
    r"\s*(?:\[\s*(\d{1,4})\s*\]|\(\s*(\d{1,4})\s*\)|(\d{1,4})\s*[.)]|(\d{1,4})(?=\s+[^\W\d_]))\s*"
)
_PMID = re.compile(r"(?:\bPMID\s*:?\s*|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/)(\d{1,8})\b", re.IGNORECASE)
_IDENTIFIERS = re.compile(
    r"(?:\bdoi\s*[:.]?\s*|https?://|www\.|\bPMC?ID\s*:|\bPMC\d|\bavailable (?:from|at)\b|\b10\.\d{4,9}/).*",
    re.IGNORECASE | re.DOTALL,
)
_NOTE = re.compile(r"\s*\[(?:cited|accessed|epub|internet|online|preprint|erratum|published)\b[^\]]*\]", re.IGNORECASE)

_YEAR = r"(?:1[5-9]|20)\d\d"
_PAGE = r"[A-Za-z]{0,5}\d[\w.]*?"
_PAGES = rf"(?P<pages>{_PAGE}(?:\s?[-\u2010-\u2015\u2212]+\s?{_PAGE})?)(?=[\s.,;)]*(?:$|[\s;,]))"
_ISSUE = r"\s*(?:\([^()]{0,60}\))?"
_VOLUME = r"(?P<volume>[^\s():;,.]{1,12}(?:\s(?:Suppl|Pt)\.?(?:\s\w{1,4})?)?)"
_LOCATOR = rf"{_ISSUE}(?:\s*[:,]\s*(?:(?:pp?\.|art(?:icle)?(?: no)?\.?)\s*)?{_PAGES})?"
_DAY = r"(?:[\s,]+[A-Z][a-z]{2,8}\.?(?:[-/][A-Z][a-z]{2,8}\.?)?(?:\s\d{1,2})?)?"

_VANCOUVER = re.compile(rf"(?<=[\s.,])(?P<year>{_YEAR})[a-z]?{_DAY}\s*;\s*{_VOLUME}?{_LOCATOR}")
_AFTER_AUTHORS = re.compile(rf"\(({_YEAR})[a-z]?(?:,[^()]{{0,30}})?\)[\s.,:]*|(?<=[.,])\s+({_YEAR})[a-z]?[.:]\s+")
_MDPI = re.compile(rf"(?<=[\s.])(?P<year>{_YEAR}),\s*{_VOLUME}{_LOCATOR}\W*$")
_NATURE = re.compile(rf"(?<=\s){_VOLUME}{_LOCATOR}\s*\((?P<year>{_YEAR})\)\W*$")
_BOOK = re.compile(
    rf"(?:^|(?<=[.?!]\s))[^.:;?!]{{2,60}}:\s*(?:[^:;.]|\.(?=[;,])){{2,90}}[;,]\s*(?P<year>{_YEAR})\b[^;]{{0,40}}$"
)
_YEAR_LAST = re.compile(rf"(?<=[\s.,])(?P<year>{_YEAR}){_DAY}\W*$")
_ANY_YEAR = re.compile(rf"(?<![\w.:;/-])(?P<year>{_YEAR})(?![\w-])")
_TAIL = re.compile(rf"[\s,.]+(?:vol\.?\s*)?(?P<volume>\d[^\s():;,.]{{0,9}}){_LOCATOR}\W*$", re.IGNORECASE)
_EDITION = re.compile(r"[.,;]\s*(?:\d+(?:st|nd|rd|th)|rev(?:ised)?)\s+ed(?:n|ition)?\.?\s*$", re.IGNORECASE)

_ET_AL = re.compile(r"[\s,;]*(?:\bet\.?\s+al\b|\band others\b|…|\.\.\.)[.,]*\s*", re.IGNORECASE)
_INITIALS = r"(?:[^\W\d_a-z]\.[\s-]?){1,5}"
_DOTTED_AUTHORS = re.compile(
    rf"(?:(?:,|;|,?\s*&|,?\s+and\b)*\s*[^\W\d_][^,;.&()\d]{{0,40}},\s*{_INITIALS}(?:,?\s?(?:Jr|Sr|I{{2,3}})\b\.?)?)+"
)
_INITIAL_FIRST = re.compile(r"(?:^|,\s|;\s|&\s|\band\s)(?:[^\W\d_a-z][.\s-]{0,2})*[^\W\d_a-z]$")
_MORE_INITIALS = re.compile(r"[^\W\d_a-z]\.(?:,|\s+[^\W\d_a-z])")
_ONLY_INITIALS = re.compile(rf"{_INITIALS}|Jr\.?|Sr\.?|I{{2,3}}|\d(?:st|nd|rd|th)")
_NO_SURNAME = re.compile(r"(?:[A-Z][.-]?){1,4}|Jr\.?|Sr\.?|I{2,3}")
_AUTHOR_GAP = re.compile(r"\s*,\s*(?:&\s*|and\s)?\s*|\s*&\s*|\s+and\s+")
_SENTENCE_END = re.compile(r"(?<!\bvs)(?<!\bsp)(?<!\bSt)(?:\.|[?!][\"”’)]?)\s+(?=\S)")
# Words of journals' abbreviated titles that may each have a full stop, "J. Biol. Chem."
_JOURNAL_WORD = re.compile(
    r"(?:[A-Z]\S*\s){0,2}(?:[A-Z]|Acad|Adv|Am|Ann|Annu|Appl|Arch|Assoc|Bacteriol|Biochem|Biochim|Biol|Biomed|Biophys|"
    r"Biotechnol|Br|Bull|Chem|Circ|Clin|Commun|Curr|Dev|Dis|Endocrinol|Eng|Engl|Environ|Epidemiol|Eur|Exp|Extracell|"
    r"Front|Genet|Hematol|Hepatol|Hum|Immunol|Infect|Inst|Int|Invest|Lett|Mater|Med|Metab|Microbiol|Mol|Nanomed|Nat|"
    r"Natl|Neurol|Neurosci|Nucl|Nutr|Oncol|Opin|Pathol|Pharm|Pharmacol|Phys|Physiol|Proc|Prog|Psychol|Rep|Res|Rev|Sci|"
    r"Soc|Suppl|Surg|Ther|Toxicol|Transl|Trans|Virol)\.\s+"
)


class _Fields(NamedTuple):
    authors: str = ""
    title: str | None = None
    journal: str | None = None
    year: int | None = None
    volume: str | None = None
    pages: str | None = None


def parse_reference(text: str, *, document_id: str, start: int, position: int) -> Reference:
    """The entry `text` taken apart; what it does not say, or not in a form that is read, is None.

    Args:
        text: the entry as it stands in the document, its number included.
        document_id: the document it is an entry of.
        start: where it stands in that document's text.
        position: its place in the list, from 1: its marker where no number is printed.
    """
    number = _ENTRY_NUMBER.match(text)
    marker = str(int(next(group for group in number.groups() if group))) if number else str(position)
    whole = text[number.end() if number else 0 :][:_MOST_CHARS]
    fields = _fields(_body(whole))
    pmid = _PMID.search(whole)
    return Reference(
        document_id=document_id,
        marker=marker,
        start=start,
        end=start + len(text),
        text=text,
        authors=split_authors(fields.authors),
        title=fields.title,
        journal=fields.journal,
        year=fields.year,
        volume=fields.volume,
        pages=fields.pages,
        doi=find_doi(whole),
        pmid=pmid[1] if pmid else None,
    )


def is_numbered(references: Sequence[Reference]) -> bool:
    """Whether the entries of a list have printed numbers: most of them do."""
    return 2 * sum(_ENTRY_NUMBER.match(entry.text) is not None for entry in references) > len(references)


def surname(author: str) -> str:
    """The surname of an author as a reference list prints it, particles included.

    >>> surname("van der Berg JP Jr"), surname("Smith, J. A."), surname("J. Doe")
    ('van der Berg', 'Smith', 'Doe')
    """
    before = author.partition(",")[0]
    return " ".join(word for word in before.split() if not _NO_SURNAME.fullmatch(word)) or before


def split_authors(listed: str) -> tuple[str, ...]:
    """The names of an author list, as printed, in order, "et al." left out.

    >>> split_authors("Zhou W, Fong MY, van der Berg JP Jr, et al")
    ('Zhou W', 'Fong MY', 'van der Berg JP Jr')
    >>> split_authors("Smith, J. A., & Doe, B.")
    ('Smith, J. A.', 'Doe, B.')
    """
    names: list[str] = []
    listed = _ET_AL.sub(" ", listed).strip(" ,;")
    if ";" in listed:
        return tuple(name for piece in listed.split(";") if (name := piece.strip(" ,&")))
    for piece in _AUTHOR_GAP.split(listed):
        name = piece.strip(" ,;&")
        if names and _ONLY_INITIALS.fullmatch(name):
            names[-1] = f"{names[-1]}, {name}"
        elif name:
            names.append(name)
    return tuple(names)


def _body(text: str) -> str:
    """The entry on one line, without identifiers, addresses and bracketed notes."""
    return _NOTE.sub("", _IDENTIFIERS.sub("", " ".join(text.split()))).strip(" *_[(<")


def _fields(body: str) -> _Fields:
    """The fields of the first form that fits."""
    vancouver = list(_VANCOUVER.finditer(body))
    if vancouver:
        return _ending(body, vancouver[-1])
    dated = _AFTER_AUTHORS.search(body)
    if dated and len(body) - dated.end() > 15:
        return _author_year(body[: dated.start()], int(dated[1] or dated[2]), body[dated.end() :])
    for form in (_MDPI, _NATURE):
        if match := form.search(body):
            return _ending(body, match)
    if match := _BOOK.search(body):
        authors, title = _off_authors(body[: match.start()])
        title = _EDITION.sub("", title.split(". In: ")[0].rstrip(" ."))
        return _Fields(authors, title or None, year=int(match["year"]))
    if match := _YEAR_LAST.search(body):
        return _ending(body, match)
    authors, rest = _off_authors(body)
    years = _ANY_YEAR.findall(body)
    if not rest:
        authors, rest = "", authors
    return _Fields(authors, _first_sentence(rest), year=int(years[-1]) if years else None)


def _ending(body: str, tail: re.Match[str]) -> _Fields:
    """The fields of `Authors. Title. Journal TAIL`, where the tail gives year, volume and pages."""
    groups = tail.groupdict()
    authors, rest = _off_authors(body[: tail.start()])
    title, journal = _title_and_journal(rest)
    return _Fields(authors, title, journal, int(groups["year"]), groups.get("volume"), groups.get("pages"))


def _author_year(authors: str, year: int, rest: str) -> _Fields:
    """The fields of an entry with its year after the authors; `rest` is what follows the year."""
    authors = authors.rstrip(" ,")
    if not _DOTTED_AUTHORS.match(authors):
        authors = authors.removesuffix(".")
    tail = _TAIL.search(rest)
    if tail is None:
        return _Fields(authors, _first_sentence(rest), year=year)
    title, journal = _title_and_journal(rest[: tail.start()])
    return _Fields(authors, title, journal, year, tail["volume"], tail["pages"])


def _off_authors(text: str) -> tuple[str, str]:
    """The author list that an entry begins with, and what follows it."""
    et_al = _ET_AL.search(text)
    if et_al and not re.search(r"[?!:]", text[: et_al.start()]):
        return text[: et_al.start()], text[et_al.end() :]
    dotted = _DOTTED_AUTHORS.match(text)
    if dotted:
        return dotted[0], text[dotted.end() :].lstrip(" .,")
    for match in _SENTENCE_END.finditer(text):
        authors, rest = text[: match.start()], text[match.end() :]
        # "Smith J. A., Doe B." and "J. Smith": the full stop belongs to an initial.
        if not _INITIAL_FIRST.search(authors) and not _MORE_INITIALS.match(rest):
            return authors, rest
    return text.rstrip(" ."), ""


def _first_sentence(text: str) -> str | None:
    end = _SENTENCE_END.search(text)
    return (text[: end.end()] if end else text).strip().removesuffix(".") or None


def _title_and_journal(text: str) -> tuple[str | None, str | None]:
    """`Title. Journal` taken apart at the last end of a sentence that is not inside the journal's abbreviation."""
    abbreviated = text.rstrip(" ,").endswith(".")
    text = text.strip(" .,")
    ends = list(_SENTENCE_END.finditer(text))
    if not ends:
        # An entry without a title has a few words of journal; a longer text without an end is a title.
        return (None, text or None) if len(text.split()) <= 6 else (text, None)
    last = len(ends) - 1
    while last > 0 and _JOURNAL_WORD.fullmatch(text, ends[last - 1].end(), ends[last].end()):
        last -= 1
    end = ends[last]
    # The full stop goes; a question mark is part of the title.
    title = text[: end.end()].strip().removesuffix(".")
    journal = text[end.end() :].strip(" .,*_")
    return title or None, f"{journal}." if abbreviated and ". " in journal else journal or None
