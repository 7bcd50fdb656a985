"""The files of a bundle, one module each."""
