from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import LibraryMismatch, LibraryMissing, UnreadableFile
from corpus.starter import starter_documents
from index.intake import Outcome, Source, find, sources_of, starter_sources, take_in
from index.intake.held import slug
from index.library import Library, current_generation
from tests.encoders import HashedEncoder
from tests.index.conftest import FERNS, KITES, MOSS, contents


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder of two papers."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "kites.md").write_text(KITES, encoding="utf-8")
    (folder / "moss.md").write_text(MOSS, encoding="utf-8")
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where a library may be made."""
    return tmp_path / "library"


def add(target: Path, *paths: Path) -> list[tuple[str, str, str | None]]:
    """File, status and document id of each file, in order."""
    outcomes = take_in(target, HashedEncoder(), sources_of(paths))
    return [(outcome.file, outcome.status, outcome.document_id) for outcome in outcomes]


def held(target: Path) -> dict[str, str]:
    """The texts in the library, by document id."""
    library = Library.open(target)
    try:
        library.verify()
        return {one.id: library.store.document(one.id).text for one in library.store.summaries()}
    finally:
        library.close()


# ------------------------------------------------------------------------------------------ finding files


def test_files_below_a_folder_are_found_in_the_order_of_their_paths(papers: Path):
    """Folders within folders too; only those that can be read, whatever the case of their suffix."""
    (papers / "b").mkdir()
    for name in ("b/z.TXT", "b/a.txt", "a.markdown", "picture.png", "noend"):
        (papers / name).write_text("x")
    found = [source.place for source in sources_of([papers])]
    expected = ["a.markdown", "b/a.txt", "b/z.TXT", "kites.md", "moss.md"]
    assert found == [str(papers / name) for name in expected]


def test_hidden_files_and_folders_are_left_out_of_folders(papers: Path):
    """But one that is named is taken, and so is a folder that itself lies in a hidden one."""
    (papers / ".notes").mkdir()
    (papers / ".notes" / "draft.md").write_text("x")
    (papers / ".hidden.md").write_text("x")
    assert [source.name for source in sources_of([papers])] == ["kites.md", "moss.md"]
    assert [source.name for source in sources_of([papers / ".hidden.md"])] == [".hidden.md"]
    assert [source.name for source in sources_of([papers / ".notes"])] == ["draft.md"]


def test_an_empty_folder_has_no_files(tmp_path: Path):
    """And that is no error."""
    (tmp_path / "empty").mkdir()
    assert sources_of([tmp_path / "empty"]) == ()
    assert sources_of([]) == ()


def test_each_file_is_found_once(papers: Path):
    """By whatever path, link or repetition it is named."""
    (papers / "link.md").symlink_to(papers / "kites.md")
    found = sources_of([papers / "kites.md", papers, papers / "link.md", papers / ".." / "papers" / "moss.md"])
    assert [source.name for source in found] == ["kites.md", "moss.md"]


def test_files_of_other_formats_are_counted_by_suffix(papers: Path):
    """Most first, then by name; below folders, once each, nothing hidden and nothing that is named."""
    (papers / "b").mkdir()
    (papers / ".git").mkdir()
    for name in ("one.heic", "b/two.HEIC", "b/slides.key", "b/table.numbers", "LICENCE", ".DS_Store", ".git/a.heic"):
        (papers / name).write_text("x")
    expected = {".heic": 2, "": 1, ".key": 1, ".numbers": 1}
    assert list(find([papers, papers / "b"]).others.items()) == list(expected.items())
    assert find([papers / "one.heic", papers / "kites.md"]).others == {}


def test_links_that_lead_back_do_not_hang(papers: Path):
    """A folder within itself is not gone into, and a link to itself is told of, as one that leads to no file."""
    (papers / "again").symlink_to(papers, target_is_directory=True)
    (papers / "loop.md").symlink_to(papers / "loop.md")
    assert [source.name for source in sources_of([papers])] == ["kites.md", "loop.md", "moss.md"]


def test_a_link_to_itself_that_is_named_is_reported(papers: Path, target: Path):
    """Like any file that cannot be read."""
    (papers / "loop.md").symlink_to(papers / "loop.md")
    assert add(target, papers / "loop.md", papers / "moss.md") == [
        ("loop.md", "unreadable", None),
        ("moss.md", "added", "moss"),
    ]


# ------------------------------------------------------------------------------------------ what becomes of them


def test_new_files_are_added_with_what_they_gave(papers: Path, target: Path):
    """Kites: one passage of two sentences, two rows, one reference. Moss: one passage."""
    told: list[Outcome] = []
    outcomes = take_in(target, HashedEncoder(), sources_of([papers]), told=told.append)
    assert outcomes == (
        Outcome("kites.md", "added", "kites", passages=1, rows=2, references=1, sections=2),
        Outcome("moss.md", "added", "moss", passages=1, sections=1),
    )
    assert told == list(outcomes)
    assert set(held(target)) == {"kites", "moss"}


def test_nothing_is_said_to_be_in_the_library_before_it_is(papers: Path, target: Path):
    """An unreadable file is told of while there is no library yet; the others, in order, when all of them are in it."""
    (papers / "lost.md").write_bytes(b"")
    told: list[tuple[str, set[str]]] = []

    def tell(outcome: Outcome) -> None:
        told.append((outcome.file, set(held(target)) if current_generation(target) else set()))

    take_in(target, HashedEncoder(), sources_of([papers]), told=tell)
    assert told == [("lost.md", set()), ("kites.md", {"kites", "moss"}), ("moss.md", {"kites", "moss"})]


def test_reading_is_counted_file_by_file(papers: Path, target: Path):
    """From none to all, before anything is encoded."""
    steps: list[tuple[str, int, int]] = []
    take_in(
        target,
        HashedEncoder(),
        sources_of([papers]),
        reading=lambda done, total: steps.append(("reading", done, total)),
        progress=lambda done, total: steps.append(("encoding", done, total)),
    )
    assert steps == [("reading", 0, 2), ("reading", 1, 2), ("reading", 2, 2), ("encoding", 4, 4)]


def test_another_model_is_known_before_a_file_is_read(papers: Path, target: Path):
    """So that nobody waits for a reading that cannot be kept; an unchanged file is no exception."""
    add(target, papers)
    read: list[int] = []
    with pytest.raises(LibraryMismatch):
        take_in(target, HashedEncoder(model="another"), sources_of([papers]), reading=lambda done, _: read.append(done))
    assert read == []


def test_unchanged_files_are_skipped_and_nothing_is_written(papers: Path, target: Path):
    """Not one byte of the library, whatever the files' times; what they have is told again."""
    add(target, papers)
    before = contents(target)
    (papers / "kites.md").touch()
    outcomes = take_in(target, HashedEncoder(), sources_of([papers]))
    assert outcomes[0] == Outcome("kites.md", "unchanged", "kites", passages=1, rows=2, references=1)
    assert outcomes[1].status == "unchanged"
    assert contents(target) == before


