"""What the endpoint takes and what it says about papers: the request and response models not made in `qa.results`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from corpus.errors import InputError
from corpus.records import Reading, Reference
from corpus.summaries import DocumentSummary
from qa.conversations.records import LONGEST_TITLE, MAX_HISTORY
from qa.forms import Writer
from qa.mechanisms.table import MOST_SHOWN
from qa.reading.question import LONGEST, checked
from qa.scope import FIRST_YEAR, LAST_YEAR, LONGEST_NAME, MOST_NAMES, Scope, checked_name

MAX_K: Final = 100

_QUESTION_SCHEMA: Final[dict[str, Any]] = {"type": "string", "minLength": 1, "maxLength": LONGEST}


def question_text(text: str) -> str:
    r"""The question as `qa.reading.question.checked` has it, its errors in pydantic's words.

    >>> question_text(" what does\tmiR-21\n target? ")
    'what does miR-21 target?'

    Raises:
        PydanticCustomError: it is empty, longer than 2,000 characters, or holds a control character.
    """
    return _in_pydantics_words(checked, text)


def filter_name(text: str) -> str:
    """The name as `qa.scope.checked_name` has it, its errors in pydantic's words.

    Raises:
        PydanticCustomError: it is empty, or longer than 200 characters.
    """
    return _in_pydantics_words(checked_name, text)


def _in_pydantics_words(check: Callable[[str], str], text: str) -> str:
    try:
        return check(text)
    except InputError as error:
        raise PydanticCustomError("text", "{reason}", {"reason": str(error)}) from error


Question = Annotated[str, AfterValidator(question_text), WithJsonSchema(_QUESTION_SCHEMA)]
FilterName = Annotated[
    str, AfterValidator(filter_name), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_NAME})
]
ConversationId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


class QuestionRequest(BaseModel):
    """A question, alone or after earlier ones."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    question: Question = Field(description="What is asked; 1 to 2,000 characters after trimming.")
    history: list[Question] = Field(
        default=[], max_length=MAX_HISTORY, description="Earlier questions of the conversation, oldest first."
    )
    k: int = Field(default=10, ge=1, le=MAX_K, description="How many pieces of evidence to give, at most.")
    documents: list[str] | None = Field(
        default=None, description="Ids of the papers to search; null searches them all."
    )
    kinds: list[Literal["passage", "row"]] | None = Field(
        default=None, description="Which kinds of evidence to search; null searches both."
    )
    from_year: Year | None = Field(
        default=None, description="The first year of papers to search; those without a year are then left out."
    )
    to_year: Year | None = Field(default=None, description="The last year of papers to search; likewise.")
    names: list[FilterName] | None = Field(
        default=None,
        max_length=MOST_NAMES,
        description="MicroRNAs, in any spelling, genes or other things, one of which the evidence must name.",
    )
    cancers: list[FilterName] | None = Field(
        default=None,
        max_length=MOST_NAMES,
        description="Cancers, in lay or clinical words, one of which the evidence must be on.",
    )

    def scope(self) -> Scope:
        """What the question is limited to.

        Raises:
            InputError: the first year is after the last.
        """
        return Scope.of(**self.model_dump(include={field.name for field in fields(Scope)}))


class AskRequest(QuestionRequest):
    """A question to be answered, alone, after earlier ones, or in a conversation that is kept."""

    conversation: ConversationId | None = Field(
        default=None,
        description="The conversation to ask it in, after its latest question; `history` is then left out.",
    )

    writer: Writer | None = Field(
        default=None,
        description="`extractive` for an answer quoted from the papers, `model` for one in the words of the language "
        "model that is set; null for the model where one is set.",
    )

    @model_validator(mode="after")
    def _one_history(self) -> Self:
        if self.conversation is not None and self.history:
            raise PydanticCustomError("history", "A conversation brings its own history; leave one of the two out.")
        return self


class NewConversation(BaseModel):
    """A conversation to be begun."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    title: str = Field(default="", max_length=LONGEST_TITLE, description="Without one, its first question names it.")


class NewTitle(BaseModel):
    """Another title for a conversation."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    title: str = Field(max_length=LONGEST_TITLE, description="What it shall be called.")


