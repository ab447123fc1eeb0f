from __future__ import annotations

import socket
import threading
from collections.abc import Callable

import pytest

from corpus.errors import ModelError
from qa.stopping import Stop
from qa.writing import client
from qa.writing.client import ModelClient
from qa.writing.prompt import Message
from tests.playing import Part, Stage, answering, dropping, refusing, saying, sending, silent, stopping_short

ASKED = (Message("system", "Be brief."), Message("user", "What is kelp?"))


@pytest.fixture
def of(playing: Stage) -> Callable[..., ModelClient]:
    """A client of the played model."""
    return lambda *, key="", timeout=60.0: ModelClient(playing.url, "played", key, timeout)


def test_the_reply_comes_as_it_was_written(playing: Stage, of: Callable[..., ModelClient]):
    """In order, whole, every character."""
    playing.part = saying("Kelp is β-brown.\nIt grows.")
    assert "".join(of().texts(ASKED)) == "Kelp is β-brown.\nIt grows."


def test_a_piece_comes_before_the_next_is_written(playing: Stage, of: Callable[..., ModelClient]):
    """A reader waits for no more than there is."""
    playing.part = stopping_short("Kelp")
    texts = of().texts(ASKED)
    assert next(texts) == "Kelp"
    texts.close()


def test_the_model_is_asked_for_the_same_each_time(playing: Stage, of: Callable[..., ModelClient]):
    """By its name, with the messages, without chance."""
    playing.part = saying("Kelp.")
    list(of().texts(ASKED))
    (path, _, body), *others = playing.asked
    assert (path, others) == ("/v1/chat/completions", [])
    assert body == {
        "model": "played",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is kelp?"}],
        "stream": True,
        "temperature": 0,
        "seed": 0,
    }


def test_the_key_is_shown_to_the_endpoint(playing: Stage, of: Callable[..., ModelClient]):
    """As it wants it."""
    list(of(key="k-123").texts(ASKED))
    assert playing.asked[0][1]["Authorization"] == "Bearer k-123"


def test_without_a_key_none_is_shown(playing: Stage, of, monkeypatch: pytest.MonkeyPatch):
    """Nor what the environment holds for another endpoint."""
    for variable in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(variable, "for-another")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Secret: for-another")
    list(of().texts(ASKED))
    assert "Authorization" not in playing.asked[0][1]
    assert "for-another" not in " ".join(playing.asked[0][1].values())


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (answering(400), "answered 400; check that EXOCITE_LLM_MODEL"),
        (answering(401, b'{"error": {"message": "no such key: k-123"}}'), "answered 401; check EXOCITE_LLM_API_KEY"),
        (answering(404), "answered 404"),
        (answering(429), "answered 429; it is asked too often"),
        (answering(500), "answered 500; its own log"),
        (answering(200, b'{"error": "no such path"}'), "cannot be read"),
        (answering(307), "answered 307"),
        (sending(b"data: {no json\n\n"), "cannot be read"),
        (sending(b'data: {"choices": 7}\n\n'), "cannot be read"),
        (sending(b'data: {"choices": [{"delta": null}]}\n\n'), "cannot be read"),
        (sending(b'data: {"error": {"message": "out of memory"}}\n\n'), "cannot be read"),
        (dropping("Kelp"), "cannot be reached, or broke off"),
        (refusing, "refused"),
    ],
)
def test_what_is_no_reply_is_an_error_that_says_what_to_do(playing: Stage, of, part: Part, said: str):
    """Never another error, and never the key."""
    playing.part = part
    with pytest.raises(ModelError, match=said) as caught:
        list(of(key="k-123").texts(ASKED))
    assert "k-123" not in str(caught.value)


