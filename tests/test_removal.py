"""What is removed is gone: from every byte below the library's folder, and from everything that anybody can ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet
from fastapi.testclient import TestClient
from httpx import Response

from index.engineplace import EngineChoice, EngineName
from index.intake import sources_of, take_in
from index.library import Library
from qa.fetching.identifiers import read_identifier
from qa.fetching.waiting import Waiting
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder
from tests.europepmc import Held, playing
from tests.qa.test_tools import call
from tests.qa.test_tools import text as said_by
from tests.vanishing import (
    DOI,
    FORMATS,
    OPEN_TITLE,
    QUESTION,
    SECRETS,
    open_jats,
    open_markdown,
    open_pdf,
    secrets_in,
    told,
)
from web.app import create_app

MOSS = "# Moss on stones\n\n## Growth\n\nGreen moss drinks fog in harbour parcels with miR-210. Stones stay warm.\n"
BIB = f"""@article{{a, title = {{Parcels of the florptangle}}, author = {{Qorvelius, Quentin}}, doi = {{{DOI}}},
  file = {{Full Text:files/secret.pdf:application/pdf}} }}"""
EXPORTS = ("markdown", "csv", "bibtex", "ris", "csl-json", "json")
CORE = {"quibblefrond", "zyxwvorplek"}

Request = tuple[str, str, dict]
"""A method, a path and what else is sent."""


@dataclass
class World:
    """A library of moss and a secret paper, served and asked about, and what was seen before the paper went.

    Attributes:
        papers: the folder that `exocite add` keeps up with.
        id: of the secret paper.
        conversation: the one in which it was asked about.
        records: the ids of its passages and rows.
        permalinks: those of its evidence.
        picture: what came for its first page.
    """

    papers: Path
    folder: Path
    service: Service
    client: TestClient
    exocite: Callable
    id: str = "secret"
    conversation: str = ""
    records: tuple[str, ...] = ()
    permalinks: tuple[str, ...] = ()
    picture: Response | None = None

    def answers(self) -> Iterator[tuple[str, Response]]:
        """Every address of the server, and what it answers now."""
        return ((path, self.client.request(method, path, **sent)) for method, path, sent in self.addresses())

    def addresses(self) -> Iterator[Request]:
        """Everything that shows papers, or something of one."""
        asked, paper, span = (
            {"question": QUESTION, "k": 100},
            f"/documents/{self.id}",
            self.records[0].partition(":")[2],
        )
        start, end = span.split("-")
        shown = ["/documents", paper, f"{paper}?start={start}&end={end}", f"{paper}?q={QUESTION}", "/check"]
        shown += [f"/check?document={self.id}", "/mechanisms", f"/mechanisms?q={QUESTION}", f"/?q={QUESTION}"]
        shown += [f"/?q={QUESTION}&documents={self.id}", "/conversations", f"/turn?q={QUESTION}"]
        shown += [f"/c/{self.conversation}{end}" for end in ("", "/1", "/export", "/export?format=json")]
        shown += [f"/export?q={QUESTION}&format={form}" for form in EXPORTS]
        shown += [f"/api{paper}", f"/api{paper}/text", "/api/documents", "/api/mechanisms", "/metrics"]
        shown += ["/api/mechanisms?format=csv", f"/api/conversations/{self.conversation}", "/api/conversations"]
        shown += [f"/api/conversations/{self.conversation}/export?format={form}" for form in ("json", "markdown")]
        shown += [*self.permalinks, f"/evidence/{self.id}/{span}", f"{paper}/pages/1.png?width=60"]
        yield from (("GET", path, {}) for path in shown)
        for path in ("/api/search", "/api/ask"):
            yield from (("POST", f"{path}?format={form}", {"json": asked}) for form in EXPORTS)
            yield "POST", f"{path}?limited", {"json": {**asked, "documents": [self.id]}}
        yield "POST", "/api/ask?streamed", {"json": asked, "headers": {"accept": "text/event-stream"}}
        messages = [{"role": "user", "content": QUESTION}]
        for stream in (False, True):
            sent = {"model": "exocite", "messages": messages, "stream": stream}
            yield "POST", f"/v1/chat/completions?{stream}", {"json": sent}


def named(world: World) -> list[tuple[str, str]]:
    """What the command line and an assistant's tools say, by what was asked."""
    asked = [("documents",), ("documents", "--json"), ("status",), ("check",), ("check", world.id), ("mechanisms",)]
    asked += [("ask", QUESTION, "--format", form) for form in ("markdown", "json")]
    asked += [("search", QUESTION, "-k", "100"), ("conversations", "export", world.conversation)]
    said = [(" ".join(words), world.exocite("--library", world.folder, *words)) for words in asked]
    tools = [("ask", {"question": QUESTION}), ("search", {"question": QUESTION, "k": 100})]
    tools += [("open_evidence", {"address": address}) for address in (*world.permalinks, *world.records)]
    given = [(f"{tool} {sent}", said_by(call(world.service, tool, **sent))) for tool, sent in tools]
    return [(words, ran.out + ran.err) for words, ran in said] + given


