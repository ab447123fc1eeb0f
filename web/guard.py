"""What stands before every route: no foreign page reads or posts here, no body is endless, no page loads from others.

A foreign page cannot read an answer of ours unless its browser takes us for its own site: a name that it had leads to
this machine a moment later (DNS rebinding). Such a request names that site as its `Host`.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.problems import respond

MAX_BODY: Final = 128 * 2**20
"""Bytes of one request's body, all files of an upload together."""

SECURITY_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not "no-referrer": under it a browser sends "Origin: null" with our own forms
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class Guard:
    """An ASGI application that refuses what should not reach the one inside it, and seals what leaves it."""

    def __init__(self, app: ASGIApp, max_body: int = MAX_BODY, hosts: Collection[str] = ()) -> None:
        """A guard that lets through what is addressed to one of `hosts` too, though it came over this machine alone."""
        self.app = app
        self.max_body = max_body
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection; only requests are guarded."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        server, headers = (scope.get("server") or ("",))[0], Headers(scope=scope)
        refusal = self._misled(server, headers) or self._refusal(scope["method"], headers)
        if refusal is None:
            await self.app(scope, self._bounded(receive), _sealed(send, scope["path"]))
        else:
            response = respond(Request(scope), refusal)
            await response(scope, receive, _sealed(send, scope["path"]))

    def _misled(self, server: str, headers: Headers) -> HTTPException | None:
        """Why a request is not let through that calls this machine by a name it does not have, or None."""
        host = hostname(headers.get("host", ""))
        if not host or not _is_loopback(server) or _is_ours(host) or host in self.hosts:
            return None
        return HTTPException(
            403, f"Exocite is not known as {host!r} here; open it by its number, or name that in EXOCITE_HOSTS."
        )

    def _refusal(self, method: str, headers: Headers) -> HTTPException | None:
        """Why the request is not let through, or None."""
        if method not in _SAFE_METHODS and not same_origin(headers.get("origin"), headers.get("host", "")):
            return HTTPException(403, "This came from a page of another site; open Exocite's own page and try there.")
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > self.max_body:
            return self._too_large()
        return None

    def _too_large(self) -> HTTPException:
        return HTTPException(
            413, f"The request is larger than {self.max_body // 2**20} MB; send fewer or smaller files at a time."
        )

    def _bounded(self, receive: Receive) -> Receive:
        """`receive`, refusing a body that turns out longer than it said, or never said."""
        seen = 0

        async def bounded() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.max_body:
                raise self._too_large()
            return message

        return bounded


def hostname(host: str) -> str:
    """The name or number in a `Host` header, in small letters, without its port and a dot at its end.

    >>> hostname("LocalHost.:8000"), hostname("[::1]:8000"), hostname("")
    ('localhost', '::1', '')
    """
    try:
        return (urlsplit(f"//{host}").hostname or "").removesuffix(".")
    except ValueError:  # a bracket without its other
        return host.lower()


def _is_loopback(server: str) -> bool:
    try:
        return ip_address(server).is_loopback
    except ValueError:
        return False


def _is_ours(host: str) -> bool:
    """True for a number, and for the name that leads to this machine for everybody: none of them can be rebound."""
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return True


def same_origin(origin: str | None, host: str) -> bool:
    """True where a request with these `Origin` and `Host` headers comes from our own page, or from no page at all.

    >>> same_origin("http://127.0.0.1:8000", "127.0.0.1:8000"), same_origin("https://elsewhere.org", "127.0.0.1:8000")
    (True, False)
    >>> same_origin(None, "127.0.0.1:8000"), same_origin("null", "127.0.0.1:8000")
    (True, False)
    """
    if origin is None:
        return True
    try:
        ours, theirs = urlsplit(f"//{host}"), urlsplit(origin)
        port = _DEFAULT_PORTS.get(theirs.scheme)
        return bool(theirs.hostname) and (theirs.hostname, theirs.port or port) == (ours.hostname, ours.port or port)
    except ValueError:  # a port that is no number
        return False


def _sealed(send: Send, path: str) -> Send:
    """`send`, with the security headers on every response.

    What quotes papers is kept by no browser, which would show it again, going back, after they were removed.
    """
    keeping = "no-cache" if path.startswith("/static/") else "no-store"

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY_HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", keeping)
        await send(message)

    return sealed
