"""Exocite as a model: asked with OpenAI's own client, over a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice, pairwise

import openai
import pytest
from fastapi.testclient import TestClient
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from corpus.errors import LibraryBusy
from qa.results import Part
from qa.service import Service
from tests.web.browsing import ABSENT, QUESTION, serving
from web.completions.writing import plain

PARCELS = {"exocite": {"documents": ["small-parcels"]}}
TITLE = "### Task:\nGenerate a concise title for this chat.\n### Chat History:\nwhat does miR-21 do"


@pytest.fixture(scope="module")
def base(service: Service) -> Iterator[str]:
    """Where the starter library is served."""
    with serving(service) as address:
        yield address


@pytest.fixture(scope="module")
def front_end(base: str) -> Iterator[openai.OpenAI]:
    """OpenAI's client, pointed at it."""
    with openai.OpenAI(base_url=f"{base}/v1", api_key="any", max_retries=0) as client:
        yield client


def said(front_end: openai.OpenAI, *questions: object, model: str = "exocite", **besides) -> ChatCompletion:
    """The answer to the last of some user messages."""
    messages = [{"role": "user", "content": content} for content in questions]
    return front_end.chat.completions.create(model=model, messages=messages, **besides)


def streamed(front_end: openai.OpenAI, question: str, **besides) -> list[ChatCompletionChunk]:
    """The chunks of the answer to a question."""
    messages = [{"role": "user", "content": question}]
    return list(front_end.chat.completions.create(model="exocite", messages=messages, stream=True, **besides))


def content(answer: ChatCompletion) -> str:
    """What a reader of the chat reads."""
    (choice,) = answer.choices
    assert choice.finish_reason == "stop"
    assert choice.message.role == "assistant"
    assert choice.message.content
    return choice.message.content


def test_both_models_are_listed_and_can_be_looked_up(front_end: openai.OpenAI):
    """One whose writer the settings choose, one that always quotes."""
    assert [model.id for model in front_end.models.list()] == ["exocite", "exocite-extractive"]
    assert front_end.models.retrieve("exocite-extractive").owned_by == "exocite"


@pytest.mark.parametrize("model", ["exocite", "exocite-extractive"])
def test_an_answer_holds_what_the_endpoint_answers(front_end: openai.OpenAI, client: TestClient, model: str):
    """Each sentence with its citations; the model that was asked for is named."""
    answer = said(front_end, QUESTION, model=model)
    told = client.post("/api/ask", json={"question": QUESTION}).json()["answer"]["sentences"]
    text = content(answer)
    assert told
    for sentence in told:
        marks = "".join(f" [{rank}]" for rank in sentence["evidence"])
        assert f"- {plain(sentence['text'])}{marks}\n" in text
    assert answer.model == model
    assert answer.object == "chat.completion"
    assert answer.usage
    assert answer.usage.total_tokens == 0


def test_each_annotation_is_a_citation_in_the_text(front_end: openai.OpenAI, base: str):
    """Its characters are the rank in brackets, its address the permalink of that evidence, which the list below has."""
    answer = said(front_end, QUESTION)
    text, annotations = content(answer), answer.choices[0].message.annotations
    assert annotations
    evidence = front_end.post("/../api/search", body={"question": QUESTION}, cast_to=object)["evidence"]
    for annotation in annotations:
        citation = annotation.url_citation
        mark = text[citation.start_index : citation.end_index]
        piece = evidence[int(mark.strip("[]")) - 1]
        assert mark == f"[{piece['rank']}]"
        assert citation.url == base + piece["permalink"]
        assert citation.title == piece["document"]["title"]
        assert f"\n- {mark} [{citation.title}]({citation.url})" in text
    assert all(one.url_citation.end_index <= two.url_citation.start_index for one, two in pairwise(annotations))


def test_an_address_in_an_answer_leads_to_the_evidence(front_end: openai.OpenAI, client: TestClient):
    """The link is the permalink of the pages."""
    annotations = said(front_end, "where do parcels hand miR-21", extra_body=PARCELS).choices[0].message.annotations
    assert annotations
    path = "/evidence/" + annotations[0].url_citation.url.partition("/evidence/")[2]
    assert client.get(path).headers["location"].startswith("/documents/small-parcels?start=")


def test_what_the_documents_do_not_say_is_said_so(front_end: openai.OpenAI):
    """Why not, and the nearest evidence as nearest, cited by nothing."""
    answer = said(front_end, "does miR-99999 matter")
    text = content(answer)
    first, nearest, listed = text.split("\n\n")
    assert first == "**Not in these documents.** miR-99999 is named nowhere in these documents."
    assert nearest == "**Nearest evidence**, which does not answer the question:"
    assert listed.count("- [") == 3
    assert answer.choices[0].message.annotations == []
    assert answer.model_extra
    assert answer.model_extra["exocite"]["support"]["case"] == "unknown-name"


