"""Pruning, a better file of a paper, and what an export says anew, each cut short at any step by a crash."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.intake import sources_of, take_in, with_exports
from index.library import Library
from qa.service import Service
from qa.settings import Settings
from tests.conftest import ROOT
from tests.encoders import HashedEncoder
from tests.qa.conftest import MOSS
from tests.vanishing import DOI, QUESTION, SECRETS, open_markdown, plain, secrets_in

BIB = "@article{{a, title = {{Parcels of the florptangle}}, author = {{{}}}, doi = {{{}}}, file = {{secret.txt}}}}"
# One interpreter forks a child for each crash, which keeps up with a folder until a step is reached, and ends there.
CHILDREN = """
import json, os, sys
from pathlib import Path
import index.library, qa.commands.keeping, qa.removing
from index.intake import sources_of, with_exports
from tests.crashing import crash_at
from tests.encoders import HashedEncoder

def keep_up(folder, place, when):
    module, name = place.split(":")
    crash_at(sys.modules[module], name, when)
    papers, nothing = folder / "papers", lambda *_: None
    sources, _ = with_exports(sources_of([papers]), [papers])
    tell = qa.commands.keeping.Tell(nothing, nothing, nothing, nothing, nothing)
    qa.commands.keeping.keep_up(folder / "library", HashedEncoder(), [papers], sources, tell, prune=True)

ended = []
for folder, place, when in json.loads(sys.argv[1]):
    child = os.fork()
    if not child:
        try:
            keep_up(Path(folder), place, when)
        finally:
            os._exit(0)
    ended.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
print(json.dumps(ended))
"""
STEPS = [
    (place, when)
    for place in ("index.library:_swap", "index.library:_forget_others", "qa.commands.keeping:forget_answers",
                  "qa.removing:forget_answers", "qa.removing:settle", "qa.removing:change_library")
    for when in ("before", "after")
]  # fmt: skip
CHANGES = ("pruned", "bettered", "renamed")


def changed(papers: Path, change: str) -> None:
    """The folder is such that the paper has to go, or what an export said of it."""
    if change == "pruned":
        (papers / "secret.txt").unlink()
    elif change == "bettered":
        (papers / "better.md").write_bytes(open_markdown())
    else:
        (papers / "mine.bib").write_text(BIB.format("Ito, Ada", DOI), encoding="utf-8")


def state(library: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    """What a library that is whole holds."""
    with closing(Library.open(library)) as opened:
        opened.verify()
        return [(one.id, one.title, one.authors) for one in opened.store.summaries()]


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each change and step, named after them, with the papers and the library as the crash left it."""
    top = tmp_path_factory.mktemp("crashed")
    papers = top / "whole"
    papers.mkdir(parents=True)
    (papers / "moss.md").write_text(MOSS, encoding="utf-8")
    (papers / "secret.txt").write_bytes(plain())
    (papers / "mine.bib").write_text(BIB.format("Qorvelius, Quentin", DOI), encoding="utf-8")
    for folder in (top / f"{change}-{step}" for change in CHANGES for step in range(len(STEPS))):
        shutil.copytree(papers, folder / "papers")
        sources, _ = with_exports(sources_of([folder / "papers"]), [folder / "papers"])
        take_in(folder / "library", HashedEncoder(), sources)
        keep_an_answer(folder / "library")
        changed(folder / "papers", folder.name.partition("-")[0])
    jobs = [(str(top / f"{change}-{i}"), *step) for change in CHANGES for i, step in enumerate(STEPS)]
    done = subprocess.run(
        [sys.executable, "-c", CHILDREN, json.dumps(jobs)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ended = dict(zip([(Path(folder).name.partition("-")[0], place) for folder, place, _ in jobs],
                     json.loads(done.stdout), strict=True))  # fmt: skip
    # only a removal goes through the steps of one
    assert {step for step, code in ended.items() if code != 9} == {
        (change, place) for change in CHANGES[1:] for place, _ in STEPS if place.startswith("qa.removing")
    }
    return top


def keep_an_answer(library: Path) -> None:
    """One that says a language model wrote it, in the words of the paper."""
    with closing(Service(library, Settings(), HashedEncoder())) as service:
        answer = service.ask(QUESTION)
        conversation = service.conversations.begin("Parcels", [QUESTION])
        written = replace(answer, answer=replace(answer.answer, writer="a-model"))
        service.conversations.answered(conversation, 1, written)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("step", range(len(STEPS)), ids=["-".join(step) for step in STEPS])
def test_a_crash_leaves_the_old_library_or_the_new_one_and_the_same_again_leaves_nothing(
    crashed: Path, exocite, change: str, step: int
):
    """Whole each time; what has gone is in no generation that is left, and in no kept answer once the library opens."""
    folder = crashed / f"{change}-{step}"
    library = folder / "library"
    moss, old = ("moss", "Moss on stones", ()), ("secret", "Parcels of the florptangle", ("Quentin Qorvelius",))
    after = {"pruned": [moss], "renamed": [moss, (*old[:2], ("Ada Ito",))]}
    now = state(library)
    gone = {"qorvelius"} if change == "renamed" else set(SECRETS) - {"qorvelius", "florptangle"}
    if now != [moss, old]:
        assert secrets_in(library / "generations") & gone == set()
        Service(library, Settings(), HashedEncoder()).close()
        assert secrets_in(library) & gone == set()
    assert "whole" in exocite("--library", library, "status").out
    assert exocite("--library", library, "add", "--prune", folder / "papers").code == 0
    assert secrets_in(library) & gone == set()
    assert change == "bettered" or state(library) == after[change]
