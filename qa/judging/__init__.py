"""Does the evidence answer a question? What it must hold, what it holds, the verdict, and the reason in words."""