def test_an_endpoint_that_is_not_there_is_an_error():
    """A port where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ModelError, match="cannot be reached"):
        list(ModelClient(f"http://127.0.0.1:{port}/v1", "played", "", 60).texts(ASKED))


def test_an_endpoint_that_is_asked_too_often_is_not_waited_for(playing: Stage, of: Callable[..., ModelClient]):
    """However long it says to wait, the quoted answer comes at once."""
    playing.part = answering(429)
    with pytest.raises(ModelError, match="asked too often"):
        list(of().texts(ASKED))
    assert len(playing.asked) == 1


def test_an_overloaded_endpoint_is_asked_once_more(playing: Stage, of: Callable[..., ModelClient]):
    """And no oftener."""
    playing.part = answering(503)
    with pytest.raises(ModelError):
        list(of().texts(ASKED))
    assert len(playing.asked) == 2


def test_a_model_that_takes_no_temperature_is_asked_without(playing: Stage, of: Callable[..., ModelClient]):
    """Some hosted ones answer 400 to it."""

    def picky(call) -> None:
        (answering(400) if "temperature" in playing.asked[-1][2] else saying("Kelp."))(call)

    playing.part = picky
    assert "".join(of().texts(ASKED)) == "Kelp."
    assert playing.asked[-1][2].keys() == {"model", "messages", "stream"}


def test_a_redirect_is_not_followed(playing: Stage, of: Callable[..., ModelClient]):
    """The evidence goes where it was set to go."""
    playing.part = answering(307)
    with pytest.raises(ModelError):
        list(of().texts(ASKED))
    assert {path for path, *_ in playing.asked} == {"/v1/chat/completions"}


@pytest.mark.parametrize("part", [silent, stopping_short("Kelp")])
def test_a_reply_has_a_deadline_as_a_whole(playing: Stage, of: Callable[..., ModelClient], part: Part):
    """Before its first byte, and between two."""
    playing.part = part
    with pytest.raises(ModelError, match=r"longer than 0\.2 seconds; EXOCITE_LLM_TIMEOUT"):
        list(of(timeout=0.2).texts(ASKED))
    assert playing.is_left()


def test_a_reply_that_trickles_without_end_has_one_too(playing: Stage, of: Callable[..., ModelClient]):
    """However often something comes."""

    def trickling(call) -> None:
        call.begin()
        gone = threading.Event()
        while not gone.wait(0.01):
            try:
                call.piece("kelp ")
            except OSError:
                gone.set()

    playing.part = trickling
    with pytest.raises(ModelError, match="longer than"):
        list(of(timeout=0.3).texts(ASKED))


def test_no_more_is_read_than_an_answer_can_need(playing: Stage, of, monkeypatch: pytest.MonkeyPatch):
    """Characters of text, and bytes of whatever."""
    monkeypatch.setattr(client, "MOST_CHARACTERS", 10)
    playing.part = saying("Kelp is brown and grows.")
    with pytest.raises(ModelError, match="more than 10 characters"):
        list(of().texts(ASKED))
    monkeypatch.setattr(client, "MOST_BYTES", 1000)
    playing.part = sending(b"x" * 100_000)
    with pytest.raises(ModelError, match="endless"):
        list(of().texts(ASKED))


def test_closing_it_breaks_the_request_off(playing: Stage, of: Callable[..., ModelClient]):
    """The server notices, and need not write for nobody."""
    playing.part = stopping_short("Kelp")
    texts = of().texts(ASKED)
    next(texts)
    texts.close()
    assert playing.left.wait(30)


def test_saying_stop_breaks_the_request_off(playing: Stage, of: Callable[..., ModelClient]):
    """From another thread, while the next piece is waited for."""
    asked = threading.Event()

    def part(call) -> None:
        asked.set()
        silent(call)

    playing.part, stop = part, Stop()
    sayer = threading.Thread(target=lambda: asked.wait(30) and stop.say())
    sayer.start()
    with pytest.raises(ModelError, match="stopped"):
        list(of().texts(ASKED, stop))
    sayer.join()
    assert playing.left.wait(30)


def test_a_stop_that_was_said_before_asks_nothing_more(playing: Stage, of: Callable[..., ModelClient]):
    """It is said for good."""
    playing.part, stop = silent, Stop()
    stop.say()
    with pytest.raises(ModelError, match="stopped"):
        list(of().texts(ASKED, stop))
