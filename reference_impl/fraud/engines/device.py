"""Whether the device is one the customer used before, and whether a person uses it."""

from __future__ import annotations

from reference_impl.fraud.device import Fingerprint, KnownDevice, KnownDevices, inconsistent, parse, similarity
from reference_impl.fraud.model import Facts, RiskSignal
from reference_impl.fraud.reasons import Reason
from reference_impl.fraud.settings import Policy


class DeviceEngine:
    """`device`. Reading a fingerprint is bounded (`device.parse`) and stays in the event loop."""

    name = "device"

    def __init__(self, known: KnownDevices, policy: Policy) -> None:
        self._known, self._policy = known, policy

    async def assess(self, facts: Facts) -> RiskSignal | None:
        """None: the device said nothing. Raises UnavailableError."""
        device = facts.transaction.device
        now = parse(device.fingerprint)
        if not device.id and not now.known:
            return None
        known = await self._known.of(facts.transaction.tenant, facts.transaction.customer)
        found = self._found(device.id, now, known)
        return RiskSignal(
            self.name,
            round(max(found.values(), default=0.0), 6),
            self._policy.engines.device.confidence,
            reasons=tuple(found),
            contributions={reason.value: score for reason, score in found.items()},
        )

    def _found(self, device_id: str, now: Fingerprint, known: list[KnownDevice]) -> dict[Reason, float]:
        policy = self._policy.device
        found = {}
        if now.program:
            found[Reason.AUTOMATION] = policy.automation
        if inconsistent(now):
            found[Reason.INCONSISTENT] = policy.inconsistent
        alike = max((_alike(device_id, now, one) for one in known), default=None)
        if alike is None:
            found[Reason.FIRST_DEVICE] = policy.first
        elif alike < policy.known_from:
            found[Reason.UNKNOWN_DEVICE] = policy.unknown * (1 - alike)
        return found


def _alike(device_id: str, now: Fingerprint, known: KnownDevice) -> float:
    """An id that is known counts only where the rest does not speak against it: ids can be copied."""
    alike = similarity(now, known.fingerprint)
    if alike is None:
        return 1.0 if device_id and device_id == known.id else 0.0
    return alike
