"""What a page carries besides its text: running heads and page numbers, front-matter blocks, continuation labels."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from corpus.copies import MIN_REPEATS, count_up, in_order, key, on_pages
from corpus.joining import goes_on, is_open

_LONGEST_HEAD = 150
_EDGE = 2

_DATE_LABEL = re.compile(
    r"(?:received|accepted|revised|submitted|resubmitted|published(?: online)?|online|available online|first published"
    r"|epub|e-?published|publication date|date of (?:submission|acceptance|publication))\b.{0,40}\b(?:1[89]|20)\d\d\b",
    re.IGNORECASE,
)
_FRONT_LABEL = re.compile(
    r"(?:(?:(?:address for |author for )?correspond(?:ence|ing authors?)(?: (?:to|address|author))?)\s*[:.]"
    r"|e-?mails?(?: address(?:es)?)?\s*:|(?:tel|phone|fax|telephone)\b\.?(?: (?:number|no\.?))?\s*[:+]"
    r"|orcid\b|accessible online at\b|available (?:online )?at\s*:|https?://|www\.\S+$"
    r"|(?:how to |to |please )?cite (?:this|as)\b|citation\s*:|copyright\b.{0,12}(?:©|\(c\)|:|\d{4}|the author)|©"
    r"|open access\b.{0,40}(?:licen[cs]e|article|work)|open access$"
    r"|(?:this (?:is an open|work is|article is) .{0,60}licen[cs]e)"
    r"|this is an open[- ]access article|licen[cs]e(?:e .{1,40})?\s*:|creative commons\b"
    r"|key ?-?words?(?: and phrases)?\s*[:.—–]|key ?words?$|index terms\s*[:—–]|doi\s*:|issn\b|e-?issn\b"
    r"|(?:academic |handling |guest |section |responsible |associate )?editors?\s*:|reviewed by\s*:|edited by\s*:"
    r"|running (?:title|head)\s*:|short title\s*:|authors?\s*:|by\s*:|affiliations?\s*:|journal\s*:|published in\s*:"
    r"|year\s*:\s*\d|†?(?:these authors )?contributed equally\b)",
    re.IGNORECASE,
)
_ARTICLE_TYPE = re.compile(
    r"(?:(?:invited |mini[- ]?|narrative |systematic |short |brief |scoping |literature )?"
    r"review(?: (?:article|paper)s?)?"
    r"|(?:original )?(?:research )?articles?|original (?:research|paper|investigation|study)|research(?: paper)?"
    r"|case (?:report|series)|editorial|commentary|perspectives?|opinion|letter(?: to the editor)?|short communication"
    r"|brief (?:report|communication)|technical note|meta-analysis|guidelines?|correspondence|open access"
    r"|systematic review and meta-analysis|mini review)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_INSTITUTION = re.compile(
    r"\b(?:departments?|dept|divisions?|institut\w*|universit\w*|üniversitesi|hospitals?|faculty|school|colleges?"
    r"|cent(?:er|re)s?|laborator\w+|clinics?|academy|foundation|ministry|gmbh|inc|ltd|council)\b",
    re.IGNORECASE,
)
_AFFILIATION_MARK = re.compile(r"(?:\^?\{?[\d¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§a-z#]{1,3}\}?[,.)]?\s*)(?=[^\W\d_a-z])")
_DEGREE = re.compile(
    r"(?:prof|dr|assoc\. prof|asst\. prof|m\.?sc|m\.?d|ph\.?d|mr|mrs|ms|uzm|doç)\.?\s+(?=[A-Z])", re.IGNORECASE
)

_PAGE_NUMBER = re.compile(r"[-–—|\s]*(?:page\s+)?(\d{1,5})(?:\s*(?:of|/)\s*\d{1,5})?[-–—|\s]*", re.IGNORECASE)
_PAGE_OF = re.compile(r"[-–—|\s]*page\s+\d{1,5}(?:\s*(?:of|/)\s*\d{1,5})?[-–—|\s]*", re.IGNORECASE)
_CONTINUED = re.compile(
    r"\(?(?:table|tab\.?|supplementary table)\s+(?P<label>S?\d{1,3}|[IVX]{1,6})[.:,]?\s*[\(\[–—-]?\s*"
    r"cont(?:inued|inuation|['’]d|d)?(?![^\W_])"
    r"\.?[\)\]]?.{0,200}",
    re.IGNORECASE,
)
_FLOAT = re.compile(
    r"(?:table|tab\.|fig\.|figure|scheme|box)\s+(?:S?\d{1,3}|[IVX]{1,6})\b(?:\s*[.:|]|\s+(?-i:[A-Z])|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, trailing blanks gone, and the page it is on (None where the text has no pages)."""

    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Sheets:
    """A text without its running heads and page numbers.

    Attributes:
        lines: in order; a blank line stands at each page end.
        dropped: the furniture taken out, each kind once, in order; journals print their name and DOI there.
    """

    lines: tuple[Line, ...]
    dropped: tuple[str, ...]


