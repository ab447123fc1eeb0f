"""The documents for people agree with the program: commands, options, targets, links, version."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from urllib.parse import unquote

import pytest
import typer
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.limits import Limits
from corpus.readers import DEFAULT_MAX_FILE_MB, SUFFIXES
from corpus.readers.grids import MOST_CELLS
from corpus.readers.html import tree
from corpus.readers.markup import MAX_DEPTH, MAX_ELEMENTS
from corpus.readers.pdf.pdfium import MAX_PAGES
from corpus.readers.pdf.scans import MAX_SECONDS
from corpus.readers.sheets.lines import MAX_CELLS, MAX_COLUMNS
from corpus.readers.sheets.workbook import MAX_SHEETS
from corpus.readers.zipped import MAX_INFLATED, MAX_MEMBERS, MAX_RATIO
from qa.cli import app
from qa.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND = typer.main.get_command(app)


def tokens(page: Path) -> Iterator[Token]:
    """Every token of a page, those inside a line of text included, in order."""
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8")):
        yield token
        yield from token.children or ()


def code_lines(page: Path) -> Iterator[str]:
    """Every line of a page's code blocks, a prompt and a closing backslash's break taken away."""
    for token in tokens(page):
        if token.type in {"fence", "code_block"}:
            for line in token.content.replace("\\\n", " ").splitlines():
                yield line.strip().removeprefix("$ ")


def code(page: Path) -> Iterator[str]:
    """Every line of a page's code blocks and every bit of code inside its text."""
    yield from code_lines(page)
    yield from (token.content for token in tokens(page) if token.type == "code_inline")


def anchors(page: Path) -> set[str]:
    """The fragments a page's headings can be reached by, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links() -> list[tuple[Path, str]]:
    """Every link and picture of every page that points into this project."""
    found = [
        (page, str(token.attrs.get("href") or token.attrs.get("src")))
        for page in PAGES
        for token in tokens(page)
        if token.type in {"link_open", "image"}
    ]
    return [(page, target) for page, target in found if not re.match(r"[a-z]+:", target)]


@pytest.mark.parametrize(("page", "target"), links(), ids=lambda value: getattr(value, "name", value))
def test_each_link_into_the_project_leads_somewhere(page: Path, target: str):
    """The file is there, and so is the heading."""
    path, _, fragment = unquote(target).partition("#")
    file = (page.parent / path).resolve() if path else page
    assert file.exists()
    assert not fragment or fragment in anchors(file)


def test_the_page_of_commands_is_what_the_commands_say(tmp_path: Path):
    """docs/commands.md is the commands' own help; `make docs` writes it anew."""
    fresh = tmp_path / "commands.md"
    recipe = ["-m", "typer", "qa.cli", "utils", "docs", "--name", "exocite", "--title", "Commands", "--output"]
    subprocess.run([sys.executable, *recipe, str(fresh)], cwd=ROOT, check=True, capture_output=True)
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == fresh.read_text(encoding="utf-8")


def test_the_readme_names_every_command():
    """A reader of the README alone knows all there is."""
    named = [re.match(r"exocite (?:--[a-z]+ \S+ )?([a-z]+)", bit) for bit in code(ROOT / "README.md")]
    assert set(COMMAND.commands) <= {match[1] for match in named if match}


def test_the_readme_names_every_setting():
    """Each field of `Settings` can be set in the environment, and the README says so."""
    named = {bit for bit in code(ROOT / "README.md") if bit.startswith("EXOCITE_")}
    assert {f"EXOCITE_{field.name.upper()}" for field in fields(Settings)} <= named


def typed() -> list[str]:
    """Every `exocite …` line in a code block of the pages for people, docs/commands.md aside."""
    pages = [page for page in PAGES if page.name != "commands.md"]
    return [line for page in pages for line in code_lines(page) if re.match(r"exocite(\s|$)", line)]


@pytest.mark.parametrize("line", typed())
def test_each_command_line_shown_is_one_that_exocite_takes(line: str):
    """Command and options exist; a wrong one raises here."""
    words = shlex.split(line, comments=True)[1:]
    shell = next((place for place, word in enumerate(words) if word in {"|", ">", ">>", "&&"}), len(words))
    outer = COMMAND.context_class(COMMAND, info_name="exocite")
    _, rest, _ = COMMAND.make_parser(outer).parse_args(words[:shell])
    command = COMMAND
    while rest and hasattr(command, "commands"):
        name, command, rest = command.resolve_command(outer, rest)
        outer = command.context_class(command, info_name=name, parent=outer)
        _, rest, _ = command.make_parser(outer).parse_args(rest)
    assert rest == []


def test_each_make_target_shown_exists():
    """Nobody is told to make what the Makefile does not know."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    known = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    shown = {name for page in PAGES for bit in code(page) for name in re.findall(r"^make ([a-z]+)", bit)}
    assert {"serve", "test"} <= shown <= known


def test_the_changelog_has_the_current_version():
    """Its newest entry is the version in pyproject.toml."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    versions = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert versions[0] == version


def test_the_page_of_papers_names_every_suffix_and_limit():
    """Each with the number that holds."""
    page = (ROOT / "docs" / "papers.md").read_text(encoding="utf-8")
    assert {suffix for suffix in SUFFIXES if f"`{suffix}`" not in page} == {".markdown", ".text"}
    limits = Limits()
    for said in (
        f"| {DEFAULT_MAX_FILE_MB} MB | `EXOCITE_MAX_FILE_MB` |",
        f"| {limits.seconds:.0f} seconds | `EXOCITE_MAX_FILE_SECONDS` |",
        f"| {limits.memory_mb:,.0f} MB | `EXOCITE_MAX_MEMORY_MB` |",
        f"| Pages of a PDF | {MAX_PAGES:,} |",
        f"| {MAX_INFLATED / 1e6:.0f} MB, {MAX_RATIO} times its size, {MAX_MEMBERS:,} members |",
        f"| {MAX_CELLS:,} cells, {MAX_COLUMNS:,} columns, {MAX_SHEETS} sheets |",
        f"| {MAX_ELEMENTS:,} elements, {MAX_DEPTH} deep; ",
        f"| {tree.MAX_ELEMENTS:,} elements, {tree.MAX_OPEN:,} deep |",
        f"| {MOST_CELLS:,} cells, merged ones included |",
        f"| {MAX_SECONDS} seconds | |",
    ):
        assert said in page
