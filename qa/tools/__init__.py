"""Exocite as tools of an assistant, over the Model Context Protocol: search, ask, open evidence.

`server` has the three tools, `opening` finds what an address of evidence leads to, `telling` puts results into the
plain words that an assistant reads beside their JSON. Nothing here writes an answer: that the assistant does, from
quoted sentences, and it is told to cite them and to add nothing.
"""