# -- ways in: each leaves the paper in the library, under the id `secret` where it has a say


def by_folder(world: World, suffix: str) -> None:
    """As one of the files of the folder."""
    (world.papers / f"secret.{suffix}").write_bytes(FORMATS[suffix]())
    assert world.exocite("--library", world.folder, "add", world.papers).code == 0


def by_upload(world: World, suffix: str) -> None:
    """Through the page."""
    given = world.client.post("/api/documents", files={"file": (f"secret.{suffix}", FORMATS[suffix]())})
    assert given.status_code == 201


def by_export(world: World, suffix: str) -> None:
    """With what a reference manager says of it."""
    (world.papers / "files").mkdir()
    (world.papers / "files" / f"secret.{suffix}").write_bytes(FORMATS[suffix]())
    (world.papers / "mine.bib").write_text(BIB, encoding="utf-8")
    assert world.exocite("--library", world.folder, "add", world.papers).code == 0
    assert world.service.reading("secret").document.authors == ("Quentin Qorvelius",)


def by_identifier(world: World, suffix: str) -> None:
    """From a service that behaves like Europe PMC."""
    with pytest.MonkeyPatch.context() as patch, playing(patch) as stage:
        stage.held = [Held("PMC77", DOI, xml=FORMATS[suffix]())]
        patch.setenv("EXOCITE_EUROPEPMC_URL", stage.base)
        assert world.exocite("--library", world.folder, "add", "PMC77").code == 0
    world.id = "pmc77"


# -- ways out


def by_command(world: World, _: str) -> None:
    assert world.exocite("--library", world.folder, "remove", world.id).code == 0


def by_button(world: World, _: str) -> None:
    answer = world.client.post(f"/documents/{world.id}/remove")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/documents?removed={world.id}")


def by_request(world: World, _: str) -> None:
    assert world.client.delete(f"/api/documents/{world.id}").status_code == 204


def by_pruning(world: World, suffix: str) -> None:
    (world.papers / f"secret.{suffix}").unlink()
    assert world.exocite("--library", world.folder, "add", "--prune", world.papers).code == 0


def by_changing(world: World, suffix: str) -> None:
    """The same file says something else now."""
    (world.papers / f"secret.{suffix}").write_bytes({"pdf": open_pdf, "md": open_markdown}[suffix]())
    assert world.exocite("--library", world.folder, "add", world.papers).code == 0


def by_uploading(world: World, suffix: str) -> None:
    """The same, dropped on the page."""
    given = world.client.post("/api/documents", files={"file": (f"secret.{suffix}", open_markdown())})
    assert [each["status"] for each in given.json()] == ["replaced"]


def by_twin(world: World, _: str) -> None:
    """A better file of the same paper comes."""
    (world.papers / "better.xml").write_bytes(open_jats())
    ran = world.exocite("--library", world.folder, "add", world.papers)
    assert "takes its place" in ran.out


# -- each of them


@pytest.fixture
def world(engine: EngineName, tmp_path: Path, exocite: Callable) -> Iterator[World]:
    """A library of moss alone, served."""
    papers, folder = tmp_path / "papers", tmp_path / "library"
    papers.mkdir()
    (papers / "moss.md").write_text(MOSS, encoding="utf-8")
    take_in(folder, HashedEncoder(), sources_of([papers]), engine=EngineChoice(engine))
    service = Service(folder, Settings(), HashedEncoder())
    service.warm()
    with TestClient(create_app(service), raise_server_exceptions=False, follow_redirects=False) as client:
        yield World(papers, folder, service, client, exocite)
    service.close()


def look(world: World) -> None:
    """The paper was asked about and looked at, everywhere; a language model's answer that quotes it is kept."""
    world.records = tuple(record.id for record in world.service.reading(world.id).records)
    asked = world.client.post("/ask", data={"q": QUESTION})
    world.conversation = asked.headers["location"].split("/")[2]
    answer = world.service.ask(QUESTION)
    world.permalinks = tuple(one.permalink for one in answer.evidence if one.document.id == world.id)
    written = replace(answer, answer=replace(answer.answer, writer="a-model"))
    world.service.conversations.answered(world.conversation, 1, written)
    assert world.permalinks
    assert world.records
    world.picture = world.client.get(f"/documents/{world.id}/pages/1.png?width=60")
    assert secrets_in(world.folder) >= CORE


