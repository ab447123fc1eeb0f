"""The application, put together: routes, errors, guard, metrics, and the service's life."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from qa.commands.opening import open_encoder
from qa.service import Service
from qa.settings import Settings
from qa.version import version
from web import api, conversations, findings, history, mechanisms, pages, papers, problems, reference
from web.completions import routes as completions
from web.guard import SECURITY_HEADERS, Guard
from web.metrics import Meter, Metrics
from web.rendering import STATIC


def create_app(service: Service | None = None) -> FastAPI:
    """An application over a service; over the library at `EXOCITE_LIBRARY` where none is given.

    Raises (at start, where no service is given):
        LibraryMissing: there is no library at that place.
    """

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        if service is not None:
            yield
            return
        gc.freeze()  # what modules hold stays; looking through it for garbage would hold up questions, 0.1 s at a time
        opened = await run_in_threadpool(_service_of_environment)
        app.state.service = opened
        yield
        opened.close()

    app = FastAPI(
        title="Exocite",
        summary="Answers questions from your own papers and shows for every sentence exactly where it stands.",
        version=version(),
        docs_url=None,  # FastAPI's page loads assets from another host; ours is in `web.reference`
        redoc_url=None,
        lifespan=life,
    )
    if service is not None:
        app.state.service = service
    app.state.metrics = Metrics()
    for module in (api, conversations, completions, pages, history, mechanisms, papers, findings, reference):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    problems.install(app, SECURITY_HEADERS)
    hosts = (service.settings if service else Settings.read()).hosts.lower().split(",")
    app.add_middleware(Guard, hosts=frozenset(map(str.strip, hosts)))
    app.add_middleware(Meter, metrics=app.state.metrics)
    return app


def _service_of_environment() -> Service:
    settings = Settings.read()
    return Service.open(settings.library, settings=settings, encoder=open_encoder(settings))
