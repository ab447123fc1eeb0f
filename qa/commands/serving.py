"""Serving the web pages and the endpoint from the command line."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import uvicorn
from rich.console import Console

from corpus.errors import ExociteError, InputError
from index.encoder import Encoder
from index.intake import starter_sources, take_in
from index.library import Library, current_generation
from qa.commands.terminal import encoding, outcome_line
from qa.settings import Settings


@contextmanager
def listen(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that holds the address, so that a busy port is known before anything else is done.

    Raises:
        InputError: the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # the protocol is named because asyncio sends small answers at once (TCP_NODELAY) only on sockets that name it;
    # otherwise each answer waits some 40 ms for the client's acknowledgement
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen(2048)
        except (OSError, UnicodeError) as error:
            why = error.strerror if isinstance(error, OSError) and error.strerror else error
            msg = f"{host}:{port} cannot be listened on ({why}); stop what runs there, or choose another with --port."
            raise InputError(msg) from error
        yield listening


def address(host: str, port: int) -> str:
    """Where a browser finds the service: `http://127.0.0.1:8000`."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def prepare_library(settings: Settings, encoder: Encoder, console: Console) -> None:
    """There is a library that the encoder can search; where there was none, one of the starter documents, saying so.

    Raises:
        EngineError, LibraryDamaged, LibraryMismatch: the one there is cannot be used.
    """
    if current_generation(settings.library) is None:
        console.print(f"There is no library at {settings.library} yet; making one from the starter documents.")
        with encoding(console) as progress:
            take_in(
                settings.library,
                encoder,
                starter_sources(),
                told=lambda outcome: console.print(outcome_line(outcome)),
                progress=progress,
                engine=settings.choice,
            )
    with closing(Library.open(settings.library, settings.choice)) as library:
        library.check_encoder(encoder.identity)
        library.check_engine()


def run_server(listening: socket.socket) -> None:
    """Serves on the socket until the process is told to stop.

    Raises:
        ExociteError: the application did not start; what went wrong was logged.
    """
    # the application is named, not imported: `web` stands above `qa`
    server = uvicorn.Server(uvicorn.Config("web.app:create_app", factory=True, log_level="warning"))
    with suppress(SystemExit):  # some versions of uvicorn leave so when the application does not start
        server.run(sockets=[listening])
    if not server.started:
        msg = "The service could not be started; what went wrong stands above."
        raise ExociteError(msg)
