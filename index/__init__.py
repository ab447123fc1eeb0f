"""Finding records: vectors (FAISS), words (BM25), names, and how the rankings become one.

In come readings from `corpus` and, later, a question. `library` builds, opens, verifies and swaps a library on
disk: the store, a vector index, a word index, a vocabulary of abbreviations and other names, and a manifest that
holds them together. `ranking` asks both indexes
and fuses what they say into one list of `Hit`s in a total order: `(-score, record_id)`. `duplicates` tells which records
repeat better ones; `reranker`, where one is set, reads the best of them again. `limits` finds the records that name a
thing, or are on a cancer, for a search that is limited to them.

This package knows nothing of answers, histories, evaluation or pages. It never decides whether a hit answers.
"""
