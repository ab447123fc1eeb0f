"""Conversations in their file: what is kept comes back, what is deleted is gone, and nothing is ever half done."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import HistoryError, InputError, StorageFull, UnknownConversation
from qa.conversations.files import FILE, erasing, writing
from qa.conversations.records import ConversationCard, Turn
from qa.conversations.store import Conversations
from qa.results import AskResponse
from qa.scope import EVERYTHING, Scope
from qa.settings import Settings

LIMITED = Scope.of(documents=["kelp"], kinds=["row"], from_year=2001, to_year=2020, names=["miR-21"], cancers=["HCC"])
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip)


def traces(folder: Path, *texts: str) -> list[str]:
    """Those of the texts that some file in a folder holds."""
    held = b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())
    return [text for text in texts if text.encode() in held]


# -- keeping


def test_what_is_asked_comes_back_as_it_was(history: Conversations):
    """Questions in order, each with its limits, its time, and what it follows on; the first gives the title."""
    kept = history.begin()
    history.ask(kept, "which cargo has kelp", EVERYTHING)
    history.ask(kept, "and at the north shore?", LIMITED)
    history.ask(kept, "and moss?", EVERYTHING, after=1)
    found = history.conversation(kept)
    at = [f"2026-05-03T00:00:{second:02}.000000Z" for second in range(4)]
    assert (found.title, found.created, found.changed) == ("which cargo has kelp", at[0], at[3])
    assert found.turns == (
        Turn(1, 0, "which cargo has kelp", EVERYTHING, at[1], None, None),
        Turn(2, 1, "and at the north shore?", LIMITED, at[2], None, None),
        Turn(3, 1, "and moss?", EVERYTHING, at[3], None, None),
    )


@given(question=TEXT)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_any_question_comes_back_character_for_character(history: Conversations, question: str):
    """Quotes, Greek letters, emoji, whatever SQL has a meaning for."""
    kept = history.begin(earlier=[question])
    assert [turn.question for turn in history.conversation(kept).turns] == [question]


def test_earlier_questions_become_turns_of_their_own(history: Conversations):
    """Each follows on the one before, within the same limits."""
    kept = history.begin(earlier=["one", "two"], scope=LIMITED)
    asked = history.ask(kept, "three", EVERYTHING)
    found = history.conversation(kept)
    assert (asked.number, asked.follows, found.history(3)) == (3, 2, ("one", "two"))
    assert [turn.scope for turn in found.turns] == [LIMITED, LIMITED, EVERYTHING]


def test_a_title_that_was_given_stays(history: Conversations):
    """The first question does not replace it; a renamed one keeps its new one."""
    kept = history.begin(" Kelp  notes ")
    history.ask(kept, "which cargo has kelp", EVERYTHING)
    assert history.conversation(kept).title == "Kelp notes"
    history.rename(kept, "Foam")
    history.ask(kept, "and moss?", EVERYTHING)
    assert history.conversation(kept).title == "Foam"
    with pytest.raises(InputError, match="title is empty"):
        history.rename(kept, " ")


def test_threads_that_ask_at_once_get_turns_of_their_own(tmp_path: Path):
    """The file is made by one of them; no number is given twice and no question lost."""
    store, start, began = Conversations(tmp_path / FILE), threading.Barrier(8), []

    def work(name: int) -> None:
        start.wait(30)
        began.append(store.begin(f"{name}"))
        for _ in range(3):
            store.ask(began[0], f"question of {name}", EVERYTHING)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    turns = store.conversation(began[0]).turns
    assert [turn.number for turn in turns] == list(range(1, 25))
    assert sorted(turn.question for turn in turns) == sorted(f"question of {name}" for name in range(8) for _ in "abc")
    assert store.cards().total == 8


def test_a_file_that_another_is_making_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """SQLite itself gives up at once where two change a new file to keep a log; here the second tries again."""
    path, waits = tmp_path / FILE, []
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        def ended(seconds: float) -> None:
            waits.append(seconds)
            if len(waits) == 2:
                other.execute("ROLLBACK")

        monkeypatch.setattr("qa.conversations.files.time.sleep", ended)
        kept = Conversations(path).begin()
    assert len(waits) == 2
    assert Conversations(path).conversation(kept).id == kept


def test_two_processes_share_the_file(history: Conversations):
    """Each sees what the other kept."""
    kept = history.begin(earlier=["one"])
    other = Conversations(history.path)
    other.ask(kept, "two", EVERYTHING)
    assert [turn.question for turn in history.conversation(kept).turns] == ["one", "two"]


def test_only_its_owner_may_read_the_file(history: Conversations):
    """What somebody asks is nobody else's affair."""
    history.begin()
    assert history.path is not None
    assert history.path.stat().st_mode & 0o077 == 0


