from __future__ import annotations

import threading

from qa.stopping import Stop


def test_what_waits_is_ended_once():
    """Each in the order in which it began to wait, however often it is said."""
    stop, ended = Stop(), []
    with stop.ending(lambda: ended.append("one")), stop.ending(lambda: ended.append("two")):
        assert (stop.said, ended) == (False, [])
        stop.say()
        stop.say()
        assert (stop.said, ended) == (True, ["one", "two"])


def test_what_no_longer_waits_is_left_alone():
    """Work that has ended by itself."""
    stop, ended = Stop(), []
    with stop.ending(lambda: ended.append("done")):
        pass
    stop.say()
    assert ended == []


def test_what_begins_to_wait_too_late_is_ended_at_once():
    """It was said before, and is said for good."""
    stop, ended = Stop(), []
    stop.say()
    with stop.ending(lambda: ended.append("late")):
        assert ended == ["late"]


def test_it_is_heard_in_another_thread():
    """That is what it is for."""
    stop, waiting, ended = Stop(), threading.Event(), threading.Event()

    def work() -> None:
        with stop.ending(ended.set):
            waiting.set()
            ended.wait(30)

    thread = threading.Thread(target=work)
    thread.start()
    assert waiting.wait(30)
    stop.say()
    thread.join(30)
    assert not thread.is_alive()
    assert ended.is_set()
