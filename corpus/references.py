"""References: the entries of a reference list, taken apart into authors, title, journal, year, volume, pages, DOI, PMID.

The forms that are read, by what gives each away (`J` a journal, `V` a volume, `P` pages):

- Vancouver: `Authors. Title. J 2014;V(2):P.` and with a full stop after the journal, and with a month;
- APA, Harvard and author-year: `Authors (2014). Title. J, V(2), P.`, with or without parentheses, commas, colons;
- ACS and MDPI: `Authors. Title. J 2014, V, P.`;  Nature: `Authors. Title. J V, P (2014).`
- books: `Authors. Title. Place: Publisher; 2014.`

What an entry does not say in one of these forms is None; its text is always kept.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.records import Reference

# Longer than any entry; a reader that ran several together must not make the parse slow.
_MOST_CHARS = 3000

_ENTRY_NUMBER = re.compile(r"\s*(?:\[\s*(\d{1,4})\s*\]|\(\s*(\d{1,4})\s*\)|(\d{1,4})\s*[.)]|(\d{1,4})(?=\s+[^\W\d_]))\s*")
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s<>\"”’\[\]]+)", re.IGNORECASE)
_PMID = re.compile(r"(?:\bPMID\s*:?\s*|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/)(\d{1,8})\b", re.IGNORECASE)
_IDENTIFIERS = re.compile(
    r"\s*[\[(<]*(?:\bdoi\s*[:.]?\s*|https?://|www\.|\bPMC?ID\s*:|\bPMC\d|\bavailable (?:from|at)\b|\b10\.\d{4,9}/).*",
    re.IGNORECASE | re.DOTALL,
)
_NOTE = re.compile(r"\s*\[(?:cited|accessed|epub|internet|online|preprint|erratum|published)\b[^\]]*\]", re.IGNORECASE)

_YEAR = r"(?:1[5-9]|20)\d\d"
_A_YEAR = re.compile(rf"(?<![\w.:;-])({_YEAR})[a-z]?(?![\w-])")
_PAGE = r"[A-Za-z]{0,5}\.?\d[\w.]*?"
_PAGES = rf"(?P<pages>{_PAGE}(?:\s?[-\u2010-\u2015\u2212]+\s?{_PAGE})?)(?=[\s.,;)]*(?:$|[\s;,]))"
_ISSUE = r"\s*(?:\((?P<issue>[^()]{0,40}(?:\([^()]*\))?[^()]{0,20})\))?"
_VOLUME = r"(?P<volume>[^\s():;,.]{1,12}(?:\s(?:Suppl|Pt|Spec No)\.?(?:\s\w{1,4})?)?)"
_DAY = r"(?:[\s,]+[A-Z][a-z]{2,8}\.?(?:[-/][A-Z][a-z]{2,8}\.?)?(?:\s\d{1,2})?)?"

_VANCOUVER = re.compile(rf"(?<=[\s.,])(?P<year>{_YEAR})[a-z]?{_DAY}\s*;\s*{_VOLUME}?{_ISSUE}(?:\s*[:,]\s*{_PAGES})?")
_MDPI = re.compile(rf"(?<=[\s.])(?P<year>{_YEAR}),\s*{_VOLUME}{_ISSUE}(?:\s*[,:]\s*(?:pp?\.\s*)?{_PAGES})?")
_NATURE = re.compile(rf"(?<=\s){_VOLUME}{_ISSUE}(?:\s*[,:]\s*(?:pp?\.\s*)?{_PAGES})?\s*\((?P<year>{_YEAR})\)\W*$")
_BOOK = re.compile(rf"(?P<place>[^.:;?!]{{2,60}}):\s*(?P<publisher>[^:;]{{2,90}})[;,]\s*(?P<year>{_YEAR})\b[^;]{{0,40}}$")
_AFTER_AUTHORS = re.compile(rf"[\s,.]*\((?P<year>{_YEAR})[a-z]?(?:,[^()]{{0,30}})?\)[\s.,:]*|,\s+(?P<bare>{_YEAR})[a-z]?\.\s+")
_TAIL = re.compile(
    rf"[\s,.]+(?:vol\.?\s*)?(?P<volume>\d[^\s():;,.]{{0,9}}){_ISSUE}"
    rf"(?:\s*[,:]\s*(?:no\.\s*\d+,\s*)?(?:pp?\.\s*)?{_PAGES})?\W*$",
    re.IGNORECASE,
)

_ET_AL = re.compile(r"[\s,;]*(?:\bet\.?\s+al\b|\band others\b|\band colleagues\b|…|\.\.\.)[.,]?", re.IGNORECASE)
_ET_AL_END = re.compile(r"\bet\.?\s+al\b\.?,?\s*|\band others\b\.?\s*", re.IGNORECASE)
_INITIALS = r"(?:[^\W\d_a-z]\.[\s-]?){1,5}"
_DOTTED_AUTHORS = re.compile(
    rf"(?:(?:,|;|,?\s*&|,?\s+and\b|…|\.\.\.)*\s*[^\W\d_][^,;.&()\d]{{0,40}},\s*{_INITIALS}(?:,?\s(?:Jr|Sr|I{{2,3}})\.?)?)+"
)
_SURNAME_FIRST = re.compile(rf"[^,;]+,\s*{_INITIALS}")
_ONLY_INITIALS = re.compile(rf"{_INITIALS}|Jr\.?|Sr\.?|I{{2,3}}|\d(?:st|nd|rd|th)")
_AUTHOR_GAP = re.compile(r"\s*(?:;|,)\s*(?:&|and\s)?\s*|\s+&\s+|\s+and\s+")
_SENTENCE_END = re.compile(r"(?<!\bvs)(?<!\bsp)(?<!\bSt)([.?!][\"”’)]?)\s+(?=\S)")
# Words that journals' abbreviated titles are made of, where each may have its full stop: "J. Biol. Chem."
_JOURNAL_WORD = re.compile(
    r"(?:Acad|Acta|Adv|Am|Ann|Annu|Appl|Arch|Assoc|Bacteriol|Biochem|Biochim|Biol|Biomed|Biophys|Biotechnol|Br|Bull|"
    r"Cancer|Cell|Chem|Clin|Commun|Curr|Dev|Dis|Drug|Endocrinol|Eng|Engl|Environ|Epidemiol|Eur|Exp|Extracell|Front|"
    r"Genet|Genom|Hematol|Hum|Immunol|Infect|Inst|Int|Invest|J|Lett|Mater|Med|Metab|Microbiol|Mol|N|Nanomed|Nat|Natl|"
    r"Neurol|Neurosci|Nucl|Nutr|Oncol|Opin|Pathol|Pharm|Pharmacol|Phys|Physiol|Proc|Prog|Psychol|R|Rep|Res|Rev|Sci|"
    r"Signal|Soc|Stand|Suppl|Surg|Ther|Toxicol|Transl|Trans|Trends|Virol|U\.S|U\.\s?S)\."
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


def find_doi(text: str) -> str | None:
    """The first DOI in a text, in lower case, without a resolver's address or closing punctuation; or None.

    >>> find_doi("doi: https://doi.org/10.1016/S0140-6736(05)12345-6.")
    '10.1016/s0140-6736(05)12345-6'
    """
    match = _DOI.search(text)
    if not match:
        return None
    doi = match[1].lower()
    while doi and (doi[-1] in ".,;:'*_}" or (doi[-1] == ")" and doi.count("(") < doi.count(")"))):
        doi = doi[:-1]
    return doi


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
    return _NOTE.sub("", _IDENTIFIERS.sub("", " ".join(text.split()))).strip(" *_")


def _fields(body: str) -> _Fields:
    """The fields of the first form that fits."""
    authors, rest = _split_off_authors(body)
    dated = _AFTER_AUTHORS.match(rest) or _year_after(authors)
    raise NotImplementedError
