"""The line before an answer: how much was found, on what, and on how many papers and primary studies it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from index.mentions import listed, symbols_in
from index.molecules import named_in
from index.names import Name
from index.tokens import name_words, symbol_key
from index.topics import PROCESSES, find_topics
from qa.answering.facets import Asking, lowers
from qa.candidates import Candidate, tell
from qa.reading.question import ReadQuestion
from qa.results import Evidence, ReferenceCard

_MOST: Final = 3
"""How many things of a kind the line names."""
Study = tuple[str, str]
"""A primary study: where it is cited first, by the order of document ids, and its number there."""


def lead_line(question: ReadQuestion, asked: Asking, said: Sequence[Candidate], found: Mapping[int, Evidence]) -> str:
    """What was found and where: `4 findings on miR-21 in colorectal cancer, from 2 papers and 3 primary studies.`.

    What is counted is what the sentences said stand on, and nothing else of the evidence. A cancer that was asked
    about is told of those sentences that are on it.

    Args:
        found: the evidence by rank.
    """
    on, missing = _subject(question, said)
    if asked.many:
        count = len({molecule for one in said for molecule in one.told.molecules})
        on += f", naming {counted(count, 'microRNA')}"
        if asked.lowered and not any(lowers(asked, one, found[one.rank]) for one in said):
            missing += f" (none of them plainly said to lower {listed(list(asked.lowered.values()))})"
    papers = counted(len({one.document for one in said}), "paper")
    studies = len({study for one in said for study in studies_of(one, found[one.rank])})
    stands_on = f"{papers} and {counted(studies, 'primary study', 'primary studies')}" if studies else papers
    return f"{counted(len(said), 'finding')}{on}{_where(question, asked, said, found)}{missing}, from {stands_on}."


def studies_of(one: Candidate, piece: Evidence) -> frozenset[Study]:
    """The primary studies that a sentence cites itself, each once however many papers cite it.

    All that its evidence cites, where that is a row or cites otherwise than by number.
    """
    numbered = {entry.marker for entry in piece.references} & tell(piece.text).markers
    own = [entry for entry in piece.references if piece.row or not numbered or entry.marker in one.told.markers]
    return frozenset(study(entry, piece) for entry in own)


def study(entry: ReferenceCard, piece: Evidence) -> Study:
    """What a cited study is the same by, in every paper of the library that cites it."""
    return min([(piece.document.id, entry.marker), *((other.document, other.marker) for other in entry.also)])


def counted(count: int, one: str, many: str = "") -> str:
    """`1 paper`, `2 papers`, `no paper`."""
    return f"1 {one}" if count == 1 else f"{count or 'no'} {(many or f'{one}s') if count else one}"


def _subject(question: ReadQuestion, said: Sequence[Candidate]) -> tuple[str, str]:
    """` on miR-21`, and ` (none on miR-210)`: what was asked about, in the question's words, if the sentences name it.

    Molecules; where none is asked about, genes; else processes.
    """
    words = frozenset[str]().union(*(one.told.words for one in said))
    if question.names:
        there = [_as_said(name, words) for name in question.names if named_in([name], words)]
        gone = [name.name for name in question.names if not named_in([name], words)]
        return _on(there), f" (none on {listed(gone)})" if gone and there else ""
    genes = frozenset[str]().union(*(one.told.genes for one in said))
    if symbols := [one for one in symbols_in(question.alone) if symbol_key(one) in genes]:
        return _on(symbols), ""
    topics = frozenset[str]().union(*(one.told.topics for one in said)) & PROCESSES
    found = [topic for topic in find_topics(question.alone) if topic.name in topics]
    return _on([question.alone[topic.start : topic.end] for topic in found]), ""


def _as_said(name: Name, words: Set[str]) -> str:
    """The name with its arm, where the sentences say that; the molecule, where they leave it open."""
    return name.name if name_words(name)[-1] in words else name.base


def _on(things: Sequence[str]) -> str:
    unique = list(dict.fromkeys(things))
    return f" on {listed(unique)}" if 0 < len(unique) <= _MOST else ""


def _where(question: ReadQuestion, asked: Asking, said: Sequence[Candidate], found: Mapping[int, Evidence]) -> str:
    """` in breast cancer`; `, 2 of them in breast cancer (none in thyroid cancer)`; "" where no cancer is asked about.

    Only a cancer that one of the sentences is on is told as theirs.
    """
    cancers = {site.name: site.site for site in question.sites if site.disease}
    if not cancers or len(cancers) > _MOST:
        return ""
    on = [_cancers_of(asked, one, said, found[one.rank]) for one in said]
    held = frozenset[str]().union(*on)
    count = sum(map(bool, on))
    where = f"in {listed([name for name, site in cancers.items() if not count or site in held])}"
    gone = [name for name, site in cancers.items() if count and site not in held]
    missing = f" (none in {listed(gone)})" if gone else ""
    if count == len(said):
        return f" {where}{missing}"
    return f", {count or 'none'} of them {where}{missing}" if len(said) > 1 else f", not {where}"


def _cancers_of(asked: Asking, one: Candidate, said: Sequence[Candidate], piece: Evidence) -> frozenset[str]:
    """Of the cancers asked about those that the sentence names; where it names none, that it stands among.

    It stands among those of what it leans on, of its heading, and of the studies that it cites.
    """
    if one.told.cancers:
        return asked.cancers & one.told.cancers
    titles = [entry.text for entry in piece.references if study(entry, piece) in studies_of(one, piece)]
    around = [tell(text) for text in (piece.section or "", *titles)]
    around += [one.before.told] if one.before and one.before in said and one.told.back else []
    return asked.cancers & frozenset[str]().union(*(told.cancers for told in around))
