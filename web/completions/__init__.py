"""Exocite as a model of existing chat front ends: the part of OpenAI's API that they use, under `/v1`.

The last user message is the question, the user messages before it are the history; what an assistant said before is
never taken for a fact. What comes back is Markdown with a citation after each sentence, the same citations as
annotations, and below it where each stands. `asked` reads a request, `writing` writes the text, `shapes` are the JSON,
`routes` the addresses.
"""
