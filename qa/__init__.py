"""Questions to cited answers, and how good they are; the command line.

In comes a question with its history and its limits (`scope`); `service.Service` reads it (`question`), searches
(`retriever`), weighs whether the evidence answers (`support`) and writes the answer from the evidence, sentence by
sentence (`answers`): what of the evidence may be said (`candidates`), the parts of the question (`facets`), what covers
them (`selection`), the line before it (`lead`), what disagrees (`disagreements`, by what `directions` reads).
`mechanisms` reads from evidence what acts on what; `checks` tells, without a model, whether a sentence that somebody
else wrote is borne out by the evidence it cites.
What goes out are the frozen values of `results`, which are the JSON contract of the endpoint and of `--json`; `exports`
writes them for other programs, `conversations` keeps what was asked, `permalinks` gives each evidence a lasting
address, `pictures` shows pages as printed, `overview` tells what to know before a library is trusted, `tools` offers
all this to assistants, over the Model Context Protocol. Work that blocks hears from `stopping` that nobody waits for it
any more.
`evaluation` measures what is found and what is answered on a fixed set of questions.
`cli` is the command line, with `naming` and the `commands` of two families; what they all open is in `opening`.

This package knows nothing of HTTP or HTML.
"""
