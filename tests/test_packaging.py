"""What is built and what is pinned: the wheel's contents, and the constraints that hold every version."""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("corpus", "index", "qa", "web")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN_LINES = [
    line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
]
PINS = dict(line.split("==") for line in PIN_LINES)


def stated() -> list[Requirement]:
    """What pyproject.toml asks for: to run, to test, to lint and to build."""
    groups = PYPROJECT["dependency-groups"].values()
    extras = PYPROJECT["project"]["optional-dependencies"].values()
    lists = [PYPROJECT["project"]["dependencies"], PYPROJECT["build-system"]["requires"], *groups, *extras]
    return [Requirement(line) for lines in lists for line in lines]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel, built here and now, without a network."""
    folder = tmp_path_factory.mktemp("dist")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(built) as archive:
        yield archive


def test_the_wheel_holds_every_file_of_the_packages_and_no_other(wheel: zipfile.ZipFile):
    """A template left out or a test packed in shows as a difference of these two sets."""
    on_disk = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == on_disk


@pytest.mark.parametrize(
    ("pattern", "least"),
    [
        (r"corpus/starter/[^/]+\.md", 2),
        (r"qa/questions/[^/]+\.jsonl", 1),
        (r"web/templates/[^/]+\.html", 2),
        (r"web/static/[^/]+\.css", 1),
        (r"(corpus|index|qa|web)/py\.typed", 4),
        (r"exocite-[^/]+\.dist-info/licenses/LICENSE", 1),
    ],
)
def test_the_wheel_brings_what_the_service_needs(wheel: zipfile.ZipFile, pattern: str, least: int):
    """A new installation has documents to answer from, questions to be judged by, and pages to show."""
    assert sum(re.fullmatch(pattern, name) is not None for name in wheel.namelist()) >= least


def test_the_wheel_gives_the_command(wheel: zipfile.ZipFile):
    """`exocite` on the command line is `qa.cli.main`."""
    (entry_points,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    assert "exocite = qa.cli:main" in wheel.read(entry_points).decode()


def test_the_wheel_cannot_be_uploaded_by_mistake(wheel: zipfile.ZipFile):
    """Package registries refuse a wheel with this classifier; the import names are too general to share."""
    (metadata,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    assert "Classifier: Private :: Do Not Upload" in wheel.read(metadata).decode().splitlines()


def test_constraints_are_exact_sorted_and_named_once():
    """Each line is `name==version` in the registry's spelling, in the order of names."""
    assert [line for line in PIN_LINES if not re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line)] == []
    names = [line.split("==")[0] for line in PIN_LINES]
    assert names == sorted(set(names))


def test_torch_is_the_version_with_a_small_build():
    """Any other torch may bring gigabytes of CUDA; see CONTRIBUTING."""
    assert PINS["torch"] == "2.13.0"


@pytest.mark.parametrize("requirement", stated(), ids=str)
def test_each_stated_requirement_is_pinned_within_its_range(requirement: Requirement):
    """What constraints.txt installs is something pyproject.toml allows."""
    assert requirement.specifier.contains(Version(PINS[canonicalize_name(requirement.name)]))


def test_what_the_requirements_themselves_require_is_pinned_too():
    """Nothing that comes along with Exocite on this machine has a version left open."""
    waiting = [canonicalize_name(requirement.name) for requirement in stated() if requirement.name != "torch"]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        # A CUDA build of torch names its own parts exactly.
        if name in seen or name == "torch":
            continue
        seen.add(name)
        waiting += [canonicalize_name(required.name) for required in requirements_of(name)]
    assert sorted(seen - PINS.keys()) == []


def requirements_of(name: str) -> list[Requirement]:
    """What an installed distribution requires here, without extras; nothing for one that is not installed."""
    try:
        stated_by_it = [Requirement(line) for line in requires(name) or ()]
    except PackageNotFoundError:
        return []
    return [one for one in stated_by_it if one.marker is None or one.marker.evaluate({"extra": ""})]
