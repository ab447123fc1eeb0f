"""What is done with conversations: begun, asked in, listed, renamed, deleted; safe between threads and processes."""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from corpus.errors import ExociteError, HistoryError, UnknownConversation
from index.names import find_names
from qa.conversations.files import FILE, erasing, reading, writing
from qa.conversations.records import (
    Conversation,
    ConversationCard,
    ConversationList,
    Turn,
    checked_title,
    title_of,
)
from qa.results import AskResponse
from qa.scope import Scope
from qa.serial import to_json
from qa.settings import Settings

_ID_BYTES: Final = 8
_TURN: Final = "number, follows, question, scope, asked, library, verdict"


def now() -> str:
    """The time, UTC, ISO 8601 with microseconds, so that the order of two strings is that of the times."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Conversations:
    """The conversations in one file, or none at all.

    Every method raises `HistoryError` where the file cannot be used or none are kept, those that write `StorageFull`
    where the disk is full, and those that take an id `UnknownConversation` where there is none of that id.

    Attributes:
        path: of the file, which is made when there is something to keep; None where none are kept.
    """

    def __init__(self, path: Path | None, clock: Callable[[], str] = now) -> None:
        self.path = path
        self._clock = clock

    @classmethod
    def of(cls, library: Path, settings: Settings) -> Self:
        """Those of the library in a folder, as far as the settings let any be kept."""
        return cls(library / FILE if settings.history == "on" else None)

    def begin(self, title: str = "", earlier: Iterable[str] = (), scope: Scope | None = None) -> str:
        """The id of a new conversation, which holds the questions `earlier`, each following on the one before.

        Raises:
            InputError: the title is too long.
        """
        conversation, at = secrets.token_hex(_ID_BYTES), self._clock()
        named = checked_title(title) if title.strip() else ""
        with writing(self._file()) as db:
            db.execute("INSERT INTO conversations VALUES (?, ?, ?, ?)", (conversation, named, at, at))
            for question in earlier:
                _insert(db, conversation, question, scope or Scope(), None, at)
        return conversation

    def ask(self, conversation: str, question: str, scope: Scope, after: int | None = None) -> Turn:
        """A new turn of the conversation, not answered yet.

        Args:
            after: the number of the turn that it follows on, 0 for none; None for the latest.
        """
        at = self._clock()
        with writing(self._file()) as db:
            _check(db, conversation)
            turn = _insert(db, conversation, question, scope, after, at)
            db.execute("UPDATE conversations SET changed = ? WHERE id = ?", (at, conversation))
        return turn

    def conversation(self, conversation: str) -> Conversation:
        """The conversation of that id, with its turns."""
        with reading(self._file()) as db:
            return _read(db, conversation)

    def cards(self, search: str = "", limit: int = 50, offset: int = 0) -> ConversationList:
        """The conversations whose title or questions hold every word of `search`, the last changed first.

        A microRNA is found in any spelling, and never for another one; of other words their beginning is enough.
        """
        if self.path is None:
            return ConversationList((), 0)
        with reading(self.path) as db:
            rows = [] if db is None else db.execute(_CARDS).fetchall()
        wanted = _Wanted(search)
        cards = [ConversationCard(*row[:5]) for row in rows if wanted.by(f"{row[1]}\n{row[5]}")]
        return ConversationList(tuple(cards[offset : offset + limit]), len(cards))

    def rename(self, conversation: str, title: str) -> None:
        """The conversation has that title.

        Raises:
            InputError: it is empty or too long.
        """
        named = checked_title(title)
        with writing(self._file()) as db:
            _check(db, conversation)
            db.execute(
                "UPDATE conversations SET title = ?, changed = ? WHERE id = ?", (named, self._clock(), conversation)
            )

    def delete(self, conversation: str) -> None:
        """The conversation is gone, its questions and answers overwritten."""
        with erasing(self._file()) as db:
            if db is None or not db.execute("DELETE FROM conversations WHERE id = ?", (conversation,)).rowcount:
                raise unknown_conversation(conversation)

    def delete_all(self) -> int:
        """All are gone, their questions and answers overwritten; how many there were."""
        with erasing(self._file()) as db:
            return 0 if db is None else db.execute("DELETE FROM conversations").rowcount

    def answered(self, conversation: str, number: int, response: AskResponse) -> None:
        """The turn says how it was answered first; an answer written by a language model is kept with it.

        A turn that was deleted meanwhile stays so.
        """
        written = response.answer.writer != "extractive"
        library = response.library.hash
        with writing(self._file()) as db:
            where = (conversation, number)
            db.execute(
                """UPDATE turns SET verdict = ?, library = ?
                   WHERE conversation = ? AND number = ? AND verdict IS NULL""",
                (response.support.verdict, library, *where),
            )
            if written:
                db.execute(
                    """UPDATE turns SET answer = ?, answer_library = ?
                       WHERE conversation = ? AND number = ? AND answer_library IS NOT ?""",
                    (to_json(response), library, *where, library),
                )

    def kept_answer(self, conversation: str, number: int, library: str) -> AskResponse | None:
        """The answer that a language model wrote from the library of that content hash; None where none is kept."""
        with reading(self._file()) as db:
            found = (
                db
                and db.execute(
                    "SELECT answer FROM turns WHERE conversation = ? AND number = ? AND answer_library = ?",
                    (conversation, number, library),
                ).fetchone()
            )
        return _response(found[0]) if found else None

    def forget_answers(self, library: str) -> None:
        """No answer is kept but those from the library of that content hash; the others are overwritten."""
        if self.path is None:
            return
        with reading(self.path) as db:
            stale = db and db.execute("SELECT count(*) FROM turns WHERE answer_library <> ?", (library,)).fetchone()[0]
        if stale:
            with erasing(self.path) as held:
                if held is not None:
                    held.execute(
                        "UPDATE turns SET answer = NULL, answer_library = NULL WHERE answer_library <> ?", (library,)
                    )

    def trouble(self) -> str:
        """Why conversations cannot be kept now; "" where they can, or where none shall be."""
        try:
            if self.path is not None:
                with writing(self.path):
                    pass
        except ExociteError as error:
            return str(error)
        return ""

    def _file(self) -> Path:
        if self.path is None:
            msg = "No conversations are kept, since EXOCITE_HISTORY is off; set it to on to keep them."
            raise HistoryError(msg)
        return self.path


def unknown_conversation(conversation: str) -> UnknownConversation:
    """The error that says there is no conversation of that id."""
    return UnknownConversation(
        f"There is no conversation '{conversation[:40]}' in this history; it may have been deleted. "
        "The history lists those there are."
    )


_CARDS: Final = """
SELECT c.id, c.title, c.created, c.changed, count(t.number), coalesce(group_concat(t.question, char(10)), '')
FROM conversations c LEFT JOIN turns t ON t.conversation = c.id
GROUP BY c.id ORDER BY c.changed DESC, c.id
"""


class _Wanted:
    """What a text must hold to be found."""

    def __init__(self, search: str) -> None:
        names = find_names(search)
        rest = search
        for name in reversed(names):
            rest = f"{rest[: name.start]} {rest[name.end :]}"
        self.names = {name.name for name in names}
        self.words = [re.compile(rf"(?<!\w){re.escape(word)}") for word in rest.casefold().split()]

    def by(self, text: str) -> bool:
        """True where a text holds all of it."""
        folded = text.casefold()
        if not all(word.search(folded) for word in self.words):
            return False
        # who asks for miR-21 means its arms too, who asks for an arm only that one
        return not self.names or self.names <= {each for name in find_names(text) for each in (name.name, name.base)}


def _check(db: sqlite3.Connection, conversation: str) -> None:
    if not db.execute("SELECT 1 FROM conversations WHERE id = ?", (conversation,)).fetchone():
        raise unknown_conversation(conversation)


def _insert(db: sqlite3.Connection, conversation: str, question: str, scope: Scope, after: int | None, at: str) -> Turn:
    """The next turn, which follows on the one numbered `after`, or on the latest; the first one gives the title."""
    (last,) = db.execute(
        "SELECT coalesce(max(number), 0) FROM turns WHERE conversation = ?", (conversation,)
    ).fetchone()
    turn = Turn(last + 1, last if after is None else min(after, last), question, scope, at, None, None)
    db.execute(
        f"INSERT INTO turns (conversation, {_TURN}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (conversation, turn.number, turn.follows, question, json.dumps(asdict(scope)), at, None, None),
    )
    if turn.number == 1:
        db.execute("UPDATE conversations SET title = ? WHERE id = ? AND title = ''", (title_of(question), conversation))
    return turn


def _read(db: sqlite3.Connection | None, conversation: str) -> Conversation:
    row = db and db.execute("SELECT * FROM conversations WHERE id = ?", (conversation,)).fetchone()
    if db is None or not row:
        raise unknown_conversation(conversation)
    turns = db.execute(f"SELECT {_TURN} FROM turns WHERE conversation = ? ORDER BY number", (conversation,))
    held, title, created, changed = row
    return Conversation(held, title, created, changed, tuple(map(_turn, turns)))


def _turn(row: Sequence[Any]) -> Turn:
    number, follows, question, scope, asked, library, verdict = row
    return Turn(number, follows, question, Scope.of(**json.loads(scope)), asked, library, verdict)


def forget_answers(library: Path, content: str) -> None:
    """Of the library in a folder no answer is kept but those from its content of that hash, whatever the settings say.

    A file that cannot be used is passed over: it gives no answers either.
    """
    with suppress(ExociteError):
        Conversations(library / FILE).forget_answers(content)


def _response(kept: str) -> AskResponse | None:
    """The answer that was kept as JSON; None where it is of another version of Exocite."""
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(AskResponse).validate_json(kept)
    except ValidationError:
        return None