def test_an_answer_names_what_it_was_made_from(front_end: openai.OpenAI, service: Service):
    """Library, settings, verdict and writer."""
    answer = said(front_end, QUESTION)
    assert answer.model_extra
    background = answer.model_extra["exocite"]
    assert background["library"]["hash"] == service.library().hash
    assert background["settings"] == service.settings.shaping()
    assert background["writer"] == "extractive"
    assert answer.system_fingerprint == f"fp_{service.library().hash[:12]}"


def test_the_same_question_gives_the_same_answer(front_end: openai.OpenAI):
    """Byte for byte but for the time; another question has another id."""
    one, two = (said(front_end, QUESTION).model_dump(exclude={"created"}) for _ in range(2))
    assert one == two
    assert said(front_end, ABSENT).id != one["id"]


def test_earlier_user_messages_are_the_history(front_end: openai.OpenAI, service: Service):
    """A follow-up is understood by them; what was answered, and what could not be asked, is not."""
    messages = [
        {"role": "system", "content": "Answer about miR-155 as a pirate."},
        {"role": "user", "content": "x" * 3000},
        {"role": "user", "content": [{"type": "text", "text": "what does miR-21 target"}]},
        {"role": "assistant", "content": "miR-9 targets everything."},
        {"role": "user", "content": " "},
        {"role": "user", "content": [{"type": "text", "text": "and in"}, {"type": "text", "text": "breast cancer?"}]},
    ]
    answer = front_end.chat.completions.create(model="exocite", messages=messages)
    expected = service.search("and in breast cancer?", history=["what does miR-21 target"]).interpreted
    assert answer.model_extra
    assert answer.model_extra["exocite"]["interpreted"]["question"] == expected.question
    assert "miR-21" in expected.question


def test_limits_come_in_a_field_of_our_own(front_end: openai.OpenAI):
    """Only the papers that were asked for are cited."""
    annotations = said(front_end, "where do parcels hand miR-21", extra_body=PARCELS).choices[0].message.annotations
    assert annotations
    assert {"/evidence/small-parcels/" in one.url_citation.url for one in annotations} == {True}


@pytest.mark.parametrize(("model", "writer"), [("exocite", None), ("exocite-extractive", "extractive")])
def test_the_model_asked_for_says_who_writes(
    service: Service, client: TestClient, monkeypatch: pytest.MonkeyPatch, model: str, writer: str | None
):
    """Whoever the settings name, or nobody, so that the answer is quoted."""
    asked, stream = [], service.stream
    monkeypatch.setattr(service, "stream", lambda *said, **besides: asked.append(besides) or stream(*said, **besides))
    messages = [{"role": "user", "content": QUESTION}]
    assert client.post("/v1/chat/completions", json={"model": model, "messages": messages}).status_code == 200
    assert [besides["writer"] for besides in asked] == [writer]


def test_what_front_ends_send_besides_is_passed_over(front_end: openai.OpenAI):
    """Sampling, limits on length, users, tools that are none."""
    besides = {"temperature": 0.7, "max_tokens": 5, "user": "somebody", "seed": 3, "tools": [], "stop": ["."]}
    plain = said(front_end, QUESTION).choices
    assert said(front_end, QUESTION, **besides, extra_body={"session_id": "1"}).choices == plain


# -- streams


@pytest.mark.parametrize("question", [QUESTION, ABSENT])
def test_a_stream_is_the_answer_in_pieces(front_end: openai.OpenAI, question: str):
    """The role first, then the text, then the annotations with the reason to stop."""
    whole, chunks = said(front_end, question), streamed(front_end, question)
    deltas = [chunk.choices[0].delta for chunk in chunks]
    assert (deltas[0].role, deltas[0].content) == ("assistant", "")
    assert "".join(delta.content or "" for delta in deltas) == content(whole)
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None] * (len(chunks) - 1) + ["stop"]
    annotations = [one.model_dump() for one in whole.choices[0].message.annotations or ()]
    assert deltas[-1].model_extra == {"annotations": annotations}
    assert {(chunk.id, chunk.model, chunk.system_fingerprint) for chunk in chunks} == {
        (whole.id, "exocite", whole.system_fingerprint)
    }
    assert chunks[-1].model_extra == whole.model_extra


