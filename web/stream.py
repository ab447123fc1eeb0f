"""Server-sent events: one answer in pieces, and one upload step by step, as JSON for scripts and HTML for the page.

The format is the one of the HTML standard, section 9.2: `event:` and `data:` lines, a blank line after each event.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator
from contextlib import closing
from itertools import chain
from typing import Final

import anyio
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Send

from corpus.errors import ExociteError
from qa.results import AskResponse, Lead, Part, Sentence
from qa.serial import to_json
from qa.stopping import Stop
from web.problems import problem_of
from web.schema import Outcome
from web.uploads import Happening

EVENT_STREAM: Final = "text/event-stream"

_NAMES: Final = {Lead: "lead", Sentence: "sentence", AskResponse: "done"}
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def event(name: str, data: str) -> bytes:
    r"""One event, UTF-8; its data comes out as given, with every line end a line feed.

    >>> event("sentence", "one\ntwo")
    b'event: sentence\ndata: one\ndata: two\n\n'
    """
    lines = "".join(f"data: {line}\n" for line in _LINE_END.split(data))
    return f"event: {name}\n{lines}\n".encode()


def answer_events(parts: Generator[Part, None, None]) -> Generator[bytes, None, None]:
    """`evidence` (the search response), `lead`, one `sentence` for each, and `done` (the whole answer), each JSON.

    An error after the first event ends the events with `problem`, an RFC 9457 problem. The parts are closed at the end,
    whichever it is.
    """
    with closing(parts):
        yield event("evidence", to_json(next(parts)))
        try:
            for part in parts:
                yield event(_NAMES[type(part)], to_json(part))
        except ExociteError as error:
            yield event("problem", problem_of(error).document().model_dump_json(exclude_defaults=True))


def adding_events(
    happenings: Generator[Happening, None, None], shown: Callable[[Outcome], str] | None = None
) -> Generator[bytes, None, None]:
    """Each happening as an event of its name, its data JSON.

    An error after the first event ends the events with `problem`, an RFC 9457 problem.

    Args:
        shown: an outcome as HTML, which is given with it as `html`, for the page.
    """

    def told(outcome: Outcome) -> dict[str, object]:
        return outcome.model_dump(mode="json") | ({"html": shown(outcome)} if shown else {})

    with closing(happenings):
        try:
            for happening in happenings:
                what = happening.what
                if isinstance(what, tuple):
                    yield event(happening.name, json.dumps([told(outcome) for outcome in what]))
                else:
                    made = told(what) if isinstance(what, Outcome) else what.model_dump(mode="json")
                    yield event(happening.name, json.dumps(made))
        except ExociteError as error:
            yield event("problem", problem_of(error).document().model_dump_json(exclude_defaults=True))


class Streamed(StreamingResponse):
    """A response that sends events as they come, and stops what makes them when the client goes away.

    The first event is made before the response begins, so that an error of it can still be the response's status.
    Nothing on the way should hold the events back.

    Args:
        events: made in other threads, one after another; closed when the last was sent, or none can be sent any more.
        stop: said when the client has gone away, for what is at work on an event just then.
    """

    def __init__(self, events: Generator[bytes, None, None], stop: Stop) -> None:
        self._events, self._stop = events, stop
        content = chain((next(events),), events)
        super().__init__(content, media_type=EVENT_STREAM, headers={"X-Accel-Buffering": "no"})

    async def listen_for_disconnect(self, receive: Receive) -> None:
        """Returns when the client has gone away, and has said so to what is at work."""
        await super().listen_for_disconnect(receive)
        # a thread cannot be cancelled, so without this the rest would wait until it has made its event
        self._stop.say()

    async def stream_response(self, send: Send) -> None:
        """Every event is sent, or no more can be; the events are closed."""
        try:
            await super().stream_response(send)
        finally:
            self._stop.say()
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self._events.close)
