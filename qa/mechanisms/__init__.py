"""What a record says of a mechanism: molecule, direction, source, recipient, target, pathway, effect, cancer.

In comes a passage or a table row; out come `Mechanism`s, every filled cell of which is a span of the document's text,
and empty where the record does not say. There is no model in it. Rows are read by their headers (`rows`), sentences
(`sentences`) by patterns over names and relation words: `genes`, `processes`, `cells`, `cancers` and `actors` find what
is named, `verbs` the words by which one acts on another, `clauses` what parts them and what is denied; `assertions`
says who does what to what, `joining` makes mechanisms of it, and `records` asks all of them. `questions` tells which
questions they answer.

Precision goes before recall: where a pattern is not sure who acts, it says nothing.
"""
