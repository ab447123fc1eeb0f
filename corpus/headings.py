"""What a heading looks like in plain text, and the sections that are not evidence: back matter and references."""

from __future__ import annotations

import re

from corpus.joining import ends_in_function_word

_NUMBERING = r"(?:(?:\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5})[.)]?\s+)?"

_SECTIONS = re.compile(
    _NUMBERING + r"(?:abstract|summary|introduction|background|objectives?|aims?|(?:materials? (?:and|&) )?methods?"
    r"|methods? (?:and|&) materials?|methodology|results?(?: (?:and|&) discussion)?|findings|discussion"
    r"|(?:discussion and )?conclusions?|concluding remarks|limitations|future (?:directions|perspectives)"
    r"|conclusions? and (?:future )?(?:perspectives|directions|outlook))",
    re.IGNORECASE,
)
_REFERENCES = re.compile(
    _NUMBERING + r"(?:(?:(?:supplement(?:ary|al)|additional|appendix|online) )?references?(?: list)?|list of references"
    r"|references and notes|bibliography|literature(?: cited)?"
    r"|works cited|cited literature)",
    re.IGNORECASE,
)
_BACK = re.compile(
    _NUMBERING
    + r"(?:(?:declarations? of |statements? of |potential |disclosure of )?(?:conflicts? of|competing) interests?"
    r"(?: (?:statement|disclosure|declaration))?"
    r"|disclosures?(?: statement)?|declarations?|fundings?(?: (?:sources?|statement|information))?"
    r"|financial (?:support|disclosure)(?: and sponsorship)?|sources? of (?:funding|support)|grant support"
    r"|(?:declaration of )?use of (?:generative )?(?:ai|artificial intelligence)(?:[ -][^:.]{1,60})?"
    r"|declaration of generative ai[^:.]{0,80}"
    r"|authors?['’]?s?['’]? contributions?(?: statement)?|contributions?|credit authorship contribution statement"
    r"|author contribution statement"
    r"|peer[- ]review(?: (?:statement|information))?"
    r"|data (?:sharing|availability|access)(?: statement)?|availability of data(?: and materials?)?|code availability"
    r"|(?:ethics|ethical)(?: (?:approval|statement|considerations?|committee approval|declarations?))?"
    r"(?: and consent to participate)?"
    r"|(?:patient |informed )consent(?: (?:statement|for publication|to participate))?|consent for publication"
    r"|institutional review board statement"
    r"|acknowledge?ments?|supplementary (?:materials?|data|information)|supporting information"
    r"|(?:list of )?abbreviations(?: list)?|publisher['’]s note|(?:about the )?authors? information|orcid(?: ids?)?"
    r"|additional information|provenance and peer review)",
    re.IGNORECASE,
)
# Only as a whole heading: "Note: miR-21 fell" is a remark in running text.
_NOTES = re.compile(
    _NUMBERING + r"(?:(?:editor(?:s|['’]s|s['’])? )?notes?|about this (?:digest|document))", re.IGNORECASE
)
_BACK_RUN_IN = re.compile(rf"({_BACK.pattern})\s*(?:[:.]\s|:$|[–—]\s)", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[A-Z])")

# A title-case line with one of these is a sentence that lost its full stop.
_AUXILIARY = re.compile(r"(?<!\w)(?:is|are|was|were|has|have|had|can|may|might|will|would|does|do|did|shows?)(?!\w)")
_NOT_HEADING = re.compile(r"[.!?] \w|\[\d[\d,–-]*\]$|@|https?:|www\.|\d{4};")
MAX_HEADING = 130
_MAX_WORDS = 16


def is_references(text: str) -> bool:
    """Whether a line is the heading of a reference list."""
    return _REFERENCES.fullmatch(text.strip().rstrip(":").rstrip()) is not None


def is_back(text: str) -> bool:
    """Whether a line is the heading of back matter: funding, conflicts of interest, notes and the like."""
    name = text.strip().rstrip(":.").rstrip()
    return len(text) <= MAX_HEADING and (_BACK.fullmatch(name) or _NOTES.fullmatch(name)) is not None


def is_back_run_in(text: str) -> bool:
    """Whether a paragraph begins with the heading of back matter ("Funding: none")."""
    return _BACK_RUN_IN.match(text[: MAX_HEADING + 2]) is not None


def is_section(text: str) -> bool:
    """Whether a line is one of the headings nearly every paper has (Introduction, Methods, …)."""
    return _SECTIONS.fullmatch(text.strip().rstrip(":").rstrip()) is not None


def level(text: str) -> int | None:
    """The level of the heading that `text`, a line on its own, looks like; None where it looks like none.

    Numbered ("2.1 Cells") as deep as numbered; capitals throughout and the sections every paper has, 1; other short
    lines that begin with a capital and end without punctuation, 2. Whether such a line is one, its neighbours decide.
    """
    text = text.strip()
    if is_section(text) or is_references(text) or is_back(text):
        return 1
    if not 3 < len(text) <= MAX_HEADING or "\t" in text or text[-1] in ".,;:!–—-…/([" or len(text.split()) > _MAX_WORDS:
        return None
    numbered = _NUMBERED.match(text)
    name = text[numbered.end() :] if numbered else text
    if ends_in_function_word(name) or _NOT_HEADING.search(name):
        return None
    if _is_capitals(name):
        return numbered[1].count(".") + 1 if numbered else 1
    if not name[:1].isupper() or _AUXILIARY.search(name) or not re.search(r"[^\W\d_]{3}", name):
        return None
    if " " not in name and name.isupper():
        return None
    return numbered[1].count(".") + 1 if numbered else 2


def _is_capitals(text: str) -> bool:
    """Whether a line is set in capitals; miRNAs may stand in it; a gene or a sequence is none."""
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) < 5 or sum(letter.isupper() for letter in letters) < 0.7 * len(letters):
        return False
    return " " in text or (("-" in text or text.isalpha()) and not set(text) <= set("ACGTUN-"))
