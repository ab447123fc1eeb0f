"""One request after another to one HTTP service: patient with it, bounded in time and size, and never led elsewhere.

A request that a busy or broken service may answer later is asked again, each time after a longer pause; what it says of
when to come back (`Retry-After`) is obeyed. How long a pause is follows RFC 9110, section 10.2.3, and "Exponential
Backoff And Jitter" (AWS Architecture Blog, 2015).
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

import httpx

from corpus.errors import FetchError
from qa.counts import counted

_TRIES: Final = 4
_FIRST_PAUSE: Final = 1.0
"""Seconds before the second try; twice as many before each one after."""
_LONGEST: Final = 120.0
"""Seconds that a request may take, with all its tries and pauses."""
_CONNECT: Final = 10.0
_REDIRECTS: Final = 3
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses of a service that may do better later."""
_TURN: Final = threading.Lock()
"""Held during a request: this process asks one thing at a time, however many ask it to."""
_AGAIN_LATER: Final = "try again later, or check EXOCITE_EUROPEPMC_URL"


@dataclass(frozen=True, slots=True)
class Pace:
    """What time is, so that tests need not wait.

    Attributes:
        clock: seconds, from any beginning.
        sleep: waits so many seconds.
        chance: a number from 0 to 1, another each time.
        now: the time of day, for a service that names a time to come back.
    """

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a request: its status, the type of its body without parameters, and its body."""

    status: int
    kind: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks one service.

    Attributes:
        base: the service's address, which paths are added to.
        agent: how Exocite names itself.
        name: the service's name, for messages.
        patience: seconds that it may be silent.
    """

    base: str
    agent: str
    name: str
    pace: Pace = Pace()
    patience: float = 30.0

    def get(self, path: str, parameters: Mapping[str, str], most: int) -> Reply:
        """The reply to `GET base/path?parameters`, whatever its status where asking again would not change it.

        Args:
            most: bytes that its body may have.

        Raises:
            FetchError: the service cannot be reached, is busy or broken still after some tries, is too slow, sends more
                than it may, or leads to another host.
        """
        url = httpx.URL(f"{self.base.rstrip('/')}/{path}", params=dict(parameters))
        end = self.pace.clock() + _LONGEST
        for tried in range(1, _TRIES + 1):
            try:
                with _TURN:
                    return self._once(url, most, end)
            except _Passing as passing:
                pause = passing.wait if passing.wait is not None else self._pause(tried)
                if tried == _TRIES or self.pace.clock() + pause > end:
                    raise self._given_up(passing) from passing
            self.pace.sleep(pause)
        raise AssertionError  # the last try returns or raises

    def _pause(self, tried: int) -> float:
        # at least half of it, so that a service in trouble is left alone for a while in any case
        return float(_FIRST_PAUSE * 2 ** (tried - 1) * (0.5 + self.pace.chance() / 2))

    def _once(self, url: httpx.URL, most: int, end: float) -> Reply:
        """One try.

        Raises:
            _Passing: asking again may help.
            FetchError: it would not.
        """
        headers = {"User-Agent": self.agent, "Accept-Encoding": "gzip"}
        timeout = httpx.Timeout(self.patience, connect=_CONNECT)
        try:
            with httpx.Client(headers=headers, timeout=timeout, follow_redirects=False) as client:
                for _ in range(_REDIRECTS + 1):
                    with client.stream("GET", url) as response:
                        if not response.is_redirect:
                            return self._reply(response, most, end)
                        url = self._led(url, response)
        except (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError, httpx.ProxyError) as error:
            raise _passing(error) from error
        except httpx.DecodingError as error:
            raise _Passing("its answer came damaged") from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            msg = f"{self.name} could not be asked ({error}); check EXOCITE_EUROPEPMC_URL and the proxy that is set."
            raise FetchError(msg, lasting=True) from error
        msg = f"{self.name} leads from one address to the next without an end; {_AGAIN_LATER}."
        raise FetchError(msg, lasting=True)

    def _reply(self, response: httpx.Response, most: int, end: float) -> Reply:
        if response.status_code in _PASSING:
            often = response.status_code == HTTPStatus.TOO_MANY_REQUESTS
            said = "it was asked too often (429)" if often else f"it is in trouble ({response.status_code})"
            raise _Passing(said, self._told_wait(response), lasting=often)
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > most:
                msg = (
                    f"{self.name} sent more than {most / 1e6:g} MB, too much to read; EXOCITE_MAX_FILE_MB allows more."
                )
                raise FetchError(msg)
            if self.pace.clock() > end:
                raise _Passing("its answer came too slowly")
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Reply(response.status_code, kind, bytes(body))

    def _led(self, url: httpx.URL, response: httpx.Response) -> httpx.URL:
        """Where a redirection leads: the same host alone, and never from a safe connection to an open one."""
        target = url.join(response.headers["Location"])
        same = (target.scheme, target.host, target.port) == (url.scheme, url.host, url.port)
        safer = (url.scheme, target.scheme, target.host, target.port) == ("http", "https", url.host, None)
        if not same and not (safer and url.port is None):
            msg = f"{self.name} leads to another host ({target.host[:100]}), which is not followed; {_AGAIN_LATER}."
            raise FetchError(msg, lasting=True)
        return target

    def _told_wait(self, response: httpx.Response) -> float | None:
        """Seconds that the service says to wait; None where it says nothing that can be read."""
        told = response.headers.get("Retry-After", "").strip()
        if told.isascii() and told.isdecimal():
            return float(told[:9])
        try:
            then = parsedate_to_datetime(told)
        except ValueError:
            return None
        return max(0.0, (then.replace(tzinfo=then.tzinfo or UTC) - self.pace.now()).total_seconds())

    def _given_up(self, passing: _Passing) -> FetchError:
        wait = f" in {counted(round(passing.wait), 'second')}" if passing.wait else " later"
        return FetchError(
            f"{self.name} did not answer: {passing}; try again{wait}, or check the network and EXOCITE_EUROPEPMC_URL.",
            lasting=passing.lasting,
        )


class _Passing(Exception):
    """Something that may not be so at the next try.

    Attributes:
        wait: seconds that the service says to wait before; None where it does not.
        lasting: True where it has to do with no single article.
    """

    def __init__(self, what: str, wait: float | None = None, *, lasting: bool = False) -> None:
        super().__init__(what)
        self.wait = wait
        self.lasting = lasting


def _passing(error: Exception) -> _Passing:
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError | httpx.ProxyError):
        return _Passing("it cannot be reached", lasting=True)
    if isinstance(error, httpx.TimeoutException):
        return _Passing("it was silent for too long")
    return _Passing("the connection broke off")