class MechanismRequest(BaseModel):
    """Which mechanisms are wanted; the limits are those of a question, each repeated for several values."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: Question | None = Field(default=None, description="What they are to answer; without it, all are given.")
    documents: list[str] | None = Field(default=None, description="Ids of the papers; without any, all papers.")
    kinds: list[Literal["passage", "row"]] | None = Field(default=None, description="Which kinds of evidence.")
    from_year: Year | None = Field(default=None, description="The first year of papers.")
    to_year: Year | None = Field(default=None, description="The last year of papers.")
    names: list[FilterName] | None = Field(
        default=None, max_length=MOST_NAMES, description="Names, one of which each mechanism must name."
    )
    cancers: list[FilterName] | None = Field(
        default=None, max_length=MOST_NAMES, description="Cancers, one of which each mechanism must be on."
    )
    limit: int = Field(default=100, ge=1, le=MOST_SHOWN, description="How many to give, at most.")
    offset: int = Field(default=0, ge=0, description="How many to leave out before those.")
    format: Literal["json", "csv"] = Field(default="json", description="JSON, or CSV for a spreadsheet.")

    def scope(self) -> Scope:
        """What they are limited to.

        Raises:
            InputError: the first year is after the last.
        """
        return Scope.of(**self.model_dump(include={field.name for field in fields(Scope)}))


class Paper(BaseModel):
    """A paper in the library: metadata, and how much can be cited from it."""

    id: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    doi: str | None
    journal: str | None
    file: str = Field(description="The file's name, without folders.")
    sha256: str = Field(description="Of the file's bytes, hexadecimal.")
    characters: int = Field(description="Length of its text; what start and end of evidence count in.")
    passages: int
    rows: int = Field(description="Table rows that can be cited.")
    references: int = Field(description="Entries of its reference list.")
    copies: tuple[str, ...] = Field(description="Names of other files of the same paper, of which nothing is cited.")

    @classmethod
    def of(cls, summary: DocumentSummary) -> Paper:
        """The paper of a summary; where on this machine its files lie is left out."""
        said = {name: getattr(summary, name) for name in cls.model_fields}
        return cls(**said | {"copies": tuple(copy.file for copy in summary.copies)})


class Heading(BaseModel):
    """A section heading; `level` 1 is the outermost, `start` counts characters of the paper's text."""

    text: str
    level: int
    start: int


class PaperDetail(Paper):
    """A paper with its headings and its reference list, both in order of the text."""

    headings: tuple[Heading, ...]
    bibliography: tuple[Reference, ...]
    unresolved: tuple[str, ...] = Field(
        description="What the text cites that is no entry of the reference list, or could be several."
    )
    notices: tuple[str, ...] = Field(description="What the reader should know about how the file was read.")

    @classmethod
    def of_reading(cls, reading: Reading) -> PaperDetail:
        """Everything about one paper but its text."""
        document = reading.document
        text = document.text
        return cls(
            **{name: getattr(document, name) for name in _METADATA},
            characters=len(text),
            passages=len(reading.passages),
            rows=len(reading.rows),
            references=len(reading.references),
            copies=tuple(copy.file for copy in reading.copies),
            headings=tuple(
                Heading(text=text[block.start : block.end], level=block.level, start=block.start)
                for block in document.blocks
                if block.kind == "heading"
            ),
            bibliography=reading.references,
            unresolved=reading.unresolved,
            notices=reading.notices,
        )


_METADATA: Final = ("id", "title", "authors", "year", "doi", "journal", "file", "sha256")


class Outcome(BaseModel):
    """What became of one uploaded file, or of one article that was named.

    `unreadable` ones give no document and are left out; `failed` ones could not be stored, and `reason` says why.
    """

    file: str = Field(description="The file's name, or the identifier of an article that did not come.")
    status: Literal["added", "replaced", "unchanged", "unreadable", "failed"]
    document: Paper | None = None
    sections: int | None = Field(default=None, description="Headings found in it, where it was read now.")
    pages: int | None = Field(default=None, description="Pages that can be shown, where it was read now and has any.")
    notices: tuple[str, ...] = ()
    reason: str | None = None
    same_as: str | None = Field(
        default=None, description="The file of the same paper that is kept in its place; `document` is what that gave."
    )


class Upload(BaseModel):
    """What a request adds, in its order: each file by its name here, each article by its identifier."""

    files: tuple[str, ...]


class Step(BaseModel):
    """The file or article that is looked at now."""

    file: str


class Encoding(BaseModel):
    """How many of the new passages and table rows are encoded."""

    done: int
    total: int


class Health(BaseModel):
    """Whether the service runs, or is ready to answer."""

    status: Literal["ok", "ready"]


class ProblemField(BaseModel):
    """One field of a request that cannot be used."""

    pointer: str = Field(description="Where in the request: a JSON pointer, such as `/k`.")
    message: str


class ProblemDetail(BaseModel):
    """An error, as RFC 9457 has it; `detail` says what happened and what to do."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[ProblemField, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


class OpenAIErrorBody(BaseModel):
    """What is wrong, in the words of OpenAI's API; `message` says what happened and what to do."""

    message: str
    type: Literal["invalid_request_error", "server_error"]
    param: str | None = Field(default=None, description="The field at fault: `exocite.k`.")
    code: str = Field(description="The kind of error, as `/docs` names it.")


class OpenAIError(BaseModel):
    """An error of the addresses under `/v1`."""

    error: OpenAIErrorBody
