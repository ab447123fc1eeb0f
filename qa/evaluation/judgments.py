"""Judging evidence by a question set: which facts answer a question, and whether a record states one of them.

A nugget matches a record when every one of its terms occurs in the record and the record cites its study.

Terms. Case, accents, hyphens, dashes and blanks make no difference, nor whether a Greek letter is written or named
(`TGF-β` is `TGFbeta`, `KLF2` is `KLF-2`), nor a plural s. A term begins and ends where a word does: `AKT` is not in
`AKTIP`, `TGF-β` not in `TGF-β1`. `a|b` asks for one of the two; `metasta*` for a word that begins so. A term that names
a microRNA is met by any spelling of it, never by a near name; without an arm by either arm, with an arm by that one.

Studies. `Zeng 2018` is a cited reference whose first author is Zeng and whose year is 2018 (initials may follow the
surname); a DOI or a title is equal but for case and punctuation.

The grades are those of nugget-based judging (Pavlu, Rajput, Golbus and Aslam 2012, WSDM, "IR system evaluation using
nugget-based test collections"): the nuggets are judged once, the records by them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from corpus.errors import BadQuestionSet
from corpus.greek import NAMES as GREEK
from corpus.letters import plain_letters
from corpus.records import Passage, Record, Reference
from index.names import find_names

_GREEK_LETTER: Final = re.compile("[" + "".join(GREEK) + "]")
# names written on to a word, as in TGFbeta and NFkappaB
_GREEK_NAME: Final = re.compile(r"(?<=[^\W_])(alpha|beta|gamma|delta|kappa)(?=b?(?![^\W\d_]))")
# a tilde marks where a Greek letter joins its neighbour: parted for a term's pieces, yet no end of a word
_LOOSE_JOINT: Final = re.compile(r"~+(?![^\W_])|(?<![^\W_~])~+")
_SEPARATORS: Final = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_PIECE: Final = re.compile(r"[^\W\d_]+|\d+|[^\w\s~]|_")
_PLURAL: Final = re.compile(r"(?<=[^\W\d_]{3}[^\W\d_aeious])s$|(?<=[^\W\d_]{3}e)s$")
_STUDY_YEAR: Final = re.compile(r"(?P<surname>\D+?),?\s+(?P<year>(?:19|20)\d\d)")
_DOI: Final = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Nugget:
    """One fact that answers or supports.

    Attributes:
        terms: all of them must occur in the evidence.
        study: the primary study that the evidence must cite, or None.
        grade: 2 answers the question, 1 supports an answer.
    """

    terms: tuple[str, ...]
    study: str | None
    grade: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the set; `history` holds the questions before it, oldest first."""

    id: str
    category: str
    question: str
    history: tuple[str, ...]
    nuggets: tuple[Nugget, ...]

    @property
    def answerable(self) -> bool:
        """Whether the documents hold a fact that answers: there is a nugget of grade 2."""
        return any(nugget.grade == 2 for nugget in self.nuggets)


def load_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a JSON-lines file, in its order; fields it does not know are passed over.

    Raises:
        BadQuestionSet: the file cannot be read or holds no question; a line is not JSON, lacks a field, has one of
            another type, or repeats an id. The message names the file and the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestionSet(f"{path}: cannot be read ({error}). Give a JSON-lines file in UTF-8.") from error
    questions: dict[str, Question] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = _question(line)
            if question.id in questions:
                raise _BadLineError(f'"id": {question.id!r} is that of an earlier line')
        except _BadLineError as error:
            raise BadQuestionSet(f"{path}, line {number}: {error}. Mend the line and run again.") from error
        questions[question.id] = question
    if not questions:
        raise BadQuestionSet(f"{path}: holds no question. Give one JSON object a line.")
    return tuple(questions.values())


def judged_text(record: Record) -> str:
    """What a record says: a passage's text, or all cells of a row, the carried ones included, parted by bars."""
    if isinstance(record, Passage):
        return record.text
    return " | ".join(cell.text for cell in record.cells)


