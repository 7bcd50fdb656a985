from __future__ import annotations


def used_paths(source):
    return None
