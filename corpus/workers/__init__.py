"""Files read in processes of their own, so that no file can take the others, or Exocite, with it.

In comes a `Job`; a reading comes out, or the `UnreadableFile` that says why there is none (`job`). `pool` hands jobs to
processes and gives results back in order, `process` is one of these as its parent holds it, `child` what runs there.

The processes are plain ones, started anew and not forked: a caller may have threads, and nothing of its main module
is run again. They are sessions of their own, so that Ctrl-C in a terminal reaches the parent alone, and end when it
does.
"""

from corpus.workers.job import Job
from corpus.workers.pool import Workers, shared

__all__ = ["Job", "Workers", "shared"]
