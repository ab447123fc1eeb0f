"""The answer of a turn: the same as ever for the same library, gone with what was removed from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import HistoryError, UnknownConversation, UnknownDocument
from qa.conversations.exporting import export_conversation, file_name
from qa.conversations.replay import Asked, answer_of, watched
from qa.results import AskResponse, SearchResponse
from qa.scope import EVERYTHING, Scope
from qa.serial import to_json
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder

GILLS = "what do tidal parcels bring to the gills"
QUOTED = "silences KRIT1"


def untimed(response: AskResponse) -> str:
    return to_json(replace(response, took_ms={}))


def begun(service: Service, *questions: str) -> str:
    return service.conversations.begin(earlier=questions)


def answers(service: Service, kept: str) -> list[AskResponse]:
    whole = service.conversations.conversation(kept)
    return [answer_of(service, whole, turn) for turn in whole.turns]


def in_files(folder: Path, text: str) -> bool:
    """True where a file beside the library's generations holds the text."""
    return any(text.encode() in file.read_bytes() for file in folder.glob("conversations.*"))


def test_a_quoted_answer_is_made_again_byte_for_byte(small: Service):
    """With its history and its limits; nothing of it is stored."""
    kept = begun(small, GILLS)
    small.conversations.ask(kept, "and at the north shore?", Scope.of(kinds=["row"]))
    first, second = answers(small, kept)
    assert untimed(first) == untimed(small.ask(GILLS))
    again = small.ask("and at the north shore?", history=[GILLS], scope=Scope.of(kinds=["row"]))
    assert untimed(second) == untimed(again)
    assert [untimed(one) for one in answers(small, kept)] == [untimed(first), untimed(second)]
    assert [turn.verdict for turn in small.conversations.conversation(kept).turns] == [
        first.support.verdict,
        second.support.verdict,
    ]
    assert QUOTED in to_json(first)
    assert not in_files(small.path, QUOTED)


def test_a_written_answer_is_not_asked_for_again(small: Service, written: Callable[[str], AskResponse]):
    """As long as the library is the same it is the one that was written."""
    kept, own = begun(small, GILLS), written(GILLS)
    assert list(watched(small, kept, 1, (part for part in [own]))) == [own]
    assert answers(small, kept) == [own]


@pytest.mark.parametrize("how", ["service", "another process"])
def test_a_written_answer_goes_with_the_paper_it_quotes(
    small: Service, written: Callable[[str], AskResponse], exocite, how: str
):
    """From the answer and from the file, though nobody looks at it; the question stays, and is answered anew."""
    kept, own = begun(small, GILLS), written(GILLS)
    small.conversations.answered(kept, 1, own)
    assert in_files(small.path, QUOTED)
    if how == "service":
        small.remove("kelp")
    else:
        assert exocite("--library", small.path, "remove", "kelp").code == 0
    assert not in_files(small.path, QUOTED)
    (now,) = answers(small, kept)
    assert (now.answer.writer, QUOTED in to_json(now)) == ("extractive", False)
    (turn,) = small.conversations.conversation(kept).turns
    assert (turn.question, turn.library) == (GILLS, own.library.hash)


def test_a_written_answer_goes_with_a_paper_that_is_replaced(
    small: Service, written: Callable[[str], AskResponse], exocite, papers: Path
):
    """What its file said before stands nowhere any more."""
    small.conversations.answered(begun(small, GILLS), 1, written(GILLS))
    (papers / "kelp.md").write_text("# Kelp letters\n\n## Tides\n\nNothing at all comes ashore.\n", encoding="utf-8")
    assert exocite("--library", small.path, "add", papers).code == 0
    assert not in_files(small.path, QUOTED)


def test_an_answer_that_comes_too_late_is_not_kept(small: Service, written: Callable[[str], AskResponse]):
    """One from the library as it was, finished after a paper was removed."""
    kept, late = begun(small, GILLS), written(GILLS)
    small.remove("kelp")
    assert list(watched(small, kept, 1, (part for part in [late]))) == [late]
    assert not in_files(small.path, QUOTED)


def test_a_history_that_is_off_forgets_what_was_kept_before(
    library: Path, small: Service, written: Callable[[str], AskResponse]
):
    """Switched off, it is not looked at, but what was removed still goes."""
    small.conversations.answered(begun(small, GILLS), 1, written(GILLS))
    off = Service(library, Settings(history="off"), HashedEncoder())
    off.remove("kelp")
    off.close()
    assert not in_files(library, QUOTED)