def test_a_changed_file_replaces_what_it_was(papers: Path, target: Path):
    """Under the same id; nothing else is touched."""
    add(target, papers)
    (papers / "moss.md").write_text(MOSS.replace("quokka", "wombat"), encoding="utf-8")
    assert add(target, papers) == [("kites.md", "unchanged", "kites"), ("moss.md", "replaced", "moss")]
    assert "wombat" in held(target)["moss"]
    assert "quokka" not in held(target)["moss"]


def test_a_file_of_the_same_name_in_another_folder_gets_another_id(papers: Path, target: Path):
    """And keeps it: when it changes, it is that document that is replaced."""
    other = papers / "more" / "moss.md"
    other.parent.mkdir()
    other.write_text(FERNS, encoding="utf-8")
    (_, first), (_, second) = (outcome[1:] for outcome in add(target, papers / "moss.md", other))
    assert first == "moss"
    assert second.startswith("moss-")
    other.write_text(FERNS.replace("lantern", "candle"), encoding="utf-8")
    assert add(target, other) == [("moss.md", "replaced", second)]
    texts = held(target)
    assert "candle" in texts[second]
    assert "quokka" in texts["moss"]
    assert len(texts) == 2


def test_the_same_content_is_kept_once(papers: Path, target: Path):
    """Among new files, and against what the library holds; the one that is kept is named."""
    (papers / "copy.md").write_text(MOSS, encoding="utf-8")
    outcomes = take_in(target, HashedEncoder(), sources_of([papers / "moss.md", papers / "copy.md"]))
    notice = "The same content as moss.md, which is kept."
    kept = Outcome("copy.md", "unchanged", "moss", notices=(notice,), same_as="moss.md")
    assert outcomes[1] == kept
    assert take_in(target, HashedEncoder(), sources_of([papers / "copy.md"])) == (kept,)
    assert set(held(target)) == {"moss"}


