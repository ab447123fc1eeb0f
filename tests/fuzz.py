"""Readers given what nobody would write, for a fixed time: `python -m tests.fuzz --seconds 60 --seed WORD`.

Each input is a small good file, broken in a few places; which, is a function of the seed and its number, so that the
same seed finds the same again. All go through workers, as real files do. What is no finding: a document that keeps its
promises, or `UnreadableFile`. Anything else (another error, a crash, too long, too much memory) is told and saved.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePath

from corpus.errors import UnreadableFile
from corpus.records import Reading
from corpus.workers import Job, Workers
from tests.fuzzing.changes import inputs
from tests.fuzzing.promises import examined

BROKEN = ("reading it failed in a way", "what reads it broke down", "reading it took longer", "reading it takes more")
"""How the lines of files begin that a reader did not foresee."""


def fuzz(seconds: float, seed: str, save: Path, only: str = "") -> int:
    """How many findings there were; each is told, with the traceback where an error is behind it, and saved."""
    counts: Counter[str] = Counter()
    findings = 0
    ends = time.monotonic() + seconds
    workers = Workers(examined, few=0)

    def jobs() -> Iterator[tuple[Job, Job]]:
        for job in inputs(seed, only):
            if time.monotonic() > ends:
                return
            yield job, job

    try:
        with closing(workers.in_order(jobs())) as found:
            for job, result in found:
                suffix = PurePath(job.name).suffix
                counts[f"{suffix} {'read' if isinstance(result, Reading) else 'told'}"] += 1
                if isinstance(result, UnreadableFile) and result.reason.startswith(BROKEN):
                    findings += 1
                    save.mkdir(parents=True, exist_ok=True)
                    place = save / f"{zlib.crc32(job.data):08x}{suffix}"
                    place.write_bytes(job.data)
                    tell(f"{job.name}: {result.reason}\n  again: python -m tests.fuzz --again {place}")
                    if result.reason.startswith(BROKEN[0]):
                        again(place)
    finally:
        workers.close()
    tell(f"seed {seed!r}: {counts.total()} files, {findings} findings; {dict(sorted(counts.items()))}")
    return findings


def tell(line: str) -> None:
    """`line` is on standard output at once, for whoever waits or reads it later."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def again(place: Path) -> int:
    """1 where the file is a finding in this process, with the whole traceback; otherwise 0."""
    try:
        examined(Job(place.name, place.read_bytes(), "f", "upload:f"))
    except UnreadableFile as error:
        tell(str(error))
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def main() -> int:
    """The exit status: 1 where there are findings."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", default="exocite")
    parser.add_argument("--only", default="", help="formats whose suffix holds this")
    parser.add_argument("--save", type=Path, default=Path("build/fuzz"), help="folder for what is found")
    parser.add_argument("--again", type=Path, help="a file that was saved")
    given = parser.parse_args()
    if given.again:
        return again(given.again)
    os.environ.setdefault("EXOCITE_MAX_FILE_SECONDS", "30")
    os.environ.setdefault("EXOCITE_MAX_MEMORY_MB", "1000")
    return int(fuzz(given.seconds, given.seed, given.save, given.only) > 0)


if __name__ == "__main__":
    sys.exit(main())
