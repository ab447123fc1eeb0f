"""The house as the sources have it: what each package may load, how long a module is, which names are taken."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from index.encoder import SentenceEncoder
from index.intake import starter_sources, take_in

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("corpus", "index", "qa", "web")
MODULES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def name_of(module: Path) -> str:
    """The dotted name a module is imported by."""
    parts = module.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def loaded_by(*modules: str) -> set[str]:
    """The top-level packages that a new interpreter holds after importing these modules, warnings being errors."""
    code = f"import sys; import {', '.join(modules)}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_reading_papers_loads_no_numbers_and_no_web():
    """`corpus` is the bottom of the house: nothing above it comes along, and nothing that computes or serves."""
    loaded = loaded_by(*(name_of(module) for module in MODULES if module.is_relative_to(ROOT / "corpus")))
    assert loaded & {"index", "qa", "web", "numpy", "faiss", "torch", "sentence_transformers", "fastapi"} == set()


def test_finding_records_loads_no_answers_and_no_web():
    """`index` knows nothing of questions' answers and of pages."""
    loaded = loaded_by(*(name_of(module) for module in MODULES if module.is_relative_to(ROOT / "index")))
    assert loaded & {"qa", "web", "fastapi", "jinja2"} == set()


MODELS = {"torch", "sentence_transformers", "transformers", "openai", "mcp", "pymilvus", "grpc", "pandas"}
"""What takes seconds to import."""
ELSEWHERE = {"fastapi", "httpx", "matplotlib", "lxml", "pypdfium2", "bibtexparser", "markdown_it", "yaml", "watchfiles"}
"""What only adding papers, the service or the evaluation need."""


def loaded_to_run(*arguments: object) -> set[str]:
    """The top-level packages that a new interpreter holds after running `exocite` with these arguments."""
    code = (
        "import sys; from qa import cli\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "finally: print(*{name.partition('.')[0] for name, found in sys.modules.items() if found}, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout
    return set(done.stderr.split())


def test_help_loads_next_to_nothing():
    """`exocite --help` comes at once: no numbers, no model, nothing that colours or checks."""
    late = MODELS | ELSEWHERE | {"numpy", "scipy", "faiss", "openvino", "tokenizers", "pydantic", "rich"}
    assert loaded_to_run("--help") & late == set()


@pytest.mark.model
def test_a_question_waits_for_no_model_library(tmp_path: Path):
    """`exocite ask` on a library that there is loads OpenVINO, and nothing that takes seconds or is for other work."""
    take_in(tmp_path / "library", SentenceEncoder(), starter_sources())
    loaded = loaded_to_run("--library", tmp_path / "library", "ask", "how does miR-21 promote metastasis")
    assert loaded & (MODELS | ELSEWHERE | {"openvino_telemetry"}) == set()
    assert "openvino" in loaded


def test_an_assistant_is_greeted_before_any_model_is_loaded():
    """`exocite mcp` answers at once; what takes seconds comes in behind, in another thread."""
    assert (
        loaded_by("qa.cli", "qa.tools.server") & {"torch", "sentence_transformers", "faiss", "openai", "pymilvus"}
        == set()
    )


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_can_be_read_at_one_sitting(module: Path):
    """No module is longer than 400 lines."""
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_no_variable_hides_a_package(module: Path):
    """Nothing is assigned to, or passed in as, `index` or `corpus`, which are import names."""
    taken = [
        node.lineno
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in {"index", "corpus"})
        or (isinstance(node, ast.arg) and node.arg in {"index", "corpus"})
    ]
    assert taken == []