def test_sentences_come_one_by_one(front_end: openai.OpenAI, service: Service):
    """A chunk for each."""
    sentences = service.ask(QUESTION).answer.sentences
    chunks = [chunk.choices[0].delta.content or "" for chunk in streamed(front_end, QUESTION)]
    assert sum("\n- " in f"\n{chunk}" and "Sources" not in chunk for chunk in chunks) == len(sentences) > 1


def test_usage_comes_last_where_it_is_wanted(front_end: openai.OpenAI):
    """In a chunk of its own, without a choice."""
    *chunks, last = streamed(front_end, QUESTION, stream_options={"include_usage": True})
    assert last.choices == []
    assert last.usage
    assert last.usage.total_tokens == 0
    assert {chunk.usage for chunk in chunks} == {None}


def test_a_stream_ends_as_clients_expect(client: TestClient):
    """With a word that is no JSON."""
    messages = [{"role": "user", "content": QUESTION}]
    response = client.post("/v1/chat/completions", json={"model": "exocite", "messages": messages, "stream": True})
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    *lines, done = response.text.strip().split("\n\n")
    assert done == "data: [DONE]"
    assert all(json.loads(line.removeprefix("data: "))["object"] == "chat.completion.chunk" for line in lines)


def test_an_error_on_the_way_is_raised_by_their_client(
    front_end: openai.OpenAI, service: Service, monkeypatch: pytest.MonkeyPatch
):
    """After what was said until then; the stream does not end as if all were well."""
    stream = service.stream

    def failing(*said, **besides) -> Iterator[Part]:
        yield from islice(stream(*said, **besides), 2)
        raise LibraryBusy("The library is being changed; ask again.")

    monkeypatch.setattr(service, "stream", failing)
    messages = [{"role": "user", "content": QUESTION}]
    chunks = iter(front_end.chat.completions.create(model="exocite", messages=messages, stream=True))
    assert [next(chunks).choices[0].delta.role, next(chunks).choices[0].delta.content is not None] == [
        "assistant",
        True,
    ]
    with pytest.raises(openai.APIError, match="ask again"):
        next(chunks)


# -- refusals


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("body", "words", "param"),
    [
        ({"messages": [{"role": "user", "content": "x" * 2001}]}, "2,001 characters", None),
        ({"messages": [{"role": "user", "content": "  "}]}, "empty", None),
        ({"messages": [{"role": "user", "content": TITLE}]}, "turn off titles", None),
        ({"messages": [{"role": "assistant", "content": "hello"}]}, "no question", None),
        ({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {}}]}]}, "image_url", None),
        ({"messages": []}, "no question", None),
        ({"messages": "hello"}, "list", "messages"),
        ({"tools": [{"type": "function", "function": {"name": "f"}}]}, "calls no tools", None),
        ({"response_format": {"type": "json_object"}}, "not as json_object", None),
        ({"exocite": {"k": 0}}, "1 or more", "exocite.k"),
        ({"exocite": {"name": ["miR-21"]}}, "no such field", "exocite.name"),
        ({"exocite": {"from_year": 2020, "to_year": 2010}}, "No year lies", None),
    ],
)
def test_what_cannot_be_answered_is_refused_in_their_shape(
    client: TestClient, body: dict, words: str, param: str | None, stream: bool
):
    """Status 400 and what to do, before any stream begins."""
    asked = {"model": "exocite", "messages": [{"role": "user", "content": QUESTION}], "stream": stream}
    response = client.post("/v1/chat/completions", json=asked | body)
    assert response.status_code == 400
    error = response.json()["error"]
    assert words in error["message"]
    assert (error["type"], error["param"]) == ("invalid_request_error", param)
    assert error["code"]


def test_their_client_raises_what_it_has_for_it(front_end: openai.OpenAI):
    """An error in their shape is one of theirs."""
    with pytest.raises(openai.BadRequestError, match="Shorten it"):
        said(front_end, "x" * 2001)
    with pytest.raises(openai.NotFoundError, match="ask for exocite or exocite-extractive"):
        said(front_end, QUESTION, model="gpt-4o")
    with pytest.raises(openai.NotFoundError, match="no-such"):
        said(front_end, QUESTION, extra_body={"exocite": {"documents": ["no-such"]}})


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/v1/chat/completions", {}, 405),
        ("GET", "/v1/embeddings", {}, 404),
        ("GET", "/v1/models/gpt-4o", {}, 404),
        ("POST", "/v1/chat/completions", {"Origin": "https://elsewhere.org"}, 403),
    ],
)
def test_every_error_under_v1_is_in_their_shape(client: TestClient, method: str, path: str, headers: dict, status: int):
    """Those that no route of ours raises too; a foreign page is refused as everywhere."""
    response = client.request(method, path, headers=headers)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/json"
    assert list(response.json()["error"]) == ["message", "type", "param", "code"]
