"""How good one answer is: pure functions of what its sentences say and stand on, and of the facts that answer.

A *nugget* is a fact of the question set (`qa.evaluation.judgments`); only those of grade 2, which answer, count here.
Judging an answer by the nuggets it holds is from Voorhees, Overview of the TREC 2003 question answering track (2004);
the share of them is there called nugget recall, here *coverage*. That nuggets are matched to text without a judge is
from Pavlu, Rajput, Golbus & Aslam (WSDM 2012). A fact without its source is not counted: it must stand on evidence that
cites its study.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from corpus.records import Reference
from qa.evaluation.judgments import Nugget, matches

COVERAGE: Final = "coverage"
"""The figure that orders answers and fills plots."""

DEFINITIONS: Final[Mapping[str, str]] = {
    "coverage": "share of the facts that answer (grade 2) which the answer says; no answer is 0",
    "coverage in a sentence": "the same where one sentence must say a fact by itself",
    "coverage of found": "of those facts that the evidence shown holds, the share which the answer says",
    "answered": "1 where an answerable question got a sentence",
    "words": "of the lead and the sentences of an answer",
    "words a nugget": "words of the answer over the facts that answer its question; lower is better",
    "citation precision": "share of the sentences not flagged whose every fact is in their citation",
    "redundancy": "share of a sentence that the answer said before, by the weight of its words, without the first; "
    "lower is better",
    "repeats": "of the sentences that say a fact that answers, the share that say only ones said before; "
    "lower is better",
    "flagged": "share of the sentences that are flagged as not borne out; lower is better",
}
"""What each figure of answers means, in one line, in the order in which they are shown."""

LOWER_IS_BETTER: Final = frozenset({"words", "words a nugget", "redundancy", "repeats", "flagged"})
"""The figures of which lower is better."""

_BETWEEN: Final = " | "  # no term reaches across, as between the cells of a row


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an answer as it is judged.

    Attributes:
        text: what it says; of a row its told cells, parted by bars, without their headers.
        records: ids of the records that it stands on.
    """

    text: str
    records: tuple[str, ...]


def covered(nuggets: Sequence[Nugget], said: Sequence[Said], cited: Mapping[str, Sequence[Reference]]) -> set[int]:
    """Which of the nuggets, by position from 0, the sentences say.

    A nugget is said where the sentences that stand on one record, joined, hold all its terms and that record cites its
    study.

    Args:
        cited: by record id, the references that the record cites.
    """
    joined: dict[str, list[str]] = {}
    for one in said:
        for record in one.records:
            joined.setdefault(record, []).append(one.text)
    texts = {record: _BETWEEN.join(told) for record, told in joined.items()}
    return {
        place
        for place, nugget in enumerate(nuggets)
        if any(matches(nugget, text, cited.get(record, ())) for record, text in texts.items())
    }


def covered_by_each(
    nuggets: Sequence[Nugget], said: Sequence[Said], cited: Mapping[str, Sequence[Reference]]
) -> list[set[int]]:
    """Which of the nuggets each sentence says by itself; arguments as those of `covered`."""
    return [covered(nuggets, [one], cited) for one in said]


def share(part: Set[int], whole: Set[int]) -> float | None:
    """The share of `whole` that is in `part`, 0 to 1; None of nothing."""
    return len(part & whole) / len(whole) if whole else None


def redundancy(sentences: Sequence[Collection[str]], weight: Callable[[str], float]) -> float | None:
    """How much of a sentence, the first left out, the ones before it said already: 0 nothing, 1 all; lower is better.

    Of each sentence the share of the weight of its words, each counted once, that stood in a sentence before it; then
    the mean. None of fewer than two sentences. It is one less the novelty by which Allan, Wade & Bolivar (SIGIR 2003,
    "Retrieval and novelty detection at the sentence level") count new words, each weighed by its rarity.

    Args:
        sentences: the index words of each, in order.
        weight: of a word, its idf.
    """
    said: set[str] = set(sentences[0]) if sentences else set()
    shares = []
    for sentence in sentences[1:]:
        held = sorted(set(sentence))  # in order, so that the sum has the same last bits in every run
        whole = sum(map(weight, held))
        shares.append(sum(weight(word) for word in held if word in said) / whole if whole else 0.0)
        said.update(held)
    return fmean(shares) if shares else None


def repeats(each: Sequence[Set[int]]) -> float | None:
    """Of the sentences that say a nugget, the share that say only such as a sentence before said; None without any.

    Args:
        each: the nuggets that each sentence says, as `covered_by_each` gives them.
    """
    said: set[int] = set()
    again = []
    for nuggets in each:
        if nuggets:
            again.append(not nuggets - said)
            said |= nuggets
    return fmean(again) if again else None


def count_words(*texts: str) -> int:
    """How many words the texts have, parted by blanks, those without a letter or digit left out."""
    return sum(any(map(str.isalnum, word)) for text in texts for word in text.split())
