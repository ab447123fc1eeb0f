"""An answer in a language model's words, held to its evidence; only where a user brings a model.

`prompt` puts the evidence before the model, numbered and fenced in as data, `client` asks any OpenAI-compatible
endpoint, `drafts` reads what comes as sentences that name their evidence, `writer` has each of them checked
(`qa.checks`, which uses no model) and decides what is shown as fact, what is shown as flagged, and when the quoted
answer is given instead.

The model decides nothing: neither whether the documents answer, nor what counts as evidence, nor what was checked.
Importing `client` takes seconds, so that waits until a model is asked.
"""
