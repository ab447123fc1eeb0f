"""The pages of the history: asking keeps the question, reloading never does, and history never stands in the way."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qa.conversations.files import FILE
from qa.conversations.store import Conversations
from qa.results import SearchResponse
from qa.scope import Scope
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder
from tests.web.test_stream import parsed
from web.app import create_app

QUESTION = "how does miR-21 promote metastasis in colorectal cancer"
FOLLOW_UP = "and in breast cancer?"


@pytest.fixture(autouse=True)
def empty(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shared service has a history of its own for each test."""
    monkeypatch.setattr(service, "conversations", Conversations(tmp_path / FILE))


def asked(client: TestClient, question: str = QUESTION, **more: object) -> str:
    """The address that a question leads to."""
    response = client.post("/ask", data={"q": question, **more})
    assert response.status_code == 303
    return response.headers["location"]


def place(address: str) -> dict[str, str]:
    """The turn that an address is, as the form sends it."""
    _, _, conversation, number = address.split("/")
    return {"c": conversation, "n": number}


def count(service: Service) -> list[int]:
    """How many turns each conversation has, the last changed first."""
    return [card.turns for card in service.conversations.cards().conversations]


# -- asking


def test_asking_by_the_form_begins_a_conversation(client: TestClient, service: Service):
    """The page of its first turn follows; looking at it again keeps nothing more."""
    address = asked(client)
    assert re.fullmatch(r"/c/[0-9a-f]{16}/1", address)
    pages = {client.get(address.rpartition("/")[0]).text for _ in "ab"} | {client.get(address).text}
    shown = {re.sub(r'[\d.]+ ms|href="[^"]*"', "", page) for page in pages}
    assert len(shown) == 1
    assert f'<h1 class="question" tabindex="-1">{QUESTION}</h1>' in next(iter(pages))
    assert count(service) == [1]


def test_a_follow_up_goes_on_in_it(client: TestClient, service: Service):
    """By what its form says; the page shows the earlier question with its verdict and the form for the next."""
    first = asked(client)
    client.get(first)
    foot = client.get(first).text.rpartition('<form class="ask"')[2]
    hidden = dict(re.findall(r'type="hidden" name="([cn])" value="([^"]*)"', foot))
    assert hidden == place(first)
    second = asked(client, FOLLOW_UP, **hidden, h=[QUESTION])
    assert second == first[:-1] + "2"
    text = client.get(second).text
    understood = service.ask(FOLLOW_UP, history=[QUESTION]).interpreted.question
    assert f'<q class="interpreted">{html.escape(understood)}</q>' in text
    earlier = f'<li><a href="{first}">{QUESTION}</a> <span class="outcome">answered</span></li>'
    assert earlier in text
    later = client.get(first).text.partition('<nav class="later"')[2]
    assert f'<a href="{second}">{html.escape(FOLLOW_UP)}</a>' in later
    assert count(service) == [2]


def test_what_was_asked_in_an_address_becomes_a_conversation_with_its_follow_up(client: TestClient, service: Service):
    """The earlier questions are turns too, within the limits that the page had."""
    address = asked(client, "and PTEN?", h=[QUESTION, FOLLOW_UP], names="miR-21, PTEN")
    whole = service.conversations.conversation(place(address)["c"])
    assert [turn.question for turn in whole.turns] == [QUESTION, FOLLOW_UP, "and PTEN?"]
    assert {turn.scope for turn in whole.turns} == {Scope.of(names=["miR-21", "PTEN"])}
    assert whole.history(3) == (QUESTION, FOLLOW_UP)


def test_two_windows_do_not_follow_on_each_other(client: TestClient, service: Service):
    """Each question follows on what its reader saw, and its page says so where that is not the one before it."""
    first = asked(client)
    second = asked(client, FOLLOW_UP, **place(first))
    third = asked(client, "and in the lung?", **place(first))
    assert [place(address)["n"] for address in (second, third)] == ["2", "3"]
    text = client.get(third).text
    assert f"Follows on “{QUESTION}”." in text
    understood = service.ask("and in the lung?", history=[QUESTION]).interpreted.question
    assert f'<q class="interpreted">{html.escape(understood)}</q>' in text
    assert "Follows on" not in client.get(second).text