def test_an_answer_is_given_though_it_cannot_be_kept(small: Service):
    """A file that is damaged while the answer is on its way."""
    kept = begun(small, GILLS)
    assert small.conversations.path is not None
    parts = watched(small, kept, 1, small.stream(GILLS))
    assert isinstance(next(parts), SearchResponse)
    small.conversations.path.write_bytes(b"damaged" * 1000)
    *_, last = parts
    assert isinstance(last, AskResponse)
    assert last.answer.sentences
    with pytest.raises(HistoryError):
        small.conversations.cards()


# -- asked by a script


def test_a_question_is_kept_once_there_is_evidence(small: Service):
    """With the questions it follows on; how it was answered comes with the last part."""
    kept = begun(small, GILLS)
    asked = Asked(small, kept, "and PTEN?", EVERYTHING)
    parts = asked.watched(small.stream("and PTEN?", history=asked.history))
    assert (asked.history, asked.number) == ((GILLS,), None)
    next(parts)
    assert asked.number == 2
    assert small.conversations.conversation(kept).turn(2).verdict is None
    *_, last = parts
    assert isinstance(last, AskResponse)
    assert small.conversations.conversation(kept).turn(2).verdict == last.support.verdict


def test_a_question_that_cannot_be_asked_is_not_kept(small: Service):
    """So the next one does not follow on it."""
    kept = begun(small, GILLS)
    scope = Scope.of(documents=["no-such"])
    asked = Asked(small, kept, "and PTEN?", scope)
    with pytest.raises(UnknownDocument):
        next(asked.watched(small.stream("and PTEN?", history=asked.history, scope=scope)))
    assert len(small.conversations.conversation(kept).turns) == 1
    with pytest.raises(UnknownConversation):
        Asked(small, "nowhere", "and PTEN?", EVERYTHING)


# -- whole


def test_a_whole_conversation_is_one_markdown_text(small: Service):
    """Each question a heading with its answer; every footnote is of its own question, and is there once."""
    kept = begun(small, GILLS, "does moss * drink #fog with miR-210")
    whole = small.conversations.conversation(kept)
    text = export_conversation(small, whole, "markdown")
    lines = text.splitlines()
    assert lines[0] == f"# {GILLS}"
    assert [line for line in lines if line.startswith("## ")] == [
        f"## {GILLS}",
        r"## does moss \* drink \#fog with miR-210",
    ]
    for number, answer in enumerate(answers(small, kept), 1):
        for piece in answer.evidence:
            assert text.count(f"\n[^{number}-{piece.rank}]: ") == 1
        assert answer.answer.sentences
    assert "[^1]" not in text
    assert text.endswith("\n")
    assert export_conversation(small, whole, "markdown") == text
    assert file_name(whole, "markdown") == "what-do-tidal-parcels-bring-to-the-gills.md"


def test_what_cannot_be_answered_now_says_why_in_its_place(small: Service):
    """A question limited to a paper that was removed since; one that changed its answer says that too."""
    kept = begun(small, "does moss drink fog")
    small.conversations.ask(kept, GILLS, Scope.of(documents=["kelp"]))
    answers(small, kept)
    small.remove("kelp")
    whole = small.conversations.conversation(kept)
    text = export_conversation(small, whole, "markdown")
    assert "*The papers have changed since this was first answered; this is what they say now.*" in text
    assert f"## {GILLS}\n\n*Not answered now:* There is no document 'kelp' in this library" in text
    assert QUOTED not in text


def test_a_whole_conversation_as_json_holds_its_answers(small: Service, written: Callable[[str], AskResponse]):
    """The response of each question, or why there is none."""
    kept = begun(small, GILLS)
    small.conversations.answered(kept, 1, written(GILLS))
    small.conversations.ask(kept, "moss", Scope.of(documents=["no-such"]))
    whole = small.conversations.conversation(kept)
    said = json.loads(export_conversation(small, whole, "json"))
    assert (said["id"], said["title"]) == (kept, GILLS)
    first, second = said["turns"]
    assert (first["turn"]["question"], first["outdated"], first["problem"]) == (GILLS, False, "")
    assert first["answer"] == json.loads(to_json(written(GILLS))) | {"took_ms": first["answer"]["took_ms"]}
    assert second["answer"] is None
    assert "no-such" in second["problem"]
