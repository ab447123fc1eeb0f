"""Finding records: vectors (FAISS), words (BM25), names, and how the rankings become one.

In come readings from `corpus` and, later, a question. `library` opens, verifies and swaps a library on disk, `change`
writes a new one beside it, and `generation` reads its parts: segments, each with a store, vectors, and the words of
records and of their statements; what depends on all of them (`glossary`, `namings`); and manifests that hold them
together. `engine` is what proposes the records that may answer, `engines` those there are, and `placing` keeps one that
is a program of its own in step with the library. `ranking` decides which of them do, and fuses what vectors and words
say into one list of `Hit`s in a total order: `(-score, record_id)`. `duplicates` tells which records repeat better
ones; `reranker`, where one is set, reads the best of them again. `limits` finds the records that name a thing, or are
on a cancer, for a search that is limited to them.

This package knows nothing of answers, histories, evaluation or pages. It never decides whether a hit answers.
"""
