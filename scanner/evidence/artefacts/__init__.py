"""The files of a bundle: each a function from the Evidence to bytes."""