def test_a_conversation_deleted_in_another_window_is_begun_anew(client: TestClient, service: Service):
    """With the questions that the page still has; nothing that was typed is lost."""
    first = asked(client)
    client.post(f"{first[:-2]}/delete")
    again = asked(client, FOLLOW_UP, **place(first), h=[QUESTION])
    assert place(again)["c"] != place(first)["c"]
    whole = service.conversations.conversation(place(again)["c"])
    assert [turn.question for turn in whole.turns] == [QUESTION, FOLLOW_UP]


def test_addresses_keep_nothing(client: TestClient, service: Service):
    """Links, examples, saved files and the events of the address are only looked at."""
    for path in ("/", "/turn", "/export", "/documents/small-parcels"):
        response = client.get(path, params={"q": QUESTION, "h": FOLLOW_UP, "format": "csv"})
        assert response.status_code == 200
    assert count(service) == []


def test_what_cannot_be_asked_is_not_kept(client: TestClient, service: Service):
    """The page says why, with what was typed and the conversation that it was typed in."""
    first = asked(client)
    response = client.post("/ask", data={"q": "x" * 2001, **place(first)})
    assert (response.status_code, "2,001 characters" in response.text) == (422, True)
    assert f'<input type="hidden" name="c" value="{place(first)["c"]}">' in response.text
    assert client.post("/ask", data={"q": QUESTION, "from_year": "soon"}).status_code == 422
    assert client.post("/turn", data={"q": " "}).status_code == 422
    assert count(service) == [1]


def test_a_question_that_cannot_be_answered_now_can_be_asked_again(client: TestClient):
    """Its page says why; the form asks the same after the same question."""
    first = asked(client)
    second = asked(client, FOLLOW_UP, **place(first), documents="no-such")
    response = client.get(second)
    assert response.status_code == 404
    assert "There is no document &#39;no-such&#39;" in response.text
    assert f'value="{html.escape(FOLLOW_UP)}"' in response.text
    assert dict(re.findall(r'type="hidden" name="([cn])" value="([^"]*)"', response.text)) == place(first)


def test_a_foreign_page_asks_and_deletes_nothing(client: TestClient, service: Service):
    """As with everything that changes something."""
    first = asked(client)
    for path in ("/ask", "/turn", f"{first[:-2]}/delete", f"{first[:-2]}/rename", "/conversations/delete"):
        data = {"q": QUESTION, "title": "x", "confirm": "yes"}
        response = client.post(path, data=data, headers={"Origin": "https://elsewhere.org"})
        assert response.status_code == 403
    assert count(service) == [1]


# -- in pieces


def test_a_running_page_keeps_its_question_too(client: TestClient, service: Service):
    """The frame says the address, whose page shows the same; the verdict is kept with the last piece."""
    first = asked(client)
    events = parsed(client.post("/turn", data={"q": FOLLOW_UP, **place(first)}).text)
    names = [name for name, _ in events]
    assert (names[:2], names[-1]) == (["turn", "understood"], "done")
    (address,) = re.findall(r'data-address="([^"]*)"', events[0][1])
    assert address == first[:-1] + "2"
    whole = service.conversations.conversation(place(first)["c"])
    said = service.ask(FOLLOW_UP, history=[QUESTION])
    assert [turn.verdict for turn in whole.turns] == [None, said.support.verdict]
    page = client.get(address).text
    for name, data in events:
        if name in {"understood", "sentence"}:
            assert data.strip() in page


def test_a_stopped_question_stays_and_is_answered_when_it_is_opened(service: Service):
    """Its frame has come; the work ends with the events, and the turn waits."""
    from web.kept import keep
    from web.pages import read_conversation, turn_events

    kept = keep(service, read_conversation(QUESTION, []), "", 0)
    events = turn_events(service, kept, service.stream(QUESTION))
    assert next(events).startswith(b"event: turn")
    events.close()
    (card,) = service.conversations.cards().conversations
    assert service.conversations.conversation(card.id).turns[0].verdict is None
    with TestClient(create_app(service)) as client:
        assert "Answer</h2>" in client.get(f"/c/{card.id}").text
    assert service.conversations.conversation(card.id).turns[0].verdict == "supported"


# -- from a conversation to its sources, its files, its limits


