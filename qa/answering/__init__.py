"""An answer from the evidence alone: the parts of the question, the sentences chosen for them, and the lead."""
