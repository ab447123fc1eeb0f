"""Exports of models, kept in a folder of this machine from one process to the next, each whole or not there at all."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from filelock import Timeout
from platformdirs import user_cache_path

from corpus.children import Child
from index.identity import sha256
from index.lean import GRAPH, TOKENIZER, WEIGHTS, Lean, Recipe
from index.locks import lock_at
from index.models import processor_flags

_FORMAT: Final = 2
"""Raised whenever an export made before could not be used rightly, or would be slower than one made now."""
_SAID: Final = "export.json"
_CHILD: Final = "index.exporting"
_MAKING: Final = ".making-"
_PATIENCE: Final = 900
"""Seconds that an export may take."""
_SHAPING: Final = frozenset({".json", ".txt", ".model", ".py"})
"""Suffixes of the files of a model that shape its vectors beside the weights."""


class Exports:
    """The exports in a folder, which is made where it is not there.

    Args:
        root: the folder; by default where this machine keeps what can be made again.
        tell: is given a sentence for the user where making one takes its time, or where none can be kept.

    Attributes:
        root: the folder.
    """

    def __init__(self, root: Path | None = None, tell: Callable[[str], None] = lambda _: None) -> None:
        self.root = root or _usual_root()
        self._tell = tell

    def open(self, folder: Path, model: str, weights: str) -> Lean | None:
        """The model of a folder, ready; exported first where it was not yet, or where its export is damaged.

        None where it cannot be exported, or its export is not equal to it, or nothing can be kept on this machine: then
        sentence-transformers runs it.

        Args:
            model: as the user named it.
            weights: SHA-256 of its weights, hexadecimal.
        """
        try:
            place = self.root / _key(folder, weights)
            said = _said(place)
            found = _opened(place, said)
            if found is None and "unfit" not in said:
                self.root.mkdir(parents=True, exist_ok=True)
                with lock_at(Path(f"{place}.lock").resolve()).acquire(timeout=_PATIENCE):
                    said = _said(place)
                    found = _opened(place, said)
                    if found is None and "unfit" not in said:
                        self._tell(f"The model {model} is made into a faster form, once on this machine ...")
                        _make(folder, model, place)
                        found = _opened(place, _said(place))
        except (Timeout, PackageNotFoundError):
            return None
        except OSError as error:
            self._tell(
                f"The faster form of the model cannot be kept in {self.root} ({error.strerror or error}), so every "
                "command takes seconds more; let EXOCITE_CACHE name a folder that can be written to."
            )
            return None
        return found


def _usual_root() -> Path:
    given = os.environ.get("EXOCITE_CACHE", "").strip()
    return (Path(given).expanduser() if given else user_cache_path("exocite")) / "models"


def _key(folder: Path, weights: str) -> str:
    """The name of the export: of the same weights, files beside them, run-time and kind of processor the same."""
    digest = hashlib.sha256()
    kind = sorted(processor_flags() & {"avx2", "avx512f", "avx512_bf16", "amx_bf16"})
    digest.update(f"{_FORMAT} {weights} {version('openvino')} {platform.machine()} {kind}\n".encode())
    for file in sorted(file for file in folder.rglob("*") if file.suffix in _SHAPING and file.is_file()):
        digest.update(f"{file.relative_to(folder).as_posix()} {sha256(file)}\n".encode())
    return digest.hexdigest()[:32]


def _said(place: Path) -> Mapping[str, Any]:
    """What an export says of itself; nothing where there is none, or what it says is damaged."""
    with suppress(OSError, ValueError):
        found = json.loads((place / _SAID).read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return found
    return {}


def _opened(place: Path, said: Mapping[str, Any]) -> Lean | None:
    """The export, ready; None where there is none or where one byte of it is another."""
    try:
        recipe, sums = Recipe(**said["recipe"]), dict(said["sums"])
        if any(sha256(place / name) != sums[name] for name in (GRAPH, TOKENIZER)):
            return None
        with ThreadPoolExecutor(1) as beside:  # reading the weights takes as long as compiling them
            read = beside.submit(sha256, place / WEIGHTS)
            if (place / WEIGHTS).stat().st_size != said["size"]:
                return None
            lean = Lean(place, recipe)
            return lean if read.result() == sums[WEIGHTS] else None
    except (ImportError, KeyError, OSError, RuntimeError, TypeError, ValueError):
        return None


def _clear(root: Path) -> None:
    """What killed processes left half made is gone, and what an older version made, which nobody opens any more."""
    for left in root.glob(f"{_MAKING}*"):
        with suppress(OSError):  # another process does the same
            if time.time() - left.stat().st_mtime > 2 * _PATIENCE:
                shutil.rmtree(left, ignore_errors=True)
    for said in root.glob(f"*/{_SAID}"):
        made_as = _said(said.parent).get("format")
        if not isinstance(made_as, int) or made_as < _FORMAT:
            shutil.rmtree(said.parent, ignore_errors=True)


def _make(folder: Path, model: str, place: Path) -> None:
    """There is an export, or it is said why there cannot be one; neither where the process that makes it fails."""
    _clear(place.parent)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=_MAKING) as made:
        child = Child(_CHILD)
        try:
            child.connection.send((str(folder), model, made))
            answer = child.hear(_PATIENCE)
        finally:
            child.end()
        if answer is None:
            return
        outcome, told = answer
        said: dict[str, Any] = {"format": _FORMAT, "unfit": told}
        if outcome == "made":
            sums = {name: sha256(Path(made, name)) for name in (GRAPH, WEIGHTS, TOKENIZER)}
            said = {"format": _FORMAT, "recipe": told, "sums": sums, "size": Path(made, WEIGHTS).stat().st_size}
        whole = Path(made, "whole")
        whole.mkdir()
        for name in said.get("sums", ()):
            Path(made, name).rename(whole / name)
        (whole / _SAID).write_text(json.dumps(said, indent=2), encoding="utf-8")
        shutil.rmtree(place, ignore_errors=True)  # damaged, or not there
        whole.rename(place)
