"""Serving the web pages and the endpoint from the command line."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from corpus.errors import InputError


@contextmanager
def listen(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that holds the address, so that a busy port is known before anything else is done.

    Raises:
        InputError: the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen(2048)
        except OSError as error:
            msg = (
                f"{host}:{port} cannot be listened on ({error.strerror or error}); "
                "stop what runs there, or choose another with --port."
            )
            raise InputError(msg) from error
        yield listening


def run_server(listening: socket.socket) -> None:
    """Serves on the socket until the process is told to stop."""
    # the application is named, not imported: `web` stands above `qa`
    config = uvicorn.Config("web.app:create_app", factory=True, log_level="warning")
    uvicorn.Server(config).run(sockets=[listening])