def matches(nugget: Nugget, text: str, references: Sequence[Reference]) -> bool:
    """Whether `text`, which cites `references`, states the nugget's fact."""
    return _cites(nugget.study, [_entry(reference) for reference in references]) and _holds_all(
        nugget.terms, _fold_text(text)
    )


def grade(question: Question, record: Record, references: Sequence[Reference]) -> int:
    """How well `record`, which cites `references`, answers: the highest grade of a matching nugget, else 0."""
    text = judged_text(record)
    return max((nugget.grade for nugget in question.nuggets if matches(nugget, text, references)), default=0)


def qrels(
    questions: Iterable[Question],
    records: Iterable[Record],
    references_of: Callable[[Record], Sequence[Reference]],
) -> dict[str, dict[str, int]]:
    """The grade above 0 of every record of a library, by question id, then record id.

    Every question has an entry, an empty one where no record answers. `references_of` gives the references that a
    record cites.
    """
    judged = [
        (record.id, _fold_text(judged_text(record)), [_entry(reference) for reference in references_of(record)])
        for record in records
    ]
    citing: dict[str | None, tuple[int, ...]] = {}
    found: dict[str, dict[str, int]] = {}
    for question in questions:
        grades = found.setdefault(question.id, {})
        for nugget in question.nuggets:
            if nugget.study not in citing:
                citing[nugget.study] = tuple(i for i, entry in enumerate(judged) if _cites(nugget.study, entry[2]))
            for i in citing[nugget.study]:
                record_id, text, _ = judged[i]
                if grades.get(record_id, 0) < nugget.grade and _holds_all(nugget.terms, text):
                    grades[record_id] = nugget.grade
    return found


def nuggets_found(
    question: Question,
    records: Iterable[Record],
    references_of: Callable[[Record], Sequence[Reference]],
) -> frozenset[int]:
    """Which of the question's nuggets, by position from 0, at least one of `records` states."""
    judged = [(judged_text(record), references_of(record)) for record in records]
    return frozenset(
        position
        for position, nugget in enumerate(question.nuggets)
        if any(matches(nugget, text, references) for text, references in judged)
    )


# -- terms


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text made ready for terms: folded, the same without blanks, and the microRNAs it names."""

    text: str
    squeezed: str
    mirnas: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Alternative:
    """One spelling-free word of a term: a microRNA's name, or a pattern and the letters it cannot do without."""

    mirna: str | None
    pattern: re.Pattern[str]
    needle: str

    def within(self, folded: _Folded) -> bool:
        if self.mirna is not None:
            return self.mirna in folded.mirnas
        return self.needle in folded.squeezed and self.pattern.search(folded.text) is not None


def _holds_all(terms: Iterable[str], folded: _Folded) -> bool:
    return all(any(alternative.within(folded) for alternative in _alternatives(term)) for term in terms)


def _fold(text: str) -> str:
    """`text` without case, accents, dashes and runs of blanks, its Greek letters named."""
    plain = plain_letters(text).replace("~", " ")
    named = _GREEK_LETTER.sub(lambda match: f"~{GREEK[match[0]]}~", plain)
    joined = re.sub("~+", "~", _GREEK_NAME.sub(r"~\1~", named))
    return _SEPARATORS.sub(" ", _LOOSE_JOINT.sub("", joined)).strip()


def _squeeze(folded: str) -> str:
    return folded.replace(" ", "").replace("~", "")


@lru_cache(maxsize=8192)
def _fold_text(text: str) -> _Folded:
    folded = _fold(text)
    mirnas = frozenset(spelling for name in find_names(text) for spelling in (name.name, name.base))
    return _Folded(folded, _squeeze(folded), mirnas)


@lru_cache(maxsize=8192)
def _alternatives(term: str) -> tuple[_Alternative, ...]:
    return tuple(_alternative(part.strip()) for part in term.split("|") if part.strip())


