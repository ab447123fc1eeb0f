"""The exceptions of Exocite, one tree; an error from elsewhere is translated once, where it enters.

    ExociteError
    ├── InputError               what the user gave cannot be used
    │   ├── QuestionError          empty, too long, or not text
    │   ├── UnreadableFile         a file that gives no document
    │   ├── UnknownDocument        no document of that id
    │   ├── UnknownRecord          no passage or row of that id
    │   ├── UnknownPage            a document without pages to show, or without one of that number
    │   ├── UnknownConversation    no conversation, or no turn of one, of that id
    │   ├── BadQuestionSet         a question set or BEIR folder that cannot be judged
    │   ├── BadShards              vectors made elsewhere that cannot be used
    │   └── BadSetting             a setting outside what it allows
    ├── LibraryError             the library on disk
    │   ├── LibraryMissing         nothing there
    │   ├── LibraryDamaged         its parts do not belong together, or cannot be read
    │   ├── LibraryMismatch        made with another model or another version of Exocite
    │   ├── LibraryBusy            another process is changing it
    │   └── StorageFull            no room to write; the old library is untouched
    ├── EngineError              the program that searches the library, where it is another one, cannot be asked
    ├── HistoryError             the conversations on disk cannot be read or written, or none are kept
    ├── FetchError               an article that was asked for by its identifier did not come
    ├── PageError                a page cannot be drawn
    ├── EncoderError             a model cannot be loaded, or is not the one expected
    └── ModelError               the language model that is set gave no answer

Every message is one or two sentences: what happened, then what to do next.
"Not in these documents" is an answer, never one of these.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

REBUILD: Final = "make a new one: `exocite --library NEW add` with the same files"
"""What to do with a library that is beyond reading; ends a message."""


class ExociteError(Exception):
    """Anything Exocite can say clearly; `str(error)` is fit to show to a user."""


class InputError(ExociteError):
    """What the user gave cannot be used; nothing was changed."""


class QuestionError(InputError):
    """The question is empty, longer than 2,000 characters, or holds control characters."""


class UnreadableFile(InputError):
    """A file gives no document; `reason` says why and what to do.

    Attributes:
        file: the name the user gave.
        reason: one sentence, without the file's name.
    """

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


class UnknownDocument(InputError):
    """No document of that id is in the library."""


class UnknownRecord(InputError):
    """No passage or table row of that id is in the library."""


class UnknownPage(InputError):
    """The document has no pages that can be shown, or none of that number."""


class UnknownConversation(InputError):
    """No conversation of that id is in the history, or it has no turn of that number."""


class BadQuestionSet(InputError):
    """A question set or BEIR folder cannot be read; the message names the file and the line."""


class BadShards(InputError):
    """Vectors made elsewhere cannot be used, there are none or of another model; or no folder can hold them."""


class BadSetting(InputError):
    """A setting is outside what it allows; the message names the setting and its range."""


class LibraryError(ExociteError):
    """Something about the library on disk."""


class LibraryMissing(LibraryError):
    """There is no library at that place."""


class LibraryDamaged(LibraryError):
    """The parts of a library do not belong together, or one of them cannot be read."""


class LibraryMismatch(LibraryError):
    """The library was made with another model, or by another version of Exocite."""


class LibraryBusy(LibraryError):
    """Another process is changing the library."""


class StorageFull(LibraryError):
    """The disk took no more; the library is as it was before."""


class EngineError(ExociteError):
    """The engine of a library, where that is another program, is not installed, is away, or refuses; nothing is lost.

    The message never says what token it was shown.
    """


class HistoryError(ExociteError):
    """The conversations on disk cannot be read or written now, or none are kept; answers need none of them."""


class FetchError(ExociteError):
    """An article that was asked for by its identifier did not come.

    Attributes:
        lasting: True where the service itself cannot be asked now, so that asking for another article is of no use.
    """

    def __init__(self, message: str, *, lasting: bool = False) -> None:
        super().__init__(message)
        self.lasting = lasting


class PageError(ExociteError):
    """A page cannot be drawn, takes too long, or has to wait too long for others; its text is there all the same."""


class EncoderError(ExociteError):
    """The embedding model or the cross-encoder cannot be loaded, or is not the expected one."""


class ModelError(ExociteError):
    """The language model that is set gave no answer; the message says why in one sentence, never what the key is."""


def unreadable(path: Path, error: Exception) -> LibraryDamaged:
    """The error that says a part of a library cannot be read, and the cure."""
    return LibraryDamaged(f"{path.name} of the library cannot be read ({error}); {REBUILD}.")


def unknown_document(document_id: str) -> UnknownDocument:
    """The error that says there is no document of that id."""
    return UnknownDocument(
        f"There is no document '{document_id}' in this library; `exocite documents` lists those there are."
    )


def unknown_record(record_id: str) -> UnknownRecord:
    """The error that says there is no passage or row of that id."""
    return UnknownRecord(
        f"There is no passage or row '{record_id}' in this library; it may have been removed or changed."
    )
