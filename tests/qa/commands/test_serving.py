from __future__ import annotations

import io
import socket

import pytest
from rich.console import Console

from corpus.errors import ExociteError, InputError, LibraryDamaged, LibraryMismatch, StorageFull
from index.library import Library
from qa.commands.serving import address, listen, prepare_library, run_server
from qa.settings import Settings
from tests.encoders import HashedEncoder


def test_a_free_port_is_held_until_the_end():
    """Whoever connects is heard; afterwards the port is free again."""
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            listening.accept()[0].close()
    with listen("127.0.0.1", port):
        pass


def test_a_busy_port_is_an_error_that_says_what_to_do():
    """It names the address, and how to choose another."""
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(InputError, match=rf"127\.0\.0\.1:{port} .* --port"), listen("127.0.0.1", port):
            pass


@pytest.mark.parametrize("host", ["256.1.1.1", "203.0.113.7", "no-such-host.invalid", "x" * 70 + ".org"])
def test_an_address_that_is_not_ours_is_an_error(host: str):
    """A wrong number, somebody else's address, a name nobody has, one too long to be a name."""
    with pytest.raises(InputError, match="cannot be listened on"), listen(host, 8000):
        pass


def test_an_address_is_written_as_a_browser_takes_it():
    """Version 6 in brackets."""
    assert address("127.0.0.1", 8000) == "http://127.0.0.1:8000"
    assert address("::1", 80) == "http://[::1]:80"


def test_a_library_not_there_yet_is_made_of_the_starter_documents(tmp_path):
    """Saying so, once."""
    settings, shown = Settings(library=tmp_path / "library"), io.StringIO()
    for _ in range(2):
        prepare_library(settings, HashedEncoder(), Console(file=shown, width=400))
    assert shown.getvalue().count("making one from the starter documents") == 1
    assert "exosomal-mirnas-in-metastasis-digest.md: added" in shown.getvalue()
    library = Library.open(settings.library)
    assert library.manifest.documents == 2
    library.close()


def test_a_starter_library_that_cannot_be_written_is_not_said_to_hold_anything(tmp_path):
    """What was begun is said, what failed is an error."""
    (tmp_path / "generations").write_text("a file in the way")
    shown = io.StringIO()
    with pytest.raises(StorageFull):
        prepare_library(Settings(library=tmp_path), HashedEncoder(), Console(file=shown, width=400))
    assert len(shown.getvalue().splitlines()) == 1
    assert "added" not in shown.getvalue()


def test_the_library_that_is_there_is_used_as_it_is(library):
    """Nothing is said and nothing added."""
    shown = io.StringIO()
    prepare_library(Settings(library=library), HashedEncoder(), Console(file=shown))
    assert shown.getvalue() == ""


def test_a_library_that_cannot_be_served_is_known_before_serving(library):
    """One of another model, and one that is damaged."""
    with pytest.raises(LibraryMismatch):
        prepare_library(Settings(library=library), HashedEncoder(model="another"), Console(file=io.StringIO()))
    next(library.rglob("vectors.npy")).write_bytes(b"")
    with pytest.raises(LibraryDamaged):
        prepare_library(Settings(library=library), HashedEncoder(), Console(file=io.StringIO()))


def test_an_application_that_does_not_start_is_an_error(tmp_path, monkeypatch, capsys):
    """Not a silent end with status 0."""
    monkeypatch.setenv("EXOCITE_LIBRARY", str(tmp_path / "none"))
    with listen("127.0.0.1", 0) as listening, pytest.raises(ExociteError, match="could not be started"):
        run_server(listening)
    capsys.readouterr()


def test_small_answers_are_sent_at_once():
    """The event loop turns Nagle's algorithm off only for a socket whose protocol is TCP by name."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with listen("127.0.0.1", port) as listening:
        assert listening.proto == socket.IPPROTO_TCP
