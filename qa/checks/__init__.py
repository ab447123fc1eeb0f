"""Does the evidence that a sentence cites bear it out? Decided without a model.

In come a sentence that somebody else's language model wrote, without the numbers of its evidence, and the evidence that
it cites; out come the reasons why it is not borne out, none where it is. `terms` takes a text apart into the things it
names and the words of relation between them (`verbs`, `concepts`, `plain`); `statements` tells what is stated of each
thing, `owners` of which cells, and `joins` what is said to bring about what; `units` does so for the evidence, sentence
by sentence and row by row; `checking` compares the two.

This family knows nothing of models, prompts, answers or pages.
"""

from qa.checks.checking import check_sentence, unknown_ranks

__all__ = ["check_sentence", "unknown_ranks"]
