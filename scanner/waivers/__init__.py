"""Waivers: dated exceptions that somebody other than their author approved, in `paylint-waivers.yaml`.

A waived finding fails no scan; it stays a finding, and what a requirement is said to be does not change by it. A waiver
that is wrong waives nothing and is reported under the policy `invalid_waiver`.
"""

from __future__ import annotations

from scanner.waivers.apply import Scope, apply
from scanner.waivers.read import POLICY, Malformed, read

__all__ = ["POLICY", "Malformed", "Scope", "apply", "read"]
