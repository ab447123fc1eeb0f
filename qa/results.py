"""What a question gives back: the frozen values that are the JSON of the endpoint and of `--json`.

Field names and shapes are a contract that users script against.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["supported", "partial", "absent"]
Case = Literal["unknown-name", "unknown-relation", "other-context", "off-topic"]
Check = Literal["verbatim", "checked", "flagged"]


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """The paper an evidence comes from.

    Attributes:
        file: the file's name.
        review: it says of itself that it is a review, so what it tells of a study it cites is a summary.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    doi: str | None
    file: str
    review: bool = False


@dataclass(frozen=True, slots=True)
class CellCard:
    """A cell.

    Attributes:
        carried: True where its text was carried down from a merged cell above.
        start, end: where that very text stands in the document, `[start, end)`; equal when it is empty.
    """

    header: str
    text: str
    carried: bool
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class RowCard:
    """Where a row stands: the table's label, the row's number in it from 1, the caption and the cells."""

    table: str
    number: int
    caption: str
    cells: tuple[CellCard, ...]


@dataclass(frozen=True, slots=True)
class AlsoCard:
    """Another paper of the library that cites the same study.

    Attributes:
        document: its id.
        title: its title.
        short: its first author's surname and its year (`Camci 2025`); its title where it names no author.
        marker: the study's number in that paper's list.
    """

    document: str
    title: str
    short: str
    marker: str


@dataclass(frozen=True, slots=True)
class ReferenceCard:
    """A primary study that the evidence cites.

    Attributes:
        marker: its number in the document's list, a string; its place from 1 where the list has no numbers.
        also: where other papers of the library cite the same study, by document id; at most 20.
    """

    marker: str
    text: str
    doi: str | None
    pmid: str | None
    also: tuple[AlsoCard, ...] = ()