def test_source_pages_lead_back_to_the_turn(client: TestClient, service: Service):
    """From its cards through the evidence, and back to the very card; the same where the conversation is gone."""
    address = asked(client)
    link = html.unescape(re.search(r'<a class="open" href="([^"]*)"', client.get(address).text)[1])
    assert link.endswith(f"&c={place(address)['c']}&n=1#evidence")
    text = client.get(link.partition("#")[0]).text
    assert f'<a class="back" href="{address}#evidence-1">' in text
    assert re.search(rf'<a rel="next" href="[^"]*&amp;c={place(address)["c"]}&amp;n=1#evidence"', text)
    service.conversations.delete_all()
    text = client.get(link.partition("#")[0]).text
    assert re.search(r'<a class="back" href="/\?q=how[^"]*#evidence-1">', text)


def test_a_turn_is_saved_as_its_address_would_be(client: TestClient, service: Service):
    """The links below the answer give the answer of the turn."""
    address = asked(client)
    links = re.findall(r'href="(/export[^"]*format=bibtex)"', client.get(address).text)
    (link,) = map(html.unescape, links)
    assert f"&c={place(address)['c']}&n=1&" in link
    assert client.get(link).text == service.export(service.ask(QUESTION), "bibtex")


def test_a_limit_taken_off_is_not_kept_but_a_follow_up_goes_on(client: TestClient, service: Service):
    """The link asks the same without it, in its address; what is asked there follows on the same turn."""
    first = asked(client, names="miR-21", kinds="row")
    (link, _) = re.findall(r'<a href="([^"]*)" aria-label="Remove', client.get(first).text)
    without = client.get(html.unescape(link)).text
    assert "Remove the limit: Name miR-21" in without
    assert "Remove the limit: Evidence" not in without
    hidden = dict(re.findall(r'type="hidden" name="([cn])" value="([^"]*)"', without))
    assert hidden == place(first)
    back = re.search(r'<a class="open" href="([^"]*)"', without)[1]
    source = client.get(html.unescape(back).partition("#")[0]).text
    assert f'<a class="back" href="{link}#evidence-1">' in source
    assert count(service) == [1]
    assert asked(client, FOLLOW_UP, **hidden, h=[QUESTION], names="miR-21") == first[:-1] + "2"


# -- what has changed since


def test_a_page_says_that_the_papers_have_changed_since(own_client: TestClient, own_service: Service):
    """And answers from what there is now."""
    question = "which target do parcels with miR-21 silence in the liver, KRIT1"
    address = asked(own_client, question)
    assert "small-parcels" in own_client.get(address).text
    assert 'class="note outdated"' not in own_client.get(address).text
    own_service.remove("small-parcels")
    text = own_client.get(address).text
    assert "The papers have changed since this was asked on" in text
    assert "small-parcels" not in text


# -- a history that cannot be used


def damage(service: Service) -> None:
    assert service.conversations.path is not None
    service.conversations.path.write_bytes(b"damaged" * 1000)


def test_a_question_is_answered_though_it_cannot_be_kept(client: TestClient, service: Service):
    """By the form and in pieces; the page says why it was not kept, and how to go on."""
    first = asked(client)
    damage(service)
    address = asked(client, FOLLOW_UP, **place(first), h=[QUESTION])
    assert address.startswith("/?q=and+in+breast+cancer%3F&h=how+does")
    text = client.get(address).text
    assert "Not kept in your history." in text
    assert "is damaged" in text
    assert 'class="sentence' in text
    events = dict(parsed(client.post("/turn", data={"q": FOLLOW_UP, "h": QUESTION}).text))
    assert "Not kept in your history." in events["turn"]
    assert 'data-address="/?q=and' in events["turn"]
    assert "sentence" in events
    assert "unkept" not in client.get("/", params={"q": QUESTION}).text


def test_the_list_says_what_is_wrong_with_the_history(client: TestClient, service: Service):
    """Status 503, and what to do."""
    asked(client)
    damage(service)
    response = client.get("/conversations")
    assert (response.status_code, "move it elsewhere" in response.text) == (503, True)


def test_a_history_that_is_off_is_as_if_there_were_none(starter_folder):
    """Asking leads to the address of the question; the list says that nothing is kept."""
    off = Service(starter_folder, Settings(history="off"), HashedEncoder())
    off.warm()
    with TestClient(create_app(off), follow_redirects=False) as client:
        address = asked(client, FOLLOW_UP, h=[QUESTION])
        assert address.startswith("/?q=and")
        assert "unkept" not in client.get(address).text
        assert "No conversations are kept" in client.get("/conversations").text
        assert [name for name, _ in parsed(client.post("/turn", data={"q": QUESTION}).text)][-1] == "done"
    off.close()


