from __future__ import annotations


def assemble(root, sources):
    return [], []