@pytest.mark.parametrize("copy", ["a-copy.md", "z-copy.md"])
def test_a_copy_of_what_a_file_was_is_not_lost_when_the_file_changes(papers: Path, target: Path, copy: str):
    """Yesterday's text, saved under another name before today's edit, is in the library beside it."""
    add(target, papers)
    (papers / copy).write_text(MOSS, encoding="utf-8")
    (papers / "moss.md").write_text(FERNS, encoding="utf-8")
    outcomes = {file: status for file, status, _ in add(target, papers)}
    assert outcomes == {copy: "added", "kites.md": "unchanged", "moss.md": "replaced"}
    texts = held(target)
    assert "quokka" in texts[slug(copy)]
    assert "lantern" in texts["moss"]


def test_a_file_that_became_a_copy_of_another_is_what_it_is_now(papers: Path, target: Path):
    """What it was before is in the library no more."""
    add(target, papers)
    (papers / "moss.md").write_text(KITES, encoding="utf-8")
    add(target, papers)
    assert all("quokka" not in text for text in held(target).values())


def test_files_that_cannot_be_read_are_reported_and_the_others_kept(papers: Path, target: Path):
    """Empty, binary, of an unknown format, not there: each says why; the order is that of the files."""
    (papers / "empty.md").write_bytes(b"")
    (papers / "binary.txt").write_bytes(bytes(range(256)) * 4)
    (papers / "paper.key").write_bytes(b"PK\x03\x04")
    paths = [papers / name for name in ("gone.md", "kites.md", "empty.md", "binary.txt", "paper.key", "moss.md")]
    outcomes = take_in(target, HashedEncoder(), sources_of(paths))
    assert [outcome.file for outcome in outcomes] == [path.name for path in paths]
    bad, good = "unreadable", "added"
    assert [outcome.status for outcome in outcomes] == [bad, good, bad, bad, bad, good]
    for outcome in outcomes:
        assert (outcome.document_id is None) == (outcome.status == bad)
        assert [notice.startswith(outcome.file) for notice in outcome.notices] == [False] * (outcome.status == bad)
    assert outcomes[0].notices == (
        "it cannot be opened (no such file or directory); check the path and its permissions.",
    )
    assert set(held(target)) == {"kites", "moss"}


@pytest.mark.skipif(os.geteuid() == 0, reason="the super-user may read everything")
def test_a_file_without_permission_is_reported(papers: Path, target: Path):
    """And so is one in a folder that may not be looked into; the others are kept."""
    (papers / "kites.md").chmod(0)
    (papers / "closed").mkdir()
    (papers / "closed" / "ferns.md").write_text(FERNS, encoding="utf-8")
    (papers / "closed").chmod(0)
    try:
        outcomes = add(target, papers / "kites.md", papers / "closed" / "ferns.md", papers / "moss.md")
    finally:
        (papers / "closed").chmod(0o700)
    assert [status for _, status, _ in outcomes] == ["unreadable", "unreadable", "added"]


def test_a_file_that_vanishes_is_reported(papers: Path, target: Path):
    """Between its being found and its being read."""
    sources = sources_of([papers])
    (papers / "kites.md").unlink()
    assert [outcome.status for outcome in take_in(target, HashedEncoder(), sources)] == ["unreadable", "added"]


def test_a_file_that_can_no_longer_be_read_leaves_what_it_was(papers: Path, target: Path):
    """The library does not forget a paper because its file was damaged or moved."""
    add(target, papers)
    (papers / "moss.md").write_bytes(b"\x00\x01\x02")
    assert add(target, papers / "moss.md", papers / "nowhere.md") == [
        ("moss.md", "unreadable", None),
        ("nowhere.md", "unreadable", None),
    ]
    assert "quokka" in held(target)["moss"]


