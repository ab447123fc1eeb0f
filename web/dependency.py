"""What routes are given: the service of the application that they belong to, and when not to go on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request

from qa.service import Service
from qa.stopping import Stop


async def current_service(request: Request) -> Service:  # not async, it would cost each request another thread
    """The service that the application was made with, or opened at its start."""
    service: Service = request.app.state.service
    return service


async def client_gone(request: Request) -> AsyncIterator[Stop]:
    """A word that is said when the client goes away before its answer begins; the body has been read by then."""
    stop = Stop()
    listening = asyncio.create_task(_listen(request, stop))
    try:
        yield stop
    finally:
        listening.cancel()


async def _listen(request: Request, stop: Stop) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    stop.say()


TheService = Annotated[Service, Depends(current_service)]
TheStop = Annotated[Stop, Depends(client_gone)]
