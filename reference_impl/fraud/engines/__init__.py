"""Five ways to look at a payment. Each has a name, a score from 0 to 1 and stable words for what raised it."""