# -- the list


def test_the_list_names_every_conversation(client: TestClient):
    """With its questions counted, the last changed first; titles are text and never markup."""
    assert "Nothing has been asked yet." in client.get("/conversations").text
    first = asked(client, "does <b>miR-21</b> & PTEN")
    asked(client, FOLLOW_UP, **place(first))
    second = asked(client, "miR-210")
    text = client.get("/conversations").text
    assert re.findall(r'<h2><a href="([^"]*)">(.*?)</a>', text) == [
        (second[:-2], "miR-210"),
        (first[:-2], "does &lt;b&gt;miR-21&lt;/b&gt; &amp; PTEN"),
    ]
    assert re.findall(r'<p class="counts">(\d+ questions?)', text) == ["1 question", "2 questions"]
    found = client.get("/conversations", params={"search": "mir21"}).text
    assert re.findall(r'<h2><a href="([^"]*)"', found) == [first[:-2]]
    assert "No conversation holds these words." in client.get("/conversations?search=zebra").text


def test_a_long_list_has_pages(client: TestClient, service: Service):
    """Fifty on each; older and newer lead to one another, with the search."""
    for number in range(51):
        service.conversations.begin(f"talk {number}")
    text = client.get("/conversations?search=talk").text
    (older,) = re.findall(r'<a rel="next" href="([^"]*)"', text)
    assert len(re.findall("<h2>", text)) == 50
    rest = client.get(html.unescape(older)).text
    assert re.findall(r'<h2><a href="[^"]*">(.*?)</a>', rest) == ["talk 0"]
    assert '<a rel="prev" href="/conversations?search=talk&amp;offset=0">' in rest


def test_one_is_renamed_and_deleted(client: TestClient, service: Service):
    """Its page follows on the one, the list on the other; a title that cannot be is said there."""
    address = asked(client)
    whole = address[:-2]
    assert client.post(f"{whole}/rename", data={"title": " "}).status_code == 422
    response = client.post(f"{whole}/rename", data={"title": "My <notes>"})
    assert (response.status_code, response.headers["location"]) == (303, whole)
    assert "My &lt;notes&gt;" in client.get(whole).text
    response = client.post(f"{whole}/delete")
    assert (response.status_code, response.headers["location"]) == (303, "/conversations?deleted=1")
    assert ">Deleted.<" in client.get("/conversations?deleted=1").text
    for path in (whole, address, f"{whole}/export"):
        assert client.get(path).status_code == 404
    assert count(service) == []


def test_all_are_deleted_only_where_the_box_is_ticked(client: TestClient, service: Service):
    """Without it nothing is, and the page says so."""
    asked(client)
    response = client.post("/conversations/delete")
    assert (response.status_code, "Nothing was deleted" in response.text) == (422, True)
    assert count(service) == [1]
    client.post("/conversations/delete", data={"confirm": "yes"})
    assert count(service) == []


def test_a_conversation_without_questions_waits_for_the_first(client: TestClient, service: Service):
    """One that a script began; what is asked on its page is its first turn, and its title stays."""
    kept = service.conversations.begin("For Monday")
    text = client.get(f"/c/{kept}").text
    assert "<h1>For Monday</h1>" in text
    hidden = dict(re.findall(r'type="hidden" name="([cn])" value="([^"]*)"', text))
    assert asked(client, **hidden) == f"/c/{kept}/1"
    assert service.conversations.conversation(kept).title == "For Monday"


@pytest.mark.parametrize("path", ["/c/0123456789abcdef", "/c/0123456789abcdef/1", "/c/..%2f..", "/c/x/export"])
def test_a_conversation_that_is_not_there_is_a_page_that_says_so(client: TestClient, path: str):
    """Status 404, and where to look."""
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "text/html; charset=utf-8"


# -- the endpoint


