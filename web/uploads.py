"""Uploaded files: safe names, and what became of each."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from fastapi import UploadFile

from corpus.errors import LibraryError, UnreadableFile
from qa.service import Service
from web.problems import KINDS, Problem, UploadError, problem_of
from web.schema import Outcome, Paper

_MAX_NAME: Final = 200


def safe_name(given: str | None) -> str:
    r"""A file's name without folders, control characters or leading dots; at most 200 characters.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\papers\\a b.txt"), safe_name("..")
    ('passwd', 'a b.txt', 'unnamed')
    """
    last = (given or "").replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs"}).strip().lstrip(".")
    return shown[-_MAX_NAME:].strip() or "unnamed"


def receive(service: Service, files: Sequence[UploadFile]) -> tuple[Outcome, ...]:
    """Every readable file is in the library; one outcome a file, in order.

    After an error of the library itself no further file is tried: it would meet the same.

    Raises:
        UploadError: no file was added and none was there already.
    """
    outcomes: list[Outcome] = []
    halted: LibraryError | None = None
    for file in files:
        name = safe_name(file.filename)
        if halted is not None:
            outcomes.append(Outcome(file=name, status="failed", reason=str(halted)))
            continue
        try:
            outcomes.append(_receive_one(service, name, file))
        except UnreadableFile as error:
            outcomes.append(Outcome(file=name, status="unreadable", reason=error.reason))
        except LibraryError as error:
            halted = error
            outcomes.append(Outcome(file=name, status="failed", reason=str(error)))
    if all(outcome.document is None for outcome in outcomes):
        raise UploadError(_nothing_added(tuple(outcomes), halted))
    return tuple(outcomes)


def _receive_one(service: Service, name: str, file: UploadFile) -> Outcome:
    added = service.add(name, file.file.read())
    return Outcome(file=name, status=added.status, document=Paper.of(added.document), notices=added.notices)


def _nothing_added(outcomes: tuple[Outcome, ...], halted: LibraryError | None) -> Problem:
    if halted is not None:
        problem = problem_of(halted)
        return Problem(problem.kind, problem.detail, outcomes=outcomes, headers=problem.headers)
    reasons = " ".join(f"{outcome.file}: {outcome.reason}" for outcome in outcomes)
    return Problem(KINDS[UnreadableFile], reasons, outcomes=outcomes)
