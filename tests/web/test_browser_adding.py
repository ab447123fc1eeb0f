"""Adding papers in a real Chromium: dropped, chosen and named ones, what is told of them, stopping and leaving."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library import change_library
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder
from tests.europepmc import Call, Stage
from tests.web.browsing import serving, watched

pytestmark = pytest.mark.browser

HATS = """# On hats

## Winter

Hats keep miR-33 warm in winter [1].

## References

1. Ito A. Hats. Wool 2019;1:2.
"""
FINISHED = "() => document.querySelector('[data-slot=queue-said]').textContent.startsWith('Finished: ')"


@pytest.fixture
def papers(tmp_path: Path, stage: Stage) -> Iterator[Service]:
    """A service over an empty library."""
    change_library(tmp_path / "library", HashedEncoder()).close()
    service = Service(tmp_path / "library", Settings(europepmc_url=stage.base), HashedEncoder())
    yield service
    service.close()


@pytest.fixture
def shelf(browser, papers: Service, size: tuple[int, int]):
    """The papers page of that library."""
    with serving(papers) as address:
        context = browser.new_context(base_url=address, viewport={"width": size[0], "height": size[1]})
        for page in watched(context, address):
            page.goto("/documents")
            yield page


def drop(page, *places: Path) -> None:
    """The files and folders are dragged in from outside and let go, somewhere on the page."""
    devtools = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(place) for place in places], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        devtools.send("Input.dispatchDragEvent", {"type": kind, "x": 40, "y": 600, "data": data})


def lines(page) -> list[tuple[str, str]]:
    """Each line of the queue: the name and what is said of it."""
    return [
        (line.locator("strong").inner_text(), line.locator(".badge").inner_text())
        for line in page.locator(".queue li").all()
    ]


@pytest.mark.parametrize("size", [(1280, 900), (380, 700)], ids=["wide", "narrow"])
def test_a_folder_is_dropped_in(shelf, papers: Service, tmp_path: Path):
    """Every file that is read below it, a line each with what was found; the others are counted; the list is new."""
    inner = tmp_path / "mine" / "may"
    inner.mkdir(parents=True)
    (inner / "hats.md").write_text(HATS, encoding="utf-8")
    (inner.parent / "hats.md").write_text("# Gloves\n\nGloves keep miR-34 warm.\n", encoding="utf-8")
    (inner / "broken.xml").write_text("<article>", encoding="utf-8")
    (inner / "photo.jpg").write_bytes(b"\xff\xd8")
    (inner / ".hidden.md").write_text("# Hidden\n\nHidden.\n", encoding="utf-8")
    drop(shelf, tmp_path / "mine")
    shelf.wait_for_function(FINISHED)
    assert sorted(lines(shelf)) == [("broken.xml", "not read"), ("hats.md", "added"), ("hats.md", "added")]
    assert shelf.inner_text("[data-slot=queue-said]") == "Finished: 3 of 3 done, 1 of them not read."
    assert ".jpg 1" in shelf.inner_text("[data-slot=upload]")
    hats = shelf.locator(".queue li", has_text="On hats")
    assert "2 sections · 1 passage · 1 reference; not found: table rows" in hats.inner_text()
    shelf.wait_for_selector(".papers h2:has-text('Gloves')")
    assert {summary.source for summary in papers.documents()} == {"upload:mine/hats.md", "upload:mine/may/hats.md"}
    assert shelf.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    hats.locator("a").click()
    shelf.wait_for_selector("h1:has-text('On hats')")


def test_what_cannot_be_read_is_known_before_it_is_sent(shelf, papers: Service, tmp_path: Path, monkeypatch):
    """Too large by the limit on the page, or of another format: a line each, nothing uploaded."""
    monkeypatch.setenv("EXOCITE_MAX_FILE_MB", "0.5")
    shelf.reload()
    assert "up to 0.5 MB each" in shelf.inner_text(".upload")
    (tmp_path / "large.md").write_bytes(b"a" * 600_000)
    (tmp_path / "song.mp3").write_bytes(b"la")
    drop(shelf, tmp_path / "large.md", tmp_path / "song.mp3")
    shelf.wait_for_function(FINISHED)
    assert lines(shelf) == [("large.md", "not read"), ("song.mp3", "not read")]
    assert "It has 0.6 MB, and the limit is 0.5 MB." in shelf.inner_text(".queue")
    assert papers.documents() == ()


def test_many_files_go_in_a_few_requests(shelf, papers: Service, tmp_path: Path):
    """Twenty at a time, each in its line."""
    for number in range(25):
        (tmp_path / f"note{number}.md").write_text(f"# Note {number}\n\nHat {number} is warm.\n", encoding="utf-8")
    sent: list[str] = []
    shelf.on("request", lambda request: sent.append(request.method))
    shelf.set_input_files("#file", sorted(tmp_path.glob("note*.md")))
    shelf.press("#file + button", "Enter")
    shelf.wait_for_function(FINISHED)
    assert sent.count("POST") == 2
    assert {said for _, said in lines(shelf)} == {"added"}
    assert len(papers.documents()) == 25


def test_the_list_that_is_looked_through_stays_so_when_papers_are_added(shelf, tmp_path: Path):
    """The field comes with the first paper; what was looked for goes on being that, on the same page."""
    assert not shelf.locator(".seek").is_visible()
    for name in ("hats", "gloves"):
        file = tmp_path / f"{name}.md"
        file.write_text(f"# On {name}\n\nMany {name} are warm.\n", encoding="utf-8")
        shelf.set_input_files("#file", file)
        shelf.press("#file + button", "Enter")
        shelf.wait_for_function(FINISHED)
        shelf.wait_for_selector(".papers > li")
        assert shelf.locator(".seek").is_visible()
        assert shelf.locator(".papers h2").all_inner_texts() == ["On hats"]
        if name == "hats":
            shelf.goto("/documents?q=hats")


def test_articles_are_added_by_name_with_the_keyboard(shelf, stage: Stage, papers: Service):
    """One request each; the page says whom it asks; what does not come says why."""
    assert "asks Europe PMC (127.0.0.1) over the network" in shelf.inner_text(".by-name")
    assert stage.asked == []
    shelf.fill("#identifier", "PMC77 doi:10.1000/none")
    shelf.press("#identifier", "Enter")
    shelf.wait_for_function(FINISHED)
    assert lines(shelf) == [("PMC77.xml", "added"), ("doi:10.1000/none", "not read")]
    assert "knows no such article" in shelf.inner_text(".queue")
    assert [summary.id for summary in papers.documents()] == ["pmc77"]


def test_a_queue_is_stopped_and_leaving_asks_first(shelf, stage: Stage):
    """While something is on its way; afterwards nothing asks, and what waited was not sent."""
    asked, go_on = threading.Event(), threading.Event()
    dialogs: list[str] = []

    def hold(call: Call) -> None:
        asked.set()
        go_on.wait(20)
        call.well()

    stage.parts = [hold]
    shelf.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.dismiss()))
    shelf.fill("#identifier", "PMC77 PMC78")
    shelf.press("#identifier", "Enter")
    shelf.wait_for_selector(".queue li:has-text('being fetched')")
    assert asked.wait(20)
    bar = shelf.locator(".queue li").first.locator("progress")
    assert bar.get_attribute("aria-label") == "PMC77: being fetched from Europe PMC"
    with shelf.expect_event("dialog"):
        shelf.evaluate("() => setTimeout(() => location.assign('/'))")
    shelf.locator("[data-stop-adding]").click()
    go_on.set()
    shelf.wait_for_function(FINISHED)
    assert dialogs == ["beforeunload"]
    assert [said for _, said in lines(shelf)] == ["not read", "not read"]
    shelf.goto("/")
    assert dialogs == ["beforeunload"]
    assert not any("PMC78" in path for path in stage.asked)


def test_without_scripts_the_forms_do_the_same(browser, papers: Service, tmp_path: Path):
    """A file and an article, each with its outcome on the page that follows."""
    (tmp_path / "hats.md").write_text(HATS, encoding="utf-8")
    with serving(papers) as address:
        context = browser.new_context(base_url=address, java_script_enabled=False)
        for page in watched(context, address):
            page.goto("/documents")
            assert page.locator("[data-slot=drop]").is_hidden()
            page.set_input_files("#file", tmp_path / "hats.md")
            page.locator(".upload button[type=submit]").click()
            assert "added" in page.inner_text(".outcomes .added")
            page.fill("#identifier", "PMC77")
            page.locator(".by-name button").click()
            assert "PMC77.xml" in page.inner_text(".outcomes .added")
