"""Who is told of an incident of which severity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from reference_impl.errors import ConfigurationError
from reference_impl.incident.model import Severity

_SETTING = "incident_escalation"


class Escalation:
    """`contacts`: severity by name to whom is told. All four, and who is told of less is told of worse.

    Raises ConfigurationError: a severity of which nobody would hear stops the start.
    """

    def __init__(self, contacts: Mapping[str, Sequence[str]]) -> None:
        if set(contacts) != {severity.value for severity in Severity}:
            raise ConfigurationError(f"{_SETTING}: each of {', '.join(Severity)} and no other")
        if not all(contacts.values()) or any(not name.strip() for names in contacts.values() for name in names):
            raise ConfigurationError(f"{_SETTING}: somebody has to be told of every severity")
        self._contacts = {severity: tuple(contacts[severity.value]) for severity in Severity}
        for less, worse in pairwise(Severity):
            if not set(self._contacts[less]) <= set(self._contacts[worse]):
                raise ConfigurationError(f"{_SETTING}: who is told of {less.value} is told of {worse.value}, too")

    def of(self, severity: Severity) -> Sequence[str]:
        """Whom."""
        return self._contacts[severity]