def test_a_script_begins_asks_lists_renames_and_deletes(client: TestClient, service: Service):
    """Each with the shape that the contract says."""
    begun = client.post("/api/conversations", json={"title": "Script"})
    kept = begun.json()["id"]
    assert (begun.status_code, begun.headers["location"]) == (201, f"/c/{kept}")
    said = client.post("/api/ask", json={"question": QUESTION, "conversation": kept})
    assert said.headers["exocite-turn"] == f"/c/{kept}/1"
    again = client.post("/api/ask", json={"question": FOLLOW_UP, "conversation": kept})
    assert (
        again.json()["interpreted"]
        == client.post("/api/ask", json={"question": FOLLOW_UP, "history": [QUESTION]}).json()["interpreted"]
    )
    whole = client.get(f"/api/conversations/{kept}").json()
    assert list(whole) == ["id", "title", "created", "changed", "turns"]
    assert list(whole["turns"][0]) == ["number", "follows", "question", "scope", "asked", "library", "verdict"]
    assert [(turn["question"], turn["follows"]) for turn in whole["turns"]] == [(QUESTION, 0), (FOLLOW_UP, 1)]
    assert whole["turns"][0]["library"] == service.library().hash
    listed = client.get("/api/conversations").json()
    assert listed["total"] == 1
    assert list(listed["conversations"][0]) == ["id", "title", "created", "changed", "turns"]
    assert client.get("/api/conversations", params={"search": "miR-210"}).json()["total"] == 0
    renamed = client.patch(f"/api/conversations/{kept}", json={"title": " Scripted  notes"})
    assert renamed.json()["title"] == "Scripted notes"
    assert client.delete(f"/api/conversations/{kept}").status_code == 204
    assert client.get(f"/api/conversations/{kept}").status_code == 404


def test_a_streamed_question_is_kept_too(client: TestClient, service: Service):
    """The header says where, before the first event; the verdict follows with the last."""
    kept = service.conversations.begin()
    body = {"question": QUESTION, "conversation": kept}
    response = client.post("/api/ask", json=body, headers={"Accept": "text/event-stream"})
    assert response.headers["exocite-turn"] == f"/c/{kept}/1"
    assert [name for name, _ in parsed(response.text)][-1] == "done"
    assert service.conversations.conversation(kept).turns[0].verdict == "supported"


def test_a_script_is_answered_though_its_question_cannot_be_kept(
    client: TestClient, service: Service, monkeypatch: pytest.MonkeyPatch
):
    """A file that breaks between reading it and writing to it: no header says that it was kept."""
    kept, search = service.conversations.begin(), Service.stream

    def breaking(service: Service, *arguments, **options):
        for part in search(service, *arguments, **options):
            if isinstance(part, SearchResponse):
                damage(service)
            yield part

    monkeypatch.setattr(Service, "stream", breaking)
    response = client.post("/api/ask", json={"question": QUESTION, "conversation": kept})
    assert (response.status_code, "exocite-turn" in response.headers) == (200, False)
    assert response.json()["answer"]["sentences"]


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"conversation": "0123456789abcdef"}, 404, "no conversation '0123456789abcdef'"),
        ({"conversation": "../x"}, 422, "/conversation"),
        ({"conversation": "0123456789abcdef", "history": ["x"]}, 422, "brings its own history"),
    ],
)
def test_a_conversation_that_cannot_be_asked_in_is_a_problem(client: TestClient, body: dict, status: int, says: str):
    """Unknown, no id at all, or together with a history."""
    response = client.post("/api/ask", json={"question": QUESTION, **body})
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert says in response.json()["detail"]


def test_all_are_deleted_by_a_script_only_when_it_says_so(client: TestClient, service: Service):
    """A request that went wrong deletes nothing."""
    service.conversations.begin("one")
    assert client.delete("/api/conversations").status_code == 422
    assert count(service) == [0]
    assert client.delete("/api/conversations?confirm=all").status_code == 204
    assert count(service) == []


@pytest.mark.parametrize("base", ["/c", "/api/conversations"])
def test_a_whole_conversation_is_saved(client: TestClient, service: Service, base: str):
    """As Markdown and as JSON, named for its title."""
    from qa.conversations.exporting import export_conversation

    kept = place(asked(client))["c"]
    client.get(f"/c/{kept}")
    whole = service.conversations.conversation(kept)
    markdown = client.get(f"{base}/{kept}/export?format=markdown")
    name = "how-does-mir-21-promote-metastasis-in-colorectal-cancer"
    assert markdown.headers["content-disposition"] == f'attachment; filename="{name}.md"'
    assert markdown.text == export_conversation(service, whole, "markdown")
    said = client.get(f"{base}/{kept}/export?format=json").json()
    assert [turn["turn"]["question"] for turn in said["turns"]] == [QUESTION]
    assert client.get(f"{base}/{kept}/export?format=csv").status_code == 422
