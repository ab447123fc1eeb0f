"""The MCP server's tools, called by the SDK's own client; what the server is as a process is another module's."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp_types import CallToolResult, Tool
from pydantic import TypeAdapter

from corpus.errors import ExociteError
from index.intake import sources_of, take_in
from qa.results import AskResponse, SearchResponse
from qa.serial import to_json
from qa.service import Service
from qa.settings import Settings
from qa.tools.opening import OpenedEvidence
from qa.tools.server import INSTRUCTIONS, Behind, make_server
from tests.encoders import HashedEncoder
from tests.qa.conftest import KELP, MOSS

QUESTION = "which target does miR-21 silence in the gills"
ABSENT = "what does miR-99999 do"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over two papers; not to be changed."""
    folder = tmp_path_factory.mktemp("tools")
    (folder / "kelp.md").write_text(KELP, encoding="utf-8")
    (folder / "moss.md").write_text(MOSS, encoding="utf-8")
    take_in(folder / "library", HashedEncoder(), sources_of([folder / "kelp.md", folder / "moss.md"]))
    service = Service(folder / "library", Settings(), HashedEncoder())
    yield service
    service.close()


def over(service: Service | Behind, visit: Callable[[Client], Awaitable[Any]], mode: str = "auto") -> Any:
    """What a visit by a client to a server over the service gives."""
    behind = service if isinstance(service, Behind) else Behind(lambda: service)

    async def visited() -> Any:
        async with Client(make_server(behind, "1.2"), mode=mode) as client:
            return await visit(client)

    return asyncio.run(visited())


def call(service: Service | Behind, tool: str, **arguments: object) -> CallToolResult:
    """What a tool gives."""
    return over(service, lambda client: client.call_tool(tool, arguments))


def text(result: CallToolResult) -> str:
    """What an assistant reads of it."""
    (content,) = result.content
    return content.text


def untimed(response: dict) -> dict:
    """A response without how long it took."""
    return {name: value for name, value in response.items() if name != "took_ms"}


def as_json(kind: type, value: object) -> dict:
    """A value of `qa.results` as JSON, lists for tuples."""
    return TypeAdapter(kind).dump_python(value, mode="json")


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_three_tools_are_offered_that_change_nothing(held: Service, mode: str):
    """In the order of use, each with a description, the shape of what it gives, and said to be read-only."""

    async def listed(client: Client) -> tuple[list[Tool], str | None]:
        return (await client.list_tools()).tools, client.instructions

    tools, instructions = over(held, listed, mode)
    assert [tool.name for tool in tools] == ["ask", "search", "open_evidence"]
    for tool in tools:
        assert tool.annotations
        assert (tool.annotations.read_only_hint, tool.annotations.open_world_hint) == (True, False)
        assert tool.description
        assert "\n    " not in tool.description
        assert tool.output_schema
        assert all(said.get("description") for said in tool.input_schema["properties"].values())
    assert instructions == INSTRUCTIONS
    assert set(tools[0].output_schema["properties"]) == set(AskResponse.__slots__)


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_an_answer_is_that_of_the_endpoint(held: Service, mode: str):
    """As JSON, and in words with all that is needed to cite it."""
    result = over(held, lambda client: client.call_tool("ask", {"question": QUESTION, "k": 3}), mode)
    expected = held.ask(QUESTION, k=3)
    assert not result.is_error
    assert untimed(result.structured_content) == untimed(as_json(AskResponse, expected))
    said = text(result)
    assert expected.answer.sentences
    for sentence in expected.answer.sentences:
        assert f"- {sentence.text} [{sentence.evidence[0]}]\n" in said
        piece = expected.evidence[sentence.evidence[0] - 1]
        assert f"id: {piece.id}  permalink: {piece.permalink}\n" in said
    assert "    cites 1: 1. Ito A. Parcels at low tide. Sea Notes 2019;4:1-9. doi:10.1000/sea.4" in said
    assert "    in: Kelp letters; A. Ito, B. Cruz; 2020; Tides" in said


