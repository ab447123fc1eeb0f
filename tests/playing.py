"""A real HTTP server on loopback that plays a language model: good, lying, slow, broken, refusing."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Call(BaseHTTPRequestHandler):
    """One request to the model that is played."""

    protocol_version = "HTTP/1.1"
    server: Stage

    def do_POST(self) -> None:
        """Note the request, and answer as the part says."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), json.loads(body)))
        self.close_connection = True
        self.server.part(self)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def begin(self, status: int = 200, **headers: str) -> None:
        """The head of a response that ends with the connection."""
        self.send_response(status)
        for name, value in {"content-type": "text/event-stream", "connection": "close", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def piece(self, text: str, **more: Any) -> None:
        """One piece of a reply, as OpenAI's format has it."""
        delta = {"role": "assistant", "content": text, **more.pop("delta", {})}
        chunk = {
            "id": "c",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "played",
            "choices": [{"index": 0, "delta": delta, "finish_reason": None, **more}],
        }
        self.raw(f"data: {json.dumps(chunk)}\n\n".encode())

    def raw(self, data: bytes) -> None:
        """Bytes as they are, at once."""
        self.wfile.write(data)
        self.wfile.flush()

    def await_leaving(self) -> None:
        """Returns when the client has gone away, and says so."""
        if not self.connection.recv(1):
            self.server.left.set()


Part = Callable[[Call], None]


class Stage(ThreadingHTTPServer):
    """The server; `part` is played from the next request on.

    Attributes:
        asked: path, headers and body of each request.
        left: set once a client has gone away while it was waited for.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Call)
        self.part: Part = saying("")
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.left = threading.Event()

    def is_left(self) -> bool:
        """True once the client has gone away, or where its time was over before it had asked anything."""
        return not self.asked or self.left.wait(30)

    @property
    def url(self) -> str:
        """What EXOCITE_LLM_BASE_URL would be."""
        return f"http://127.0.0.1:{self.server_port}/v1"


@contextmanager
def stage() -> Iterator[Stage]:
    """A server that runs within the block."""
    with Stage() as playing:
        thread = threading.Thread(target=playing.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield playing
        finally:
            playing.shutdown()
            thread.join()


def saying(text: str | Sequence[str], *, most: int = 7) -> Part:
    """Says a text, or one after another in as many calls, in pieces of at most `most` characters."""
    left = [text] if isinstance(text, str) else list(text)

    def play(call: Call) -> None:
        said = left.pop(0) if len(left) > 1 else left[0]
        call.begin()
        for start in range(0, len(said), most):
            call.piece(said[start : start + most])
        call.raw(b"data: [DONE]\n\n")

    return play


def stopping_short(text: str) -> Part:
    """Says a text, then nothing more until the client has gone away."""

    def play(call: Call) -> None:
        call.begin()
        call.piece(text)
        call.await_leaving()

    return play


def silent(call: Call) -> None:
    """Takes the request and never answers."""
    call.await_leaving()


def answering(status: int, body: bytes = b"{}") -> Part:
    """Answers with a status and a body of JSON; may be asked again at once."""

    def play(call: Call) -> None:
        call.begin(status, **{"content-type": "application/json", "retry-after-ms": "1", "location": "/v1/elsewhere"})
        call.raw(body)

    return play


def sending(data: bytes) -> Part:
    """Sends bytes as a stream of events, then closes the connection."""

    def play(call: Call) -> None:
        call.begin()
        call.raw(data)

    return play


def dropping(text: str) -> Part:
    """Says a text, promises more and closes the connection."""

    def play(call: Call) -> None:
        call.begin(**{"content-length": "100000"})
        call.piece(text)

    return play


def refusing(call: Call) -> None:
    """Refuses in the way the format has for it."""
    call.begin()
    call.piece("", delta={"refusal": "I cannot help with that."})
    call.raw(b"data: [DONE]\n\n")