def test_a_name_that_is_not_utf8_is_written_readably(papers: Path, target: Path):
    """Such files exist; they are read, told of and kept like any other."""
    name = os.fsdecode(b"caf\xe9.md")
    try:
        (papers / name).write_text(FERNS, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert add(target, papers / name) == [("caf\ufffd.md", "added", "caf")]
    assert add(target, papers) == [
        ("caf\ufffd.md", "unchanged", "caf"), ("kites.md", "added", "kites"), ("moss.md", "added", "moss"),
    ]  # fmt: skip


def test_where_nothing_can_be_read_no_library_is_made(tmp_path):
    """So that `exocite serve` still begins with the starter documents."""
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    (outcome,) = take_in(tmp_path / "library", HashedEncoder(), sources_of([bad]))
    assert outcome.status == "unreadable"
    assert current_generation(tmp_path / "library") is None


def test_what_goes_wrong_with_the_library_leaves_nothing_half_done(papers: Path, target: Path):
    """An encoder that fails: there is no library afterwards, and the next attempt makes it."""

    class Failing(HashedEncoder):
        def encode(self, texts, progress=None):
            super().encode(texts, progress)
            raise ZeroDivisionError

    told: list[Outcome] = []
    with pytest.raises(ZeroDivisionError):
        take_in(target, Failing(), sources_of([papers]), told=told.append)
    assert told == []
    with pytest.raises(LibraryMissing):
        Library.open(target)
    add(target, papers)
    assert set(held(target)) == {"kites", "moss"}


def content_hash(target: Path, *paths: Path) -> str:
    add(target, *paths)
    library = Library.open(target)
    try:
        return library.manifest.hash
    finally:
        library.close()


def test_the_hash_depends_on_the_files_alone(papers: Path, tmp_path: Path):
    """Neither on the order they came in, nor on their folder, nor on how often they were added."""
    moved = papers.rename(tmp_path / "moved").rename(papers)
    first = content_hash(tmp_path / "1", papers)
    assert content_hash(tmp_path / "2", papers / "moss.md", papers / "kites.md") == first
    add(tmp_path / "3", papers / "moss.md")
    assert content_hash(tmp_path / "3", papers) == first
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for file in moved.iterdir():
        (elsewhere / file.name).write_bytes(file.read_bytes())
    assert content_hash(tmp_path / "4", elsewhere) == first
    (elsewhere / "moss.md").write_text(MOSS.replace("Green", "Greek"), encoding="utf-8")
    assert content_hash(tmp_path / "5", elsewhere) != first


def test_an_upload_replaces_the_upload_of_its_name(target: Path):
    """Its place is its name; a source may refuse to give its bytes."""

    def refuse() -> bytes:
        raise UnreadableFile("x.md", "it was not sent whole; send it again.")

    def send(text: str) -> list[Outcome]:
        sources = [Source("x.md", "upload:x.md", text.encode), Source("y.md", "upload:y.md", refuse)]
        return list(take_in(target, HashedEncoder(), sources))

    assert [outcome.status for outcome in send(MOSS)] == ["added", "unreadable"]
    replaced, refused = send(FERNS)
    assert (replaced.status, replaced.document_id) == ("replaced", "x")
    assert refused.notices == ("it was not sent whole; send it again.",)
    assert set(held(target)) == {"x"}


def test_the_starter_documents_are_sources():
    """Each with its own bytes, under its own name."""
    assert [(source.name, source.place, source.load()) for source in starter_sources()] == [
        (name, f"starter:{name}", data) for name, data in starter_documents()
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kites over Water (2019).md", "kites-over-water-2019"),
        ("miR-21_review.v2.txt", "mir-21-review-v2"),
        ("Çelik–Ünal.md", "celikunal"),
        ("风筝.md", "document"),
        ("--.md", "document"),
        ("a" * 79 + " b.txt", "a" * 79),
    ],
)
def test_an_id_is_made_of_the_files_name(name: str, expected: str):
    """Lower-case letters, digits and single hyphens, at most 80, never empty."""
    assert slug(name) == expected


def test_a_moved_file_keeps_its_document(papers: Path, target: Path):
    """Renamed or in another folder: the same id and the new place, where it is found unchanged from then on."""
    add(target, papers)
    (papers / "below").mkdir()
    (papers / "moss.md").rename(papers / "below" / "lichen.md")
    assert add(target, papers) == [("lichen.md", "moved", "moss"), ("kites.md", "unchanged", "kites")]
    before = contents(target)
    assert add(target, papers) == [("lichen.md", "unchanged", "moss"), ("kites.md", "unchanged", "kites")]
    assert contents(target) == before
    (papers / "below" / "lichen.md").write_text(FERNS, encoding="utf-8")
    assert add(target, papers)[0] == ("lichen.md", "replaced", "moss")


def test_two_copies_of_a_moved_file_are_one_document(papers: Path, target: Path):
    """The first by path has it, the other is a copy of that one."""
    add(target, papers)
    (papers / "a.md").write_bytes((papers / "moss.md").read_bytes())
    (papers / "moss.md").rename(papers / "z.md")
    assert add(target, papers) == [
        ("a.md", "moved", "moss"), ("kites.md", "unchanged", "kites"), ("z.md", "unchanged", "moss"),
    ]  # fmt: skip