def without_furniture(text: str) -> Sheets:
    """The lines of `text` without running heads and page numbers.

    With form feeds, these are looked for among the first and last two lines of each page, and are the same on enough
    pages but for numbers that rise with the pages. Without, a line is a running head where it stands alone at least
    three times, the same but for numbers that count up, and breaks into a sentence at least once; numbers standing
    alone are page numbers where they count up.
    """
    pages = text.split("\f")
    if len(pages) > 1:
        lines, furniture = _from_pages(pages)
    else:
        lines = [Line(line.rstrip(" ")) for line in text.split("\n")]
        furniture = _alone(lines)
    kept = [Line("", line.page) if at in furniture else line for at, line in enumerate(lines)]
    dropped = dict.fromkeys(lines[at].text.strip() for at in sorted(furniture))
    return Sheets(tuple(kept), tuple(dropped))


def is_article_type(text: str) -> bool:
    """Whether a line only says what kind of article follows ("Review")."""
    return _ARTICLE_TYPE.fullmatch(text.strip()) is not None


def is_front(text: str) -> bool:
    """Whether a piece of text is front matter wherever it stands: dates, addresses, licence, keywords and the like."""
    text = text.strip().lstrip("*†‡✉")
    start = text[:200].lstrip()
    if _FRONT_LABEL.match(start) or (len(text) < 200 and _DATE_LABEL.match(start)):
        return len(text) <= 1500
    if len(text) <= 600 and _EMAIL.search(text) and not re.search(r"[a-z]\. [A-Z]\w+ [a-z]+ [a-z]+ ", text):
        return True
    return is_affiliation(text, marked=True)


def is_affiliation(text: str, *, marked: bool = False) -> bool:
    """Whether a line is an author's address; with `marked`, only where a raised mark or a number leads it."""
    text = text.strip()
    if len(text) > 400 or not _INSTITUTION.search(text):
        return False
    mark = re.match(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]|\^\{?\w|<sup>", text) if marked else None
    if marked:
        return mark is not None
    leads = _AFFILIATION_MARK.match(text) is not None or text[:1].isupper()
    return leads and text.count(",") >= 1 and re.search(r"\. [A-Z]\w+ [a-z]+ [a-z]+", text) is None


def is_person(text: str) -> bool:
    """Whether a short line begins with a person's academic title."""
    return len(text) <= 80 and _DEGREE.match(text.strip()) is not None


def is_float(text: str) -> bool:
    """Whether a piece of text is the caption of a table, figure or box, which may stand inside a broken sentence."""
    return _FLOAT.match(text[:60]) is not None


def announces_more(text: str) -> bool:
    """Whether front matter ends in a colon, so that what follows belongs to it ("Cite this article as:")."""
    return text.rstrip().endswith(":")


def continued_table(text: str) -> str | None:
    """The number of the table that a line says goes on here ("Table 1 Cont."), upper case, or None."""
    found = _CONTINUED.fullmatch(text.strip())
    return found["label"].upper() if found else None


def _from_pages(pages: list[str]) -> tuple[list[Line], set[int]]:
    """All lines with their pages, and which of them are furniture, for a text with form feeds."""
    lines: list[Line] = []
    edges: list[tuple[int, int]] = []  # (position of the line, page)
    for page, content in enumerate(pages, start=1):
        first = len(lines)
        lines += [Line(line.rstrip(" "), page) for line in content.split("\n")]
        filled = [at for at in range(first, len(lines)) if lines[at].text.strip()]
        edges += [(at, page) for at in sorted({*filled[:_EDGE], *filled[-_EDGE:]})]
        lines.append(Line("", page))
    alike: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, page in edges:
        if may_be_head(lines[at].text):
            alike[key(lines[at].text)].append((at, page))
    needed = min(MIN_REPEATS, max(2, len(pages) - 1))
    furniture: set[int] = set()
    for some in alike.values():
        copies = on_pages([(page, lines[at].text) for at, page in some], needed)
        furniture |= {some[place][0] for place in copies}
    return lines, furniture


def _alone(lines: list[Line]) -> set[int]:
    """Which lines of a text without form feeds are furniture."""
    filled = [at for at, line in enumerate(lines) if line.text.strip()]
    alone = []  # (place among the filled lines, position)
    for place, at in enumerate(filled):
        before = at == 0 or not lines[at - 1].text.strip()
        after = at + 1 == len(lines) or not lines[at + 1].text.strip()
        if before and after and may_be_head(lines[at].text):
            alone.append((place, at))
    furniture = {at for _, at in alone if _PAGE_OF.fullmatch(lines[at].text)}
    numbers = [at for _, at in alone if _PAGE_NUMBER.fullmatch(lines[at].text)]
    if count_up([int(found[1]) for at in numbers if (found := _PAGE_NUMBER.fullmatch(lines[at].text))]):
        furniture.update(numbers)
    alike: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, at in alone:
        alike[key(lines[at].text)].append((place, at))
    for some in alike.values():
        repeats = len(some) >= MIN_REPEATS and in_order([lines[at].text for _, at in some])
        if repeats and any(_interrupts(lines, filled, place) for place, _ in some):
            furniture.update(at for _, at in some)
    return furniture


def _interrupts(lines: list[Line], filled: list[int], place: int) -> bool:
    """Whether the filled line at `place` stands between the two halves of a sentence."""
    if not 0 < place < len(filled) - 1:
        return False
    left, right = lines[filled[place - 1]].text, lines[filled[place + 1]].text.strip()
    return len(left) > 30 and is_open(left) and goes_on(left, right)


def may_be_head(text: str) -> bool:
    """Whether a line has the form of a running head; tables and captions repeat for other reasons."""
    text = text.strip()
    return 0 < len(text) <= _LONGEST_HEAD and "\t" not in text and continued_table(text) is None and not is_float(text)
