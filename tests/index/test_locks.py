"""Locks are kept: what Python runs while it throws an object away swallows a Ctrl-C."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from index.library import changing
from index.locks import lock_at


def test_the_lock_of_a_library_outlives_its_changes(tmp_path: Path):
    """It is held inside the block alone, and the same one serves the next."""
    with changing(tmp_path):
        kept = weakref.ref(lock_at(tmp_path.resolve() / "library.lock"))
        assert kept().is_locked
    gc.collect()
    assert kept() is not None
    assert not kept().is_locked
    with changing(tmp_path):
        assert kept().is_locked
