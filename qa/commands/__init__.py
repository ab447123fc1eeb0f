"""What the commands of `exocite` do, and how it looks in a terminal; `qa.cli` names them."""