def test_before_it_goes_every_face_tells_of_it(world: World):
    """So that their silence afterwards says something; links that lead on and lists of questions tell nothing."""
    by_folder(world, "xml")
    look(world)
    silent = {path.replace(world.conversation, "ID") for path, now in world.answers() if not told(words_of(path, now))}
    silent -= {path for path in silent if path.startswith("/evidence/secret/")}
    assert silent == {"/metrics", "/conversations", "/api/conversations", "/api/conversations/ID"}
    assert {words for words, said in named(world) if not told(said)} == {"status"}


WAYS = [
    (by_folder, "pdf", by_command),
    (by_folder, "pdf", by_button),
    (by_folder, "pdf", by_request),
    (by_folder, "pdf", by_pruning),
    (by_folder, "pdf", by_changing),
    (by_folder, "pdf", by_twin),
    (by_folder, "md", by_changing),
    (by_folder, "md", by_twin),
    (by_folder, "xlsx", by_pruning),
    (by_upload, "md", by_uploading),
    (by_upload, "docx", by_button),
    (by_upload, "html", by_request),
    (by_identifier, "xml", by_command),
    (by_export, "pdf", by_button),
]


def listed(ways: Sequence[tuple[Callable, str, Callable]]) -> list[ParameterSet]:
    """Ways as parameters, told by their names."""
    return [pytest.param(*way, id="-".join((way[0].__name__, way[1], way[2].__name__))) for way in ways]


@pytest.mark.parametrize(("come", "suffix", "go"), listed(WAYS))
def test_a_paper_that_went_is_in_no_byte_and_in_no_answer(world: World, come: Callable, suffix: str, go: Callable):
    """Whatever its format, however it came and whichever way it went; a server that ran all the while included."""
    check_gone(world, come, suffix, go)


@pytest.mark.parametrize("engine", ["milvus"], indirect=True, scope="session")
@pytest.mark.parametrize(("come", "suffix", "go"), listed(WAYS[::4]))
def test_a_paper_that_went_is_not_with_milvus_either(world: World, come: Callable, suffix: str, go: Callable):
    """Whose files lie in the library's folder too."""
    check_gone(world, come, suffix, go)


def words_of(path: str, answer: Response) -> str:
    """What an answer says; of `/metrics` without the values, in whose many digits a secret number stands by chance."""
    return re.sub(r"(?m)^([^#].*) \S+$", r"\1", answer.text) if path == "/metrics" else answer.text


def check_gone(world: World, come: Callable, suffix: str, go: Callable) -> None:
    """The paper comes, is looked at and goes; then no byte and no answer tells of it."""
    come(world, suffix)
    look(world)
    go(world, suffix)
    replaced = go in {by_changing, by_uploading, by_twin}
    assert secrets_in(world.folder) == set()
    for path, now in world.answers():
        assert told(words_of(path, now)) == set(), path
        assert now.status_code < 500, path
        if (f"documents/{world.id}" in path and ".png" not in path) or "limited" in path:
            assert now.status_code == (200 if replaced else 404), path
        if path.startswith("/evidence/"):
            assert now.status_code == (404 if not replaced else 200 if "text=" in path else 303), path
    check_picture(world)
    for words, said in named(world):
        assert told(said) == set(), words
    check_whole(world, replaced=replaced)


def check_picture(world: World) -> None:
    """A browser that kept the picture of a page is not told that it may show it."""
    if world.picture and (tag := world.picture.headers.get("etag")):
        again = world.client.get(world.picture.request.url.raw_path.decode(), headers={"If-None-Match": tag})
        assert again.status_code in {200, 404}
        assert again.content != world.picture.content


def check_whole(world: World, *, replaced: bool) -> None:
    """What is left of the library is whole, and moss is still there."""
    library = Library.open(world.folder)
    library.verify()
    left = {summary.id: summary.title for summary in library.store.summaries()}
    assert left == {"moss": "Moss on stones"} | ({world.id: OPEN_TITLE} if replaced else {})
    assert not set(world.records) & set(library.ranker.ids) or replaced
    assert len(library.ranker.vectors) == len(library.ranker.words) == len(library.store)
    assert [library.ranker.words.frequency(secret) for secret in (*SECRETS, "mir:mir-48611")] == [0] * (
        len(SECRETS) + 1
    )
    library.close()


def test_what_was_fetched_and_never_taken_in_goes_with_its_paper(world: World):
    """Whether the paper came as that article or as a file of one's own; what was not written to its end too."""
    by_folder(world, "md")
    waiting = Waiting.of(world.folder)
    pmc, doi = read_identifier("PMC77"), read_identifier(f"doi:{DOI}")
    waiting.keep(pmc, {pmc, doi}, FORMATS["xml"]())
    (waiting.folder / "PMC77.xml.cutshort").write_bytes(FORMATS["xml"]())
    waiting.keep(read_identifier("PMC78"), {read_identifier("PMC78")}, b"<article/>")
    by_command(world, "md")
    assert secrets_in(world.folder) == set()
    assert [file.name for file in waiting.folder.glob("PMC*")] == ["PMC78.xml"]
