"""Files read in processes of their own, so that no file can take the others, or Exocite, with it.

In comes a `Job`; a reading comes out, or the `UnreadableFile` that says why there is none (`job`). `pool` hands jobs to
processes and gives results back in order, `process` is one of these as its parent holds it, `child` what runs there.

The processes are those of `corpus.children`: nothing of the caller's main module is run again in them.
"""

from corpus.workers.job import Job
from corpus.workers.pool import Workers, shared

__all__ = ["Job", "Workers", "shared"]
