from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import BadSetting, UnreadableFile
from corpus.records import Reading
from corpus.workers import Job, Workers
from corpus.workers.job import read_job
from tests.corpus.breaking import CALM, obey

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """Workers whose reader does what files say; none is read in this process."""
    workers = Workers(obey, few=0)
    yield workers
    workers.close()


def job(name: str, data: bytes = CALM) -> Job:
    return Job(f"{name}.md", data, name, f"upload:{name}.md")


def results(workers: Workers, *jobs: Job) -> list[Reading | UnreadableFile | None]:
    """What came of each."""
    with closing(workers.in_order((None, job) for job in jobs)) as found:
        return [result for _, result in found]


def reasons(workers: Workers, *jobs: Job) -> list[str]:
    """Why each was not read; "" where it was."""
    return [result.reason if isinstance(result, UnreadableFile) else "" for result in results(workers, *jobs)]


def test_a_worker_reads_as_this_process_does(workers: Workers):
    """To the last character, pages and references too."""
    one = job("calm")
    assert results(workers, one) == [read_job(one)]


def test_results_come_in_the_order_of_the_jobs(workers: Workers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The first waits for the last to be read, and is told of first all the same; None stands for what is no job."""
    monkeypatch.setenv("EXOCITE_WORKERS", "2")
    signal = tmp_path / "go"
    first = job("first", f"pause until {signal}".encode())

    def jobs() -> Iterator[tuple[int, Job | None]]:
        yield 1, first
        yield 2, None
        yield 3, job("third")
        signal.touch()
        yield 4, job("fourth")

    with closing(workers.in_order(jobs())) as found:
        told = [(tag, result.document.id if isinstance(result, Reading) else None) for tag, result in found]
    assert told == [(1, "first"), (2, None), (3, "third"), (4, "fourth")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"crash", "what reads it broke down over it (Segmentation fault), as damaged files can bring about; "
         "open it in a program of its own and save it anew."),
        (b"fault", "reading it failed in a way that nobody foresaw (KeyError: 'no such cell'); "
         "please report it, with the file."),
        (b"hang", "reading it took longer than the 0.5 seconds that are allowed; "
         "split it, or set EXOCITE_MAX_FILE_SECONDS higher."),
        pytest.param(b"swell", "reading it takes more memory than the 300 MB that are allowed; "
         "split it, or set EXOCITE_MAX_MEMORY_MB higher.",
         marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory")),
    ],
    ids=["crash", "fault", "hang", "swell"],
)  # fmt: skip
def test_a_file_that_breaks_its_worker_is_one_file(
    workers: Workers, monkeypatch: pytest.MonkeyPatch, text: bytes, reason: str
):
    """It says why, and those before and after it are read."""
    monkeypatch.setenv("EXOCITE_MAX_FILE_SECONDS", "0.5" if text == b"hang" else "60")
    monkeypatch.setenv("EXOCITE_MAX_MEMORY_MB", "300")
    assert reasons(workers, job("before"), job("bad", text), job("after")) == ["", reason, ""]


def test_a_file_of_no_format_says_so_from_a_worker(workers: Workers):
    """The very words of its reader."""
    one = Job("paper.key", b"x", "paper", "upload:paper.key")
    with pytest.raises(UnreadableFile) as here:
        read_job(one)
    assert reasons(workers, one) == [here.value.reason]


def test_settings_are_those_of_the_moment(workers: Workers, monkeypatch: pytest.MonkeyPatch):
    """A worker that stayed follows them too; one that cannot be used is said at once."""
    assert reasons(workers, job("calm")) == [""]
    monkeypatch.setenv("EXOCITE_MAX_FILE_MB", "0.00001")
    assert reasons(workers, job("calm"))[0].startswith("it has 0.0 MB, and the limit is 1e-05 MB")
    monkeypatch.setenv("EXOCITE_MAX_FILE_MB", "much")
    with pytest.raises(BadSetting, match="EXOCITE_MAX_FILE_MB is 'much'"):
        results(workers, job("calm"))
    monkeypatch.setenv("EXOCITE_MAX_FILE_SECONDS", "-1")
    with pytest.raises(BadSetting, match="EXOCITE_MAX_FILE_SECONDS"):
        results(workers, job("calm"))


def test_few_jobs_are_taken_ahead(workers: Workers, monkeypatch: pytest.MonkeyPatch):
    """Four for each worker at most, so that many files do not wait in memory."""
    monkeypatch.setenv("EXOCITE_WORKERS", "2")
    taken = 0

    def jobs() -> Iterator[tuple[None, Job]]:
        nonlocal taken
        for number in range(40):
            taken += 1
            yield None, job(f"paper{number}")

    with closing(workers.in_order(jobs())) as found:
        for told, _ in enumerate(found, start=1):
            assert taken <= told + 8
    assert taken == 40


def test_what_is_left_unread_leaves_no_process_at_work(workers: Workers, monkeypatch: pytest.MonkeyPatch):
    """Whoever wants no more results may go; the next call is none the worse."""
    monkeypatch.setenv("EXOCITE_WORKERS", "2")
    with closing(workers.in_order([(None, job("calm")), (None, job("hang", b"hang"))])) as found:
        next(found)
    assert reasons(workers, job("calm")) == [""]


def test_little_text_is_read_without_a_process():
    """A few files of it; no process is started for them."""
    few = Workers()
    try:
        assert reasons(few, job("one"), job("two")) == ["", ""]
        assert not few._living
    finally:
        few.close()


BEGUN = """
import threading
from corpus.workers import Job, Workers
from tests.corpus.breaking import CALM, obey
raise_if_run_again = open({once!r}, "x")
workers = Workers(obey, few=0)
def read():
    print([result.document.id for _, result in workers.in_order([(0, Job("a.md", CALM, "a", "upload:a.md"))])])
thread = threading.Thread(target=read); thread.start(); thread.join()
read()
print(*(process._process.pid for process in workers._living))
"""


def test_workers_end_with_their_process_and_run_nothing_of_its_main_module(tmp_path: Path):
    """From a script without a guard, from a thread, with every warning an error: nothing is printed, nothing stays."""
    script = tmp_path / "script.py"
    script.write_text(BEGUN.format(once=str(tmp_path / "once")))
    command = [sys.executable, "-W", "error", "-W", "ignore::ResourceWarning:__main__", script]
    ran = subprocess.run(  # noqa: PLW1510 (the status is what the test is about)
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60
    )
    *read, pids = ran.stdout.splitlines()
    assert (ran.returncode, read) == (0, ["['a']", "['a']"])
    assert "Error" not in ran.stderr
    for pid in pids.split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)
