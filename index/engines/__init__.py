"""Engines: what proposes the records that may answer, one module each (`milvus` in several).

`faiss` looks through the library's own segments, in this process, and needs nothing else. `milvus` asks a collection of
Milvus: a server or cluster, or Milvus Lite, which is files of this machine and a thread of this process. What each
promises is in `index.engine`; whatever they propose, scores come from the segments. The client of Milvus is imported
where a library that lies there is asked something, and nowhere else: it takes a second, and may not be installed.
"""
