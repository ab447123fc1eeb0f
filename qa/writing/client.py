"""A language model behind an OpenAI-compatible endpoint: messages in, the text of its reply out as it comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Generator, Sequence
from concurrent.futures import CancelledError
from contextlib import nullcontext
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, Final

import httpx2
import openai
from anyio.from_thread import start_blocking_portal
from openai.types.chat import ChatCompletionChunk

from corpus.errors import ModelError
from qa.stopping import Stop
from qa.writing.prompt import Message

MOST_CHARACTERS: Final = 100_000
"""Characters of a reply that are read, thinking included; a good answer has about a thousand."""
MOST_BYTES: Final = 32_000_000
"""Bytes of a response that are read; a character can come in an envelope of some three hundred."""

_UNREADABLE: Final = "The language model's reply cannot be read; check that EXOCITE_LLM_BASE_URL is OpenAI-compatible."
_RETRIES: Final = 1
_SEED: Final = 0
_HEADERS: Final = frozenset(
    {"accept", "accept-encoding", "connection", "content-length", "content-type", "host", "user-agent"}
)
_IDENTITY: Final = {"", "identity"}
_NO_STREAM: Final = ("text/html", "application/json")
"""What a page, a proxy or a server that knows no streams sends with a status that says all is well."""


@dataclass(frozen=True, slots=True)
class ModelClient:
    """Asks one model; every call has its own connection, closed at its end.

    Attributes:
        api_key: shown to the endpoint; "" for nothing, and then nothing is sent in its place.
        timeout: seconds that a whole reply may take, from the first byte sent.
    """

    base_url: str
    model: str
    api_key: str
    timeout: float

    def texts(self, messages: Sequence[Message], stop: Stop | None = None) -> Generator[str, None, None]:
        """The reply in pieces, none empty; closed before its end, or where `stop` is said, the request is broken off.

        The temperature is 0 and the seed fixed, for a model that takes them: it then writes the same again, if it can.

        Raises:
            ModelError: the endpoint cannot be reached, refuses, takes longer than it may, or sends what is no reply.
        """
        pieces: SimpleQueue[str | None] = SimpleQueue()
        with start_blocking_portal() as portal:
            # in an event loop of its own: only there can a request that waits for its next byte be broken off at once
            reply = portal.start_task_soon(self._read, messages, pieces)

            def end() -> None:
                reply.cancel()

            whole = False
            try:
                with stop.ending(end) if stop else nullcontext():
                    while (piece := pieces.get()) is not None:
                        yield piece
                whole = True  # what came of it follows at once, and must not be cut off now
            finally:
                if not whole:
                    reply.cancel()
            try:
                reply.result()
            except CancelledError as error:
                msg = "The language model was stopped before its answer was whole."
                raise ModelError(msg) from error

    async def _read(self, messages: Sequence[Message], pieces: SimpleQueue[str | None]) -> None:
        """Every piece of the reply is in `pieces`, then None, whatever happened.

        Raises:
            ModelError: as `texts`.
        """
        try:
            async with asyncio.timeout(self.timeout):
                await self._put(messages, pieces)
        except TimeoutError as error:
            raise self._too_slow() from error
        finally:
            pieces.put(None)

    async def _put(self, messages: Sequence[Message], pieces: SimpleQueue[str | None]) -> None:
        read = 0
        try:
            async for piece in self._reply(messages):
                read += len(piece)
                if read > MOST_CHARACTERS:
                    msg = f"The language model wrote more than {MOST_CHARACTERS:,} characters; another may do better."
                    raise ModelError(msg)
                pieces.put(piece)
        except openai.APITimeoutError as error:
            raise self._too_slow() from error
        except openai.APIStatusError as error:
            raise ModelError(_refused(error.status_code)) from error
        except openai.APIConnectionError as error:
            msg = "The language model cannot be reached, or broke off; check that it runs at EXOCITE_LLM_BASE_URL."
            raise ModelError(msg) from error
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise ModelError(_UNREADABLE) from error

    async def _reply(self, messages: Sequence[Message]) -> AsyncIterator[str]:
        asked: Any = [{"role": message.role, "content": message.text} for message in messages]
        async with self._client() as client:
            try:
                stream = await client.chat.completions.create(
                    model=self.model, messages=asked, stream=True, temperature=0, seed=_SEED
                )
            except openai.BadRequestError:  # some hosted models take no temperature but their own
                stream = await client.chat.completions.create(model=self.model, messages=asked, stream=True)
            async with stream:
                async for chunk in stream:
                    if said := _said(chunk):
                        yield said

    def _client(self) -> openai.AsyncOpenAI:
        async def headed(request: httpx2.Request) -> None:
            # The client reads keys, organisations and headers from variables of the environment that are meant for
            # another endpoint, so only what belongs to this request is left.
            for name in set(request.headers) - _HEADERS:
                del request.headers[name]
            if self.api_key:
                request.headers["Authorization"] = f"Bearer {self.api_key}"

        http = openai.DefaultAsyncHttpxClient(
            follow_redirects=False,  # one would send the evidence to a place that nobody set
            headers={"Accept-Encoding": "identity"},
            event_hooks={"request": [headed], "response": [_bounded]},
        )
        return openai.AsyncOpenAI(
            base_url=self.base_url,
            api_key="left out by the hook",
            timeout=self.timeout,
            max_retries=_RETRIES,
            http_client=http,
        )

    def _too_slow(self) -> ModelError:
        msg = f"The language model took longer than {self.timeout:g} seconds; EXOCITE_LLM_TIMEOUT allows more."
        return ModelError(msg)


def _said(chunk: ChatCompletionChunk) -> str:
    """What a piece of a reply adds to its text; "" where it adds something else.

    Raises:
        ModelError: it is a refusal, or not of this format.
    """
    try:
        choice = next(iter(chunk.choices or ()), None)
        refused = choice is not None and (choice.delta.refusal or choice.finish_reason == "content_filter")
        said = (choice.delta.content or "") if choice else ""
    except (AttributeError, TypeError) as error:  # the client builds these objects without checking them
        raise ModelError(_UNREADABLE) from error
    if refused:
        msg = "The language model refused to answer; ask differently, or set another model."
        raise ModelError(msg)
    return str(said)


class _Bounded(httpx2.AsyncByteStream):
    """The bytes of a response, of which no more are read than are allowed."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        async for chunk in self._stream:
            read += len(chunk)
            if read > MOST_BYTES:
                msg = "The language model's reply is endless; check that EXOCITE_LLM_BASE_URL is OpenAI-compatible."
                raise ModelError(msg)
            yield chunk

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()


async def _bounded(response: httpx2.Response) -> None:
    if response.headers.get("Content-Encoding", "") not in _IDENTITY:
        msg = "The language model's reply is compressed, which was not asked for; another server may do better."
        raise ModelError(msg)
    if response.status_code == 429:  # the client would wait as long as it is told to, and the user with it
        response.headers["x-should-retry"] = "false"
    if response.is_success and response.headers.get("Content-Type", "").startswith(_NO_STREAM):
        raise ModelError(_UNREADABLE)
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _Bounded(response.stream)


def _refused(status: int) -> str:
    """What a status of the endpoint means to the user; what its body says is not repeated, it may hold the key."""
    what_to_do = {
        400: "check that EXOCITE_LLM_MODEL is a model for chat and takes this much text",
        401: "check EXOCITE_LLM_API_KEY",
        403: "check EXOCITE_LLM_API_KEY",
        404: "check EXOCITE_LLM_MODEL and EXOCITE_LLM_BASE_URL",
        429: "it is asked too often; wait a little",
    }.get(status, "its own log may say why")
    return f"The language model's endpoint answered {status}; {what_to_do}."
