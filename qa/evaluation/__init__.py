"""How good Exocite is: what is found, and what is answered, on a fixed set of questions or any BEIR folder (`beir`).

`judgments` says which facts answer a question. Of what is found: `metrics` are the figures of one ranking, `retrieval`
those of a system over a set, `systems` what is compared, `ablation` its steps. Of what is answered: `judge` holds an
answer to the facts, by `answer_metrics`, and to its citations, by `bearing`, `numbers` and the documents; `answers`
does so over a set. `experiment` runs it all, `significance` tells a difference from chance, `runs` keeps scores,
`report`, `answer_report` and `plots` show them, and `measuring` is the command.
"""
