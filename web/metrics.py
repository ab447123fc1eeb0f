"""Counts and times for Prometheus: requests by route, stages of a search, verdicts, and the size of the library."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import closing
from time import perf_counter
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.results import AskResponse, LibraryCard, Part, Support

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"})


class Metrics:
    """The counts of one application; two applications in one process share none."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "exocite_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.request_seconds = Histogram(
            "exocite_request_seconds", "From request to end of response.", ("route",), buckets=_SECONDS,
            registry=self.registry,
        )  # fmt: skip
        self.stage_seconds = Histogram(
            "exocite_stage_seconds", "Time of one stage of a search or an answer.", ("stage",), buckets=_SECONDS,
            registry=self.registry,
        )  # fmt: skip
        self.verdicts = Counter(
            "exocite_verdicts", "Questions by whether the documents answer.", ("verdict", "case"),
            registry=self.registry,
        )  # fmt: skip
        self.documents = Gauge("exocite_library_documents", "Documents in the library.", registry=self.registry)
        self.records = Gauge("exocite_library_records", "Passages and rows in the library.", registry=self.registry)
        self.ready = Gauge("exocite_ready", "1 once the model is loaded, else 0.", registry=self.registry)

    def asked(self, support: Support, took_ms: Mapping[str, float]) -> None:
        """One question was answered; its stages' times are milliseconds."""
        self.verdicts.labels(support.verdict, support.case or "none").inc()
        for stage, milliseconds in took_ms.items():
            self.stage_seconds.labels(stage).observe(milliseconds / 1000)

    def watched(self, parts: Generator[Part, None, None]) -> Generator[Part, None, None]:
        """The parts of a streamed answer as they come, closed at the end; the question is counted with the last."""
        with closing(parts):
            for part in parts:
                if isinstance(part, AskResponse):
                    self.asked(part.support, part.took_ms)
                yield part

    def exposition(self, library: LibraryCard, *, ready: bool) -> bytes:
        """Everything counted so far, in Prometheus' text format."""
        self.documents.set(library.documents)
        self.records.set(library.records)
        self.ready.set(int(ready))
        return generate_latest(self.registry)


class Meter:
    """An ASGI application that counts and times the requests to the one inside it."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection; only requests are counted."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500  # an error that nobody handles never starts a response here

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        started = perf_counter()
        try:
            await self.app(scope, receive, noted)
        finally:
            route = route_of(scope)
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self.metrics.requests.labels(method, route, str(status)).inc()
            self.metrics.request_seconds.labels(route).observe(perf_counter() - started)


def route_of(scope: Scope) -> str:
    """The pattern that a request matched, never its address: addresses are without end and hold questions."""
    path: str = getattr(scope.get("route"), "path", "")
    return path or "other"