def test_a_search_is_that_of_the_endpoint(held: Service):
    """Within its limits, and after the history; a row is told by its headers, with its cautions."""
    limits = {"kinds": ["row"], "names": ["mir21"], "documents": ["kelp"]}
    result = call(held, "search", question="and to the south", history=["where does miR-21 go"], **limits)
    assert result.structured_content
    found = result.structured_content["evidence"]
    assert {(piece["kind"], piece["document"]["id"]) for piece in found} == {("row", "kelp")}
    assert "miR-21" in result.structured_content["interpreted"]["question"]
    assert "Understood as: " in text(result)
    assert "miRNA: miR-21; Shore: south; Target: PTEN; Ref: [2]" in text(result)
    assert "    CAUTION: In the printed row these cells are empty" in text(result)


def test_what_the_documents_do_not_say_is_said_so(held: Service):
    """An answer, not an error: the case, the reason, and the nearest evidence as nearest."""
    for tool in ("ask", "search"):
        result = call(held, tool, question=ABSENT)
        assert not result.is_error
        assert result.structured_content
        assert result.structured_content["support"]["case"] == "unknown-name"
        said = text(result)
        assert said.startswith("Not in these documents (confidence 0.00, unknown-name). miR-99999 is named nowhere")
        assert "\nNearest evidence, which does NOT answer the question:\n[1] " in said
        assert "\n- " not in said


def test_the_model_of_the_settings_is_not_asked(held: Service, monkeypatch: pytest.MonkeyPatch):
    """The assistant writes itself, from what is quoted."""
    asked, ask = [], held.ask
    monkeypatch.setattr(held, "ask", lambda *said, **besides: asked.append(besides) or ask(*said, **besides))
    call(held, "ask", question=QUESTION)
    assert [besides["writer"] for besides in asked] == ["extractive"]


# -- opening evidence


def opened(service: Service, address: str, **arguments: object) -> dict:
    """What an address leads to."""
    result = call(service, "open_evidence", address=address, **arguments)
    assert result.structured_content, text(result)
    return result.structured_content


@pytest.mark.parametrize("form", ["{0.permalink}", "http://127.0.0.1:8000{0.permalink}", " {0.id} "])
def test_evidence_is_opened_by_its_permalink_or_its_id(held: Service, form: str):
    """The very words, between those that stand around them in the paper."""
    piece = held.search(QUESTION).evidence[0]
    found = opened(held, form.format(piece), context=40)
    paper = held.reading(piece.document.id).document.text
    assert found["state"] == "same"
    shown = as_json(SearchResponse, held.search(QUESTION))["evidence"][0]
    assert found["evidence"] == shown | {"rank": 1, "score": 0.0}
    assert found["before"] == paper[max(0, piece.start - 40) : piece.start]
    assert found["after"] == paper[piece.end : piece.end + 40]


def test_what_is_opened_is_told_in_its_place(held: Service):
    """Marked off from what stands around it."""
    piece = held.search(QUESTION, k=1).evidence[0]
    said = text(call(held, "open_evidence", address=piece.permalink, context=6))
    text_of = held.reading("kelp").document.text
    around = text_of[piece.start - 6 : piece.start], text_of[piece.end : piece.end + 6]
    assert said.startswith("The words stand where they did.\nEvidence: ")
    assert said.endswith(f"…{around[0]}⟦{piece.text}⟧{around[1]}…")


def test_words_that_moved_are_shown_where_they_stand_now(small: Service):
    """And the file is said to have changed."""
    piece = small.search(QUESTION, k=1).evidence[0]
    change(small, KELP.replace("## Tides", "Preface of one line.\n\n## Tides"))
    found = opened(small, piece.permalink)
    assert found["state"] == "moved"
    assert found["evidence"]["text"] == piece.text
    assert found["evidence"]["start"] > piece.start


def change(service: Service, text: str) -> None:
    """The paper on kelp is another text now."""
    folder = service.path.parent / "papers"
    (folder / "kelp.md").write_text(text, encoding="utf-8")
    take_in(service.path, HashedEncoder(), sources_of([folder]))


