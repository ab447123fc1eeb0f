"""What the tests in a real Chromium share: questions, a server, and what is done on a page."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn

from qa.service import Service
from web.app import create_app

QUESTION = "how does miR-21 promote metastasis in colorectal cancer"
LIMITED = "&documents=exosomal-mirnas-in-metastasis-digest&names=miR-21&cancers=bowel+cancer&to_year=2030"
ABSENT = "which bolts hold the bridge over the river Kwai"
IN_VIEW = "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight && r.height > 0; }"
MARKED = "() => [...document.querySelectorAll('mark')].map(m => m.textContent).join('')"


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """A real server over a service, on a free port of this machine: its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(service), log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while thread.is_alive() and not server.started:
            thread.join(0.01)
        assert server.started
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(30)


at_both_sizes = pytest.mark.parametrize("size", [(1280, 900), (380, 700)], ids=["wide", "narrow"])
"""On a laptop and on a phone."""


def watched(context, address: str):
    page = context.new_page()
    requests, said = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert requests
    assert [url for url in requests if not url.startswith(address + "/")] == []
    # a browser notes by itself each request that failed
    left = [each for each in said if not each.startswith("Failed to load resource:")]
    assert left == [], left
    context.close()


def dense(text: str) -> str:
    return re.sub(r"\s", "", text)


def ask(page, question: str) -> None:
    page.fill("#q", question)
    page.press("#q", "Enter")
    page.wait_for_function("q => document.querySelector('.question')?.textContent === q", arg=question)
    page.wait_for_selector('[data-slot="verdict"][aria-busy="false"]')  # the last sentence has come


def limit(page, **values: str) -> None:
    """The limits are opened and filled in."""
    page.locator(".limits summary").click()
    for name, value in values.items():
        page.fill(f'.limits [name="{name}"]', value)
