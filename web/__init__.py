"""The HTTP endpoint and the chat page, over one `qa.service.Service`.

`api` speaks JSON and never HTML; `pages` speaks HTML and never decides anything; both show what `qa` gives them.
Nothing is loaded from another host.
"""
