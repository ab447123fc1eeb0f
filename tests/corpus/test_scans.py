"""Scans: pages that are pictures, and a tool that recognises their text."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import BadSetting, UnreadableFile
from corpus.readers import read
from corpus.workers import Job, Workers

PICTURE = b"q %d 0 0 %d 0 0 cm /P Do Q"
TEXT = b"BT /F 10 Tf 20 150 Td (miR-21 targets PTEN in foam cells.) Tj ET"
SITE = b"BT /F 6 Tf 20 10 Td (Downloaded from a site) Tj ET"


def pdf(*pages: bytes) -> bytes:
    """A PDF of pages of 200 points that draw this; `/P` is a picture, `/F` a font."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * at) for at in range(len(pages)))
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>"
        b"stream\n\x80\nendstream",
    ]
    for at, page in enumerate(pages):
        resources = b"<</XObject<</P 4 0 R>>/Font<</F 3 0 R>>>>"
        parts += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources%s/Contents %d 0 R>>" % (resources, 6 + 2 * at),
            b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    start = len(out)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, start
    )  # fmt: skip


FULL = PICTURE % (200, 200)
SCAN = pdf(FULL)


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Sets a script of these lines as the tool; it finds the PDF as `given`, and where to write as `made`."""

    def set_as_tool(*lines: str) -> Path:
        script = tmp_path / "recognise it"
        head = [
            f"#!{sys.executable}",
            "import os, sys",
            "from pathlib import Path",
            "given, made = map(Path, sys.argv[-2:])",
        ]
        script.write_text("\n".join([*head, *lines]))
        script.chmod(0o755)
        monkeypatch.setenv("EXOCITE_OCR", f"'{script}' --skip 'a b'")
        return script

    return set_as_tool


def test_a_scan_says_what_it_is_and_how_to_get_a_text():
    """Nothing is run unless a tool is set."""
    with pytest.raises(
        UnreadableFile, match=r"^scan.pdf: this PDF has no text layer, as scans .*; recognise .*EXOCITE_OCR"
    ):
        read("scan.pdf", SCAN)


def test_pages_that_are_pictures_are_named():
    """With what a site stamps on them, too; small pictures and empty pages are none."""
    other = TEXT.replace(b"miR-21 targets PTEN in foam", b"Moss shelters one quokka")
    made = read("a.pdf", pdf(TEXT, FULL, FULL + SITE, b"", other + PICTURE % (200, 100), PICTURE % (50, 50)))
    assert made.notices == ("Pages 2, 3 are pictures without text; nothing could be read there.",)
    assert read("a.pdf", pdf(TEXT)).notices == ()


@pytest.mark.parametrize("page", [FULL, FULL + SITE])
def test_a_tool_recognises_the_text_of_a_scan(tool, tmp_path: Path, page: bytes):
    """Its PDF is the one that is read and shown, and a notice says whose text it is."""
    (tmp_path / "text.pdf").write_bytes(pdf(FULL + b" 3 Tr " + TEXT))
    tool(
        "assert sys.argv[1:3] == ['--skip', 'a b']",
        f"made.write_bytes(Path({str(tmp_path / 'text.pdf')!r}).read_bytes())",
    )
    made = read("../../a 'name'; x.pdf", pdf(page))
    assert made.text == "miR-21 targets PTEN in foam cells."
    assert made.original == (tmp_path / "text.pdf").read_bytes()
    assert made.notices == (
        "Its text was recognised by recognise it; check names, numbers and Greek letters on the page itself.",
    )


def test_a_tool_sees_the_scan_alone(tool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """In a folder of its own, which goes, without the settings of Exocite, and nothing to read from."""
    monkeypatch.setenv("EXOCITE_LLM_API_KEY", "secret")
    tool(
        f"Path({str(tmp_path / 'seen')!r}).write_text(repr((",
        "    given.read_bytes()[:5], [key for key in os.environ if 'EXOCITE' in key], sys.stdin.read(), os.getcwd())))",
        "sys.exit('no such language')",
    )
    with pytest.raises(UnreadableFile, match=r"recognise it could not recognise its text \(no such language\); try it"):
        read("a.pdf", SCAN)
    begins, settings, given, folder = eval((tmp_path / "seen").read_text())  # noqa: S307 (what our own script wrote)
    assert (begins, settings, given) == (b"%PDF-", [], "")
    assert not Path(folder).exists()


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["pass"], r"could not recognise its text \(exit status 0\)"),
        (["made.write_bytes(given.read_bytes())"], "there is no text in the file"),
        (["made.write_text('no')"], "this PDF cannot be opened"),
        (["print('a\\x1bb' * 10**6, '\\nthe end is\\tnear\\n\\n'); sys.exit(3)"], r"\(the end is near\)"),
    ],
)
def test_a_tool_that_fails_is_told_in_one_line(tool, lines: list[str], reason: str):
    """With the last line that it said."""
    tool(*lines)
    with pytest.raises(UnreadableFile, match=reason):
        read("a.pdf", SCAN)


def test_a_tool_that_does_not_end_is_ended(tool, monkeypatch: pytest.MonkeyPatch):
    """After the seconds it has; and one that writes too much at once."""
    monkeypatch.setattr("corpus.readers.pdf.scans.MAX_SECONDS", 0)
    tool("import signal; signal.pause()")
    with pytest.raises(UnreadableFile, match="recognise it took more than 0 seconds for it; split"):
        read("a.pdf", SCAN)
    monkeypatch.setattr("corpus.readers.pdf.scans.MAX_SECONDS", 60)
    monkeypatch.setattr("corpus.readers.pdf.scans.MAX_BYTES", 1_000_000)
    tool("made.write_bytes(bytes(2_000_000))", "import signal; signal.pause()")
    with pytest.raises(UnreadableFile, match="recognise it wrote more than 1 MB"):
        read("a.pdf", SCAN)


KILLS_ITS_READER = ("(given.parent / 'half').write_text('foam')", "os.kill(os.getppid(), 9)")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder where temporary files go, here and in every process begun from here."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def test_a_worker_that_is_killed_while_a_tool_is_at_work_leaves_nothing(tool, temporary: Path):
    """Neither the scan nor what the tool had written by then."""
    tool(*KILLS_ITS_READER)
    workers = Workers()
    with closing(workers.in_order([(None, Job("a.pdf", SCAN, "a", "upload:a.pdf"))])) as found:
        ((_, result),) = found
    assert isinstance(result, UnreadableFile)
    assert "broke down over it (Killed)" in result.reason
    assert list(temporary.iterdir()) == []
    workers.close()


def test_what_a_run_left_that_was_killed_as_a_whole_goes_with_the_next(tool, temporary: Path):
    """Nobody was left to clear it."""
    tool(*KILLS_ITS_READER)
    code = f"from corpus.readers import read; read('a.pdf', {SCAN!r})"
    killed = subprocess.run([sys.executable, "-c", code], check=False)
    assert killed.returncode == -signal.SIGKILL
    (left,) = temporary.iterdir()
    assert {file.name for file in left.iterdir()} == {"scan.pdf", "said.txt", "half"}
    workers = Workers()
    assert list(workers.in_order([])) == []
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("value", "error", "reason"),
    [
        ("no-such-tool --fast", UnreadableFile, "no-such-tool, which EXOCITE_OCR names, is not found"),
        ("'open", BadSetting, "EXOCITE_OCR .* in which a quote never closes"),
    ],
)
def test_a_tool_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, value: str, error: type, reason: str):
    """And a setting that cannot be read."""
    monkeypatch.setenv("EXOCITE_OCR", value)
    with pytest.raises(error, match=reason):
        read("a.pdf", SCAN)