def _alternative(part: str) -> _Alternative:
    names = find_names(part)
    whole = len(names) == 1 and (names[0].start, names[0].end) == (0, len(part))
    folded = _fold(part.rstrip("*"))
    if not part.endswith("*"):
        folded = _PLURAL.sub("", folded)
    ending = "" if part.endswith("*") else r"s?(?![^\W_]|~)"
    # pieces of letters and of digits may be parted or joined: KLF2, KLF-2, KLF 2
    pattern = re.compile(r"(?<![^\W_])(?<!~)" + "[ ~]?".join(map(re.escape, _PIECE.findall(folded))) + ending)
    return _Alternative(names[0].name if whole else None, pattern, _squeeze(folded))


# -- studies


@dataclass(frozen=True, slots=True)
class _Study:
    """A study in the ways it can be named; as a nugget names it, all but one are empty."""

    doi: str
    author: tuple[str, ...]
    year: int | None
    title: str


def _cites(study: str | None, cited: Sequence[_Study]) -> bool:
    return study is None or any(_is_same(_named(study), entry) for entry in cited)


def _is_same(named: _Study, entry: _Study) -> bool:
    if named.doi:
        return named.doi == entry.doi
    if named.author and named.year == entry.year:
        words = len(named.author)
        # "Zeng Z", "Zeng, Zhi" and "Zhi Zeng" are all Zeng
        if named.author in (entry.author[:words], entry.author[-words:]):
            return True
    return bool(named.title) and named.title == entry.title


@lru_cache(maxsize=8192)
def _named(study: str) -> _Study:
    if doi := _DOI.fullmatch(study.strip()):
        return _Study(doi[1].casefold(), (), None, "")
    # a title may end in a year too
    if match := _STUDY_YEAR.fullmatch(study.strip()):
        return _Study("", _words(match["surname"]), int(match["year"]), "".join(_words(study)))
    return _Study("", (), None, "".join(_words(study)))


@lru_cache(maxsize=8192)
def _entry(reference: Reference) -> _Study:
    author = _words(reference.authors[0]) if reference.authors else ()
    return _Study((reference.doi or "").casefold(), author, reference.year, "".join(_words(reference.title or "")))


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", _fold(text)))


# -- reading


class _BadLineError(Exception):
    """What is wrong with a line; becomes a BadQuestionSet that says where."""


def _question(line: str) -> Question:
    try:
        fields = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise _BadLineError(f"not JSON ({error})") from error
    if not isinstance(fields, dict):
        raise _BadLineError("not a JSON object")
    nuggets = _list(fields, "nuggets")
    return Question(
        id=_string(fields, "id"),
        category=_string(fields, "category"),
        question=_string(fields, "question"),
        history=_strings(fields, "history"),
        nuggets=tuple(_nugget(nugget, position) for position, nugget in enumerate(nuggets, start=1)),
    )


def _nugget(fields: object, position: int) -> Nugget:
    try:
        if not isinstance(fields, dict):
            raise _BadLineError("not a JSON object")
        terms = _strings(fields, "terms")
        if not terms or not all(_alternatives(term) and _words(term) for term in terms):
            raise _BadLineError('"terms" must hold at least one term, and none without letters or digits')
        value = fields.get("grade")
        if type(value) is not int or value not in (1, 2):
            raise _BadLineError('"grade" must be 1 or 2')
        study = None if fields.get("study") is None else _string(fields, "study")
    except _BadLineError as error:
        raise _BadLineError(f"nugget {position}: {error}") from error
    return Nugget(terms, study, value)


def _string(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _BadLineError(f'"{name}" must be a string that is not empty')
    return value


def _list(fields: Mapping[str, object], name: str) -> list[object]:
    value = fields.get(name)
    if not isinstance(value, list):
        raise _BadLineError(f'"{name}" must be a list')
    return value


def _strings(fields: Mapping[str, object], name: str) -> tuple[str, ...]:
    values = _list(fields, name)
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise _BadLineError(f'"{name}" must be a list of strings that are not empty')
    return tuple(str(value) for value in values)
