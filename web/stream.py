"""Server-sent events: one answer in pieces, as JSON for scripts and as HTML for the page.

The format is the one of the HTML standard, section 9.2: `event:` and `data:` lines, a blank line after each event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from fastapi.responses import StreamingResponse

from corpus.errors import ExociteError
from qa.results import AskResponse, Lead, Part, SearchResponse, Sentence
from qa.serial import to_json
from web.problems import problem_of

EVENT_STREAM: Final = "text/event-stream"

_NAMES: Final = {SearchResponse: "evidence", Lead: "lead", Sentence: "sentence", AskResponse: "done"}
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def event(name: str, data: str) -> bytes:
    r"""One event, UTF-8; its data comes out as given, with every line end a line feed.

    >>> event("sentence", "one\ntwo")
    b'event: sentence\ndata: one\ndata: two\n\n'
    """
    lines = "".join(f"data: {line}\n" for line in _LINE_END.split(data))
    return f"event: {name}\n{lines}\n".encode()


def answer_events(parts: Iterator[Part]) -> Iterator[bytes]:
    """`evidence` (the search response), `lead`, one `sentence` for each, and `done` (the whole answer), each JSON.

    An error on the way ends the events with `problem`, an RFC 9457 problem.
    """
    try:
        for part in parts:
            yield event(_NAMES[type(part)], to_json(part))
    except ExociteError as error:
        yield event("problem", problem_of(error).document().model_dump_json(exclude_defaults=True))


def streamed(events: Iterator[bytes]) -> StreamingResponse:
    """A response that sends events as they come; nothing on the way should hold them back."""
    return StreamingResponse(events, media_type=EVENT_STREAM, headers={"X-Accel-Buffering": "no"})
