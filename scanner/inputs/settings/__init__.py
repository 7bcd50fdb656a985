"""Inputs whose files are names and values: settings of applications, databases, caches and brokers.

Each input is a module; what they share lies beside them. A value that a template or the environment brings is unknown,
as `values` says.
"""