# -- listing


def test_the_last_changed_comes_first(history: Conversations):
    """Asking and renaming change a conversation; pages of the list follow one another without a gap."""
    first, second, third = (history.begin(earlier=[name]) for name in ("one", "two", "three"))
    history.ask(first, "one again", EVERYTHING)
    cards = history.cards()
    assert [card.id for card in cards.conversations] == [first, third, second]
    at = "2026-05-03T00:00:{:02}.000000Z".format
    assert cards.conversations[0] == ConversationCard(first, "one", at(0), at(3), 2)
    assert (cards.total, history.cards(limit=2).total) == (3, 3)
    assert history.cards(limit=2).conversations + history.cards(limit=2, offset=2).conversations == cards.conversations
    assert history.cards(offset=3).conversations == ()


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("miR-21", {"arm"}),
        ("mir21", {"arm"}),
        ("microRNA-21-5p", {"arm"}),
        ("miR-21-3p", set()),
        ("miR-2", set()),
        ("hsa-mir-210", {"near"}),
        ("METASTAS", {"arm", "near"}),
        ("tastasis", set()),
        ("metastasis gills", {"near"}),
        ("gills in metastasis of miR-210", {"near"}),
        ("arm", {"arm"}),
        ("100% of (it", set()),
        ("", {"arm", "near", "none"}),
    ],
)
def test_words_and_names_find_conversations(history: Conversations, search: str, found: set[str]):
    """Words by their beginning, in titles and questions; a molecule in any spelling, and never for another one."""
    for title, question in (
        ("arm", "does miR-21-5p promote metastasis"),
        ("near", "what does miR-210 do in metastasis of gills"),
        ("none", "moss"),
    ):
        history.ask(history.begin(title), question, EVERYTHING)
    assert {card.title for card in history.cards(search).conversations} == found


def test_a_history_of_nothing_is_empty_and_makes_no_file(history: Conversations):
    """Looking keeps nothing."""
    assert history.cards() == type(history.cards())((), 0)
    with pytest.raises(UnknownConversation):
        history.conversation("0123456789abcdef")
    history.forget_answers("hash")
    assert history.delete_all() == 0
    assert history.path is not None
    assert list(history.path.parent.iterdir()) == []


# -- deleting


def test_what_is_deleted_is_in_no_file(history: Conversations):
    """Neither in the database nor in its write-ahead log, while another reader has it open; the others stay."""
    assert history.path is not None
    other = history.begin(earlier=["green moss"])
    gone = history.begin(earlier=["the quibblefrond hides its ink " * 40])
    with closing(sqlite3.connect(history.path)) as reader:
        assert reader.execute("SELECT count(*) FROM turns").fetchone() == (2,)
        assert traces(history.path.parent, "quibblefrond", "green moss") == ["quibblefrond", "green moss"]
        history.delete(gone)
        assert traces(history.path.parent, "quibblefrond", "green moss") == ["green moss"]
    assert [card.id for card in history.cards().conversations] == [other]
    with pytest.raises(UnknownConversation, match=gone):
        history.delete(gone)
    assert history.delete_all() == 1
    assert traces(history.path.parent, "moss") == []


@pytest.mark.parametrize("act", ["ask", "rename", "conversation", "delete"])
def test_a_conversation_that_is_not_there_is_said(history: Conversations, act: str):
    """By everything that takes an id."""
    history.begin(earlier=["one"])
    more = {"ask": ("q", EVERYTHING), "rename": ("t",)}.get(act, ())
    with pytest.raises(UnknownConversation, match="no conversation 'nowhere'"):
        getattr(history, act)("nowhere", *more)
    assert history.cards().total == 1


# -- answers


def test_only_a_written_answer_is_kept(history: Conversations, written: Callable[[str], AskResponse], small):
    """A quoted one is made again; both say how they were answered, first and for good."""
    kept = history.begin(earlier=["kelp", "parcels"])
    quoted, own = small.ask("kelp"), written("what do tidal parcels bring to the gills")
    history.answered(kept, 1, quoted)
    history.answered(kept, 2, own)
    assert history.kept_answer(kept, 1, quoted.library.hash) is None
    assert history.kept_answer(kept, 2, own.library.hash) == own
    assert history.kept_answer(kept, 2, "another") is None
    history.answered(kept, 1, own)
    first, second = history.conversation(kept).turns
    assert (first.verdict, first.library) == (quoted.support.verdict, quoted.library.hash)
    assert (second.verdict, second.library) == (own.support.verdict, own.library.hash)