@dataclass(frozen=True, slots=True)
class Caution:
    """A reason to read an evidence with care.

    Attributes:
        suggestion: how to read it instead, by the studies it cites (`miR-9 in breast cancer`); or "".
        quote: the words of the document that speak against it: a study's title, or a sentence that cites it; or "".
    """

    kind: str
    message: str
    suggestion: str = ""
    quote: str = ""

    @property
    def text(self) -> str:
        """The message, and how to read it instead where that is known."""
        return f"{self.message} Read it as: {self.suggestion}." if self.suggestion else self.message


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record that speaks to the question, with its citation and its cautions.

    Attributes:
        rank: from 1.
        text: exactly the characters `[start, end)` of the document's text.
        score: higher is better; comparable within one response only.
        section: the nearest heading above, or None.
        page: the printed page, or None.
        row: None for a passage.
        permalink: a lasting address of it on the pages, from the first slash; see `qa.permalinks`.
    """

    rank: int
    id: str
    kind: Literal["passage", "row"]
    text: str
    score: float
    document: DocumentCard
    section: str | None
    page: int | None
    start: int
    end: int
    row: RowCard | None
    references: tuple[ReferenceCard, ...]
    cautions: tuple[Caution, ...]
    permalink: str


@dataclass(frozen=True, slots=True)
class Support:
    """Whether the evidence answers the question.

    Attributes:
        confidence: that the documents answer, 0 to 1; higher is surer.
        case: why not, where the verdict is `absent` (or `partial`); otherwise None.
        reason: one sentence for the reader.
    """

    verdict: Verdict
    confidence: float
    case: Case | None
    reason: str


@dataclass(frozen=True, slots=True)
class NameCard:
    """A name in the question: as typed, in its one spelling, and what it names.

    Attributes:
        type: `mirna`, `cancer`, `organ`, `symbol`, `drug`, `author`, `table` and the like.
    """

    text: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Interpreted:
    """The question as it was understood, on its own, after the history was taken in."""

    question: str
    names: tuple[NameCard, ...]


@dataclass(frozen=True, slots=True)
class LibraryCard:
    """Which library answered: its content hash, what it holds, and the encoder it was made with."""

    hash: str
    documents: int
    records: int
    encoder: str


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """Ranked evidence for one question.

    Attributes:
        question: as asked.
        evidence: best first.
        settings: the settings that shaped the ranking and the verdict, by name.
        took_ms: milliseconds by stage.
    """

    question: str
    interpreted: Interpreted
    evidence: tuple[Evidence, ...]
    support: Support
    library: LibraryCard
    settings: dict[str, float | int | str]
    took_ms: dict[str, float]


@dataclass(frozen=True, slots=True)
class Place:
    """The characters `[start, end)` of a document's text, by its id."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer.

    Attributes:
        check: `verbatim`, word for word from its evidence; `checked`, in a model's words and borne out by it;
            `flagged`, in a model's words and not borne out: never a fact, and not in the answer's text.
        evidence: the ranks of what it stands on, empty only of a flagged one.
        places: of a sentence taken word for word, exactly where it stands: one place, or, of a row, one for each cell
            that is told; otherwise empty.
        reasons: why a flagged sentence is not borne out by its evidence, one sentence each; otherwise empty.
    """

    text: str
    evidence: tuple[int, ...]
    check: Check
    places: tuple[Place, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Evidence that says different things, one sentence for the reader; `evidence` holds its ranks, ascending."""

    message: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """What comes before the sentences: what was found and where, in a line, and what of it disagrees."""

    text: str
    disagreements: tuple[Disagreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, sentence by sentence.

    Attributes:
        text: the lead on a line by itself, then the sentences but for flagged ones, each followed by its evidence ranks
            in brackets; where the documents do not answer, that they do not and why, and there are no sentences.
        sentences: in the order in which they came; flagged ones last.
        writer: `"extractive"`, or the name of the model that wrote it.
        lead: what was found and where, in a line; "" where the documents do not answer.
        disagreements: what of the evidence says different things.
        note: why the model that is set did not write it, or not all of it; "" where it did, or where none was asked.
    """

    text: str
    sentences: tuple[Sentence, ...]
    writer: str
    lead: str = ""
    disagreements: tuple[Disagreement, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """Words that fill a cell of a mechanism: exactly the characters `[start, end)` of the document's text.

    Attributes:
        name: the same in one spelling, by which equal things are one (`miR-21`, `colorectal cancer`, `PTEN`).
    """

    text: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One thing that a sentence or a row says of a molecule; a cell that the evidence does not fill is empty.

    Attributes:
        id: of the record that says it.
        document: the paper's id.
        start, end: of the sentence or row that says it, in characters of the document's text.
        molecule: the microRNAs that act, or are acted on.
        direction: the words that say what it does to its target, or to the effect where no target is named; `name` is
            `inhibits`, `activates` or `affects`.
        negated: the evidence says that it does not.
        source, recipient: the cells, tissues or fluids that it comes from, and that it acts in.
        target: genes and proteins that it acts on.
        pathway: signaling pathways.
        effect: processes and outcomes.
        cancer: the cancers in which.
        references: the primary studies that it stands on: of a row those that the row cites, of a sentence its own, or
            those cited for it in its paragraph (`qa.mechanisms.citing`).
        cautions: reasons to read the evidence with care.
        permalink: a lasting address of the record on the pages.
    """

    id: str
    document: str
    start: int
    end: int
    molecule: tuple[Slot, ...]
    direction: tuple[Slot, ...]
    negated: bool
    source: tuple[Slot, ...]
    recipient: tuple[Slot, ...]
    target: tuple[Slot, ...]
    pathway: tuple[Slot, ...]
    effect: tuple[Slot, ...]
    cancer: tuple[Slot, ...]
    references: tuple[ReferenceCard, ...]
    cautions: tuple[Caution, ...]
    permalink: str


@dataclass(frozen=True, slots=True)
class MechanismEntry:
    """A mechanism with its paper; `text` is the sentence or row that says it, `[mechanism.start, mechanism.end)`."""

    mechanism: Mechanism
    document: DocumentCard
    text: str


@dataclass(frozen=True, slots=True)
class MechanismResponse:
    """What the library says of mechanisms, within the limits given.

    Attributes:
        question: as asked, or None.
        mechanisms: at most as many as were asked for; in the order of the question's evidence, or, without a question,
            by molecule, then target, pathway, effect, cancer, paper and place.
        total: how many there are before any was left out for `offset` and `limit`.
        unread: records within the limits that were too many to read for one table.
    """

    question: str | None
    mechanisms: tuple[MechanismEntry, ...]
    total: int
    offset: int
    limit: int
    unread: int
    library: LibraryCard


@dataclass(frozen=True, slots=True)
class AskResponse:
    """A search response with the answer written from it.

    Attributes:
        mechanisms: where the question is about a mechanism, what the evidence says of it, in the order of the evidence.
    """

    question: str
    interpreted: Interpreted
    evidence: tuple[Evidence, ...]
    support: Support
    library: LibraryCard
    settings: dict[str, float | int | str]
    took_ms: dict[str, float]
    answer: Answer
    mechanisms: tuple[Mechanism, ...] = ()


Part = SearchResponse | Lead | Sentence | AskResponse
"""What a streamed answer comes in: the evidence, the lead where the documents answer, the sentences, then the whole."""
