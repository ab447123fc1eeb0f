from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from index.aside import Aside


def test_what_was_made_is_given_and_what_went_wrong_is_raised():
    """To who asks for it, as often as it is asked."""
    assert Aside(lambda: "foam").result() == "foam"
    wrong = Aside(lambda: 1 // 0)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            wrong.result()


def test_it_goes_on_beside_other_work():
    """It waits for what is done only after it was begun."""
    done = threading.Event()
    making = Aside(lambda: done.wait(timeout=60))
    done.set()
    assert making.result() is True


def test_it_keeps_no_process_from_ending():
    """Although it would never be made."""
    code = "import threading; from index.aside import Aside; Aside(threading.Event().wait)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_before_a_process_ends_it_is_told_and_waited_for():
    """So that native code is not cut off in the middle."""
    code = """
from index.aside import Aside, ending
Aside(lambda: (ending.wait(), print("ended", flush=True)))
"""
    told = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True, timeout=60)
    assert told.stdout == "ended\n"
