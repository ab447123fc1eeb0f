"""A client that goes away stops the work that was for it, over a real server."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from qa.results import Part, Sentence
from qa.service import Service
from qa.settings import Settings
from qa.stopping import Stop
from tests.encoders import HashedEncoder
from tests.web.browsing import QUESTION, serving

PATIENCE = 30
"""Seconds after which what should have happened is said not to have."""


class Tireless(Service):
    """A service whose answers have no end: a sentence after each, or a wait that only a word ends."""

    waits = done = False

    def __init__(self, *arguments) -> None:
        super().__init__(*arguments)
        self.working, self.told, self.closed = threading.Event(), threading.Event(), threading.Event()

    def stream(self, question: str, *, stop: Stop | None = None, **besides) -> Generator[Part, None, None]:
        """The evidence, then sentences until it is done; `closed` is set when it is closed before."""
        assert stop
        parts = super().stream(question, **besides)
        try:
            yield next(parts)
            while not self.done:
                if self.waits:
                    with stop.ending(self.told.set):
                        self.working.set()
                        self.told.wait(PATIENCE)
                yield Sentence("One more.", (1,), "verbatim")
            *_, last = parts
            yield last
        except GeneratorExit:
            self.closed.set()
            raise
        finally:
            parts.close()


@pytest.fixture
def tireless(starter_folder: Path) -> Iterator[Tireless]:
    """One that never stops by itself."""
    service = Tireless(starter_folder, Settings(), HashedEncoder())
    yield service
    service.close()


@contextmanager
def asked(address: str, method: str, path: str, body: dict | None = None) -> Iterator[http.client.HTTPResponse]:
    """The response to a request, as soon as it begins; its connection is closed afterwards, read or not."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
    connection.request(method, path, json.dumps(body) if body else None, headers)
    response = connection.getresponse()
    try:
        yield response
    finally:
        response.close()
        connection.close()


def until(response: http.client.HTTPResponse, found: Callable[[str], bool]) -> None:
    """Read up to the first line that is found."""
    assert any(found(line.decode()) for line in response)


ASKS = {
    "endpoint": ("POST", "/api/ask", {"question": QUESTION}, "event: evidence"),
    "chat front end": (
        "POST",
        "/v1/chat/completions",
        {"model": "exocite", "messages": [{"role": "user", "content": QUESTION}], "stream": True},
        "data: {",
    ),
    "page": ("GET", f"/turn?q={QUESTION.replace(' ', '+')}", None, "event: evidence"),
}


@pytest.mark.parametrize("waits", [False, True], ids=["speaking", "waiting"])
@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_a_client_that_goes_away_stops_the_answer(tireless: Tireless, ask: tuple, waits: bool):
    """Between two sentences, and while the next is waited for: it is closed, and what waits is told."""
    *request, first = ask
    tireless.waits = waits
    with serving(tireless) as address:
        with asked(address, *request) as response:
            assert response.status == 200
            until(response, lambda line: line.startswith(first))
            if waits:
                assert tireless.working.wait(PATIENCE)
        assert tireless.closed.wait(PATIENCE)
    assert tireless.told.is_set() == waits


CHAT = {"model": "exocite", "messages": [{"role": "user", "content": QUESTION}]}


@pytest.mark.parametrize(("path", "body"), [("/api/ask", {"question": QUESTION}), ("/v1/chat/completions", CHAT)])
def test_a_client_that_goes_away_is_not_waited_for(tireless: Tireless, path: str, body: dict):
    """Before a whole answer has begun to be sent: what waits is told."""
    tireless.waits = True
    with serving(tireless) as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        assert tireless.working.wait(PATIENCE)
        connection.close()
        assert tireless.told.wait(PATIENCE)
        tireless.done = True


def test_a_stream_read_to_its_end_is_stopped_too(service: Service, monkeypatch: pytest.MonkeyPatch):
    """Nothing is left open."""
    ended, stream = threading.Event(), service.stream

    def watched(*arguments, **besides) -> Generator[Part, None, None]:
        try:
            yield from stream(*arguments, **besides)
        finally:
            ended.set()

    monkeypatch.setattr(service, "stream", watched)
    with serving(service) as address, asked(address, "POST", "/api/ask", {"question": QUESTION}) as response:
        until(response, lambda line: line.startswith("event: done"))
        response.read()
        assert ended.wait(PATIENCE)