def test_words_that_changed_are_never_passed_off_as_the_same(small: Service):
    """One molecule for another: what is nearest now is shown as another piece of evidence."""
    piece = small.search(QUESTION, k=1).evidence[0]
    change(small, KELP.replace("bring miR-21 to", "bring miR-210 to"))
    found = opened(small, piece.permalink)
    assert found["state"] == "changed"
    assert "it is not what was cited" in found["message"]
    assert "miR-210" in found["evidence"]["text"]
    assert found["message"] in text(call(small, "open_evidence", address=piece.permalink))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("kelp", "no address of evidence"),
        ("http://127.0.0.1:8000/documents/kelp", "no address of evidence"),
        ("/evidence/kelp/a-b?text=0", "no address of evidence"),
        ("kelp:0-3", "There is no passage or row 'kelp:0-3'"),
        ("/evidence/gone/0-3?text=0123456789ab", "gone"),
    ],
)
def test_an_address_that_leads_nowhere_is_an_error(held: Service, address: str, words: str):
    """Which says what to give, or that it may have been removed."""
    result = call(held, "open_evidence", address=address)
    assert result.is_error
    assert words in text(result)
    assert "Traceback" not in text(result)


# -- errors, and a library that is not open yet


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"question": " "}, "The question is empty; type what you want to know."),
        ({"question": "x" * 2001}, "at most 2,000 can be asked"),
        ({"question": "x", "documents": ["no-such"]}, "no-such"),
        ({"question": "x", "from_year": 2020, "to_year": 2000}, "exchange the two years"),
        ({"question": "x", "k": 101}, "less than or equal to 100"),
        ({}, "question"),
    ],
)
def test_what_cannot_be_asked_is_an_error_in_our_words(held: Service, arguments: dict, words: str):
    """That an assistant can read and act on."""
    result = call(held, "search", **arguments)
    assert result.is_error
    assert words in text(result)


def test_a_library_that_is_not_there_is_an_error_until_it_is(tmp_path: Path, papers: Path):
    """The next call finds it."""
    settings = Settings(library=tmp_path / "later")
    behind = Behind(lambda: Service(settings.library, settings, HashedEncoder()))
    missing = call(behind, "ask", question=QUESTION)
    assert missing.is_error
    assert "`exocite add PATH…` makes one" in text(missing)
    take_in(settings.library, HashedEncoder(), sources_of([papers]))
    assert not call(behind, "ask", question=QUESTION).is_error
    behind.close()


def test_tools_are_offered_before_the_library_is_open(held: Service):
    """A call waits for it; it is opened once."""
    may_open, openings = threading.Event(), []

    def opening() -> Service:
        openings.append(may_open.wait(30))
        return held

    async def visit(client: Client) -> CallToolResult:
        assert len((await client.list_tools()).tools) == 3
        assert openings == []  # it waits
        may_open.set()
        return await client.call_tool("ask", {"question": QUESTION})

    behind = Behind(opening)
    behind.begin()
    assert not over(behind, visit).is_error
    assert openings == [True]


def test_what_fails_in_the_background_is_left_to_the_call():
    """The thread ends in silence."""

    def opening() -> Service:
        raise ExociteError("There is no way.")

    behind = Behind(opening)
    behind.begin()
    assert "There is no way." in text(call(behind, "ask", question=QUESTION))
    behind.close()


def test_a_result_is_the_same_each_time(held: Service):
    """Byte for byte, but for how long it took."""
    one, two = (call(held, "ask", question=QUESTION) for _ in range(2))
    assert text(one) == text(two)
    assert to_json(untimed(one.structured_content or {})) == to_json(untimed(two.structured_content or {}))


def test_the_shape_of_what_is_opened_is_offered(held: Service):
    """As of the others."""
    tools = over(held, lambda client: client.list_tools()).tools
    assert set(tools[2].output_schema["properties"]) == set(OpenedEvidence.__slots__)
