"""Mutated files for every input: nothing raises, hangs, eats memory, or points outside of its file.

`python -m tests.fuzz --minutes 15 --seed 1 --crashes DIR` looks for failures; test_fuzz.py is a short run of the same.
Generic over `scanner.inputs.INPUTS`; the seeds are the rules' fixtures and the corpus.
"""