def test_answers_from_another_library_are_in_no_file(history: Conversations, written: Callable[[str], AskResponse]):
    """The turn and its verdict stay; what it quoted does not, while another reader has the file open."""
    assert history.path is not None
    own = written("what do tidal parcels bring to the gills")
    kept = history.begin(earlier=["parcels"])
    history.answered(kept, 1, own)
    history.forget_answers(own.library.hash)
    assert history.kept_answer(kept, 1, own.library.hash) == own
    with closing(sqlite3.connect(history.path)) as reader:
        assert reader.execute("SELECT count(*) FROM turns").fetchone() == (1,)
        assert traces(history.path.parent, "silences KRIT1") == ["silences KRIT1"]
        history.forget_answers("another")
        assert traces(history.path.parent, "silences KRIT1", "gills") == []
    assert history.conversation(kept).turns[0].verdict == own.support.verdict


def test_an_answer_that_cannot_be_read_is_made_again(history: Conversations):
    """One that another version of Exocite kept."""
    kept = history.begin(earlier=["one"])
    assert history.path is not None
    with writing(history.path) as db:
        db.execute("""UPDATE turns SET answer = '{"question": 1}', answer_library = 'hash'""")
    assert history.kept_answer(kept, 1, "hash") is None


# -- what can go wrong


def test_a_damaged_file_is_said_and_left_as_it_is(history: Conversations):
    """By reading and by writing; not a byte of it changes."""
    assert history.path is not None
    history.path.write_bytes(b"no database at all" * 100)
    for act in (history.begin, history.cards, history.delete_all, lambda: history.conversation("x")):
        with pytest.raises(HistoryError, match=r"is damaged .* left as it is; move it elsewhere"):
            act()
    assert "is damaged" in history.trouble()
    assert history.path.read_bytes() == b"no database at all" * 100


def test_somebody_elses_database_is_left_alone(history: Conversations):
    """One that holds other tables, and one of a later Exocite."""
    assert history.path is not None
    with closing(sqlite3.connect(history.path)) as db:
        db.execute("CREATE TABLE theirs (x)")
    with pytest.raises(HistoryError, match="something other than conversations"):
        history.begin()
    history.path.unlink()
    history.begin()
    with closing(sqlite3.connect(history.path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(HistoryError, match="later version of Exocite"):
        history.cards()


def test_a_full_disk_is_said_and_loses_nothing(history: Conversations, monkeypatch: pytest.MonkeyPatch):
    """SQLite refuses to grow the file, as it does when the disk takes no more."""
    kept = history.begin(earlier=["one"])
    connect = sqlite3.connect

    def full(*arguments, **options):
        db = connect(*arguments, **options)
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
        return db

    monkeypatch.setattr(sqlite3, "connect", full)
    with pytest.raises(StorageFull, match=r"disk is full.*Nothing was lost"):
        history.ask(kept, "x" * 100_000, EVERYTHING)
    assert [turn.question for turn in history.conversation(kept).turns] == ["one"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path):
    """Nothing is made in its place."""
    gone = Conversations(tmp_path / "none" / FILE)
    with pytest.raises(HistoryError, match=r"cannot be used .* check the folder"):
        gone.begin()
    assert list(tmp_path.iterdir()) == []


def test_work_that_fails_leaves_no_half(history: Conversations):
    """All of a block, or none of it."""
    kept = history.begin(earlier=["one"])
    assert history.path is not None

    def fail(block: Callable) -> None:
        with block(history.path) as db:
            db.execute("DELETE FROM turns")
            raise ZeroDivisionError

    for block in (writing, erasing):
        with pytest.raises(ZeroDivisionError):
            fail(block)
    assert len(history.conversation(kept).turns) == 1


def test_a_history_that_is_off_keeps_and_lists_nothing(tmp_path: Path):
    """Saying so where something should be kept."""
    off = Conversations.of(tmp_path, Settings(history="off"))
    assert (off.cards().total, off.trouble(), off.path) == (0, "", None)
    for act in (off.begin, off.delete_all, lambda: off.conversation("x")):
        with pytest.raises(HistoryError, match="EXOCITE_HISTORY is off"):
            act()
    assert list(tmp_path.iterdir()) == []
    assert Conversations.of(tmp_path, Settings()).path == tmp_path / FILE
