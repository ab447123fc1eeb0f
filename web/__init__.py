"""The HTTP endpoint and the chat page, over one `qa.service.Service`.

`app` puts it together. `api` and `conversations` speak JSON and never HTML; `pages` (asking, saving an answer),
`history` (asking so that it is kept, conversations), `mechanisms` (their table and drawing) and `papers` (the library,
what to know of it, permalinks) speak HTML and never decide anything; all show what `qa` gives them. `completions` is
the same for chat front ends, in the shapes of OpenAI's API. `schema` is what the endpoint takes, `stream` how an answer
comes in events and is stopped, `uploads` what becomes of files, `source` how a document is drawn with its highlight,
`sheets` how its printed pages stand beside it, `walk` how one comes from there to the other evidence, `conversation`
how an address holds one, `kept` how one is a turn of a kept conversation, `graph` how mechanisms are drawn, `layout`
where boxes and lines of a drawing lie, `shown` what of mechanisms is on a page, `reference` the page about the
endpoint. `problems` makes every error an answer, `guard` stands before every route, `metrics` counts, `limits` reads
and shows what a question is limited to.

Markup exists once, in `templates/`: whole pages and the pieces sent to open pages are made by the same macros.
Nothing is loaded from another host, and nothing needs a script.
"""
