"""A real HTTP server on loopback that behaves like Europe PMC's REST interface, well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from qa.fetching.asking import Pace

PREFIX = "/europepmc/webservices/rest"


def jats(pmc: str, *, doi: str = "", pmid: str = "", title: str = "Foam", body: str = "<p>Foam sings.</p>") -> bytes:
    """A short article of that PMC id, as Europe PMC sends one."""
    ids = [("pmcid", pmc), ("pmc-aid", pmc[3:]), ("doi", doi), ("pmid", pmid)]
    stated = "".join(f'<article-id pub-id-type="{kind}">{value}</article-id>' for kind, value in ids if value)
    return (
        f"<article><front><article-meta>{stated}<title-group><article-title>{title}</article-title></title-group>"
        f"</article-meta></front><body><sec><title>Tides</title>{body}</sec></body></article>"
    ).encode()


@dataclass
class Held:
    """One article that Europe PMC knows."""

    pmc: str | None
    doi: str = ""
    pmid: str = ""
    open_access: str = "Y"
    xml: bytes | None = None

    def result(self) -> dict[str, Any]:
        """It as a search tells of it: no `pmcid` where there is none."""
        told = {"id": self.pmid or "1", "source": "MED", "title": "Foam", "isOpenAccess": self.open_access}
        known = {"pmcid": self.pmc, "doi": self.doi.upper(), "pmid": self.pmid}
        return told | {name: value for name, value in known.items() if value}


class Call(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: Stage

    def do_GET(self) -> None:
        """Note the request; answer with the next part that was planned for it, or as Europe PMC does."""
        self.server.asked.append(self.path)
        self.server.headers.append(dict(self.headers))
        self.close_connection = True
        if self.server.parts:
            self.server.parts.pop(0)(self)
        else:
            self.well()

    def well(self) -> None:
        """The answer of Europe PMC."""
        address = urlsplit(self.path)
        if address.path == f"{PREFIX}/search":
            self.search({name: values[0] for name, values in parse_qs(address.query).items()})
            return
        pmc = address.path.removeprefix(f"{PREFIX}/").removesuffix("/fullTextXML")
        held = next((one for one in self.server.held if one.pmc == pmc and one.xml and one.open_access == "Y"), None)
        if held is None or held.xml is None:
            self.say(404, b"", "application/xml")
        else:
            self.say(200, held.xml, "application/xml;charset=UTF-8")

    def search(self, asked: dict[str, str]) -> None:
        """A page of results; the last page leads to itself."""
        assert (asked["resultType"], asked["format"]) == ("core", "json")
        word = asked["query"].removeprefix("DOI:").removeprefix("PMCID:").removeprefix("EXT_ID:").split(" AND ")[0]
        word = word.strip('"').lower()
        found = [one.result() for one in self.server.held if word in {(one.pmc or "").lower(), one.doi, one.pmid}]
        found = self.server.before + found
        size, start = self.server.page, 0 if asked["cursorMark"] == "*" else int(asked["cursorMark"][1:])
        results = found[start : start + size]
        cursor = f"c{start + size}" if results else asked["cursorMark"]
        page = {"hitCount": len(found), "nextCursorMark": cursor, "resultList": {"result": results}}
        self.say(200, json.dumps(page).encode(), "application/json;charset=UTF-8")

    def say(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        """A whole response."""
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


Part = Callable[[Call], None]


class Stage(ThreadingHTTPServer):
    """The service, what it holds and what it was asked.

    Attributes:
        asked: the path of each request, with its query.
        parts: how the next requests are answered; after them, as Europe PMC does.
        before: results that come before those that fit.
        page: how many results a page has.
        base: where it is.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Call)
        self.held: list[Held] = []
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.parts: list[Part] = []
        self.before: list[dict[str, Any]] = []
        self.page = 25
        self.base = f"http://127.0.0.1:{self.server_address[1]}{PREFIX}"

    def handle_error(self, *_: object) -> None:
        """Say nothing of a client that went away."""


@contextmanager
def europe_pmc() -> Iterator[Stage]:
    """The service, running."""
    with Stage() as stage:
        thread = threading.Thread(target=stage.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield stage
        stage.shutdown()
        thread.join()


@contextmanager
def playing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """The service with one open article, `PMC77`, and no proxy before it."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with europe_pmc() as stage:
        stage.held = [Held("PMC77", "10.1000/foam.1", "901", xml=jats("PMC77", doi="10.1000/foam.1", pmid="901"))]
        yield stage


@dataclass
class Time:
    """A clock that goes on only where something sleeps; `slept` are the pauses."""

    at: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        """It is later."""
        self.slept.append(seconds)
        self.at += seconds

    def pace(self, **more: Any) -> Pace:
        """The pace of this clock; the chance is always whole."""
        return Pace(clock=lambda: self.at, sleep=self.sleep, chance=lambda: 1.0, **more)


def status(code: int, **headers: str) -> Part:
    """A part: that status, nothing else."""
    return lambda call: call.say(code, b"", "text/plain", **headers)


def body(data: bytes, kind: str = "application/xml", code: int = 200) -> Part:
    """A part: those bytes."""
    return lambda call: call.say(code, data, kind)
