"""Where the request came from, against where the payment says it is."""

from __future__ import annotations

from reference_impl.fraud.model import Facts, RiskSignal
from reference_impl.fraud.network import Network, Networks
from reference_impl.fraud.reasons import Reason
from reference_impl.fraud.settings import Policy


class NetworkEngine:
    """`network`: the address of the payer's request. A look-up is at most 128 steps in memory, less than handing it to
    a thread takes, and stays in the event loop.
    """

    name = "network"

    def __init__(self, networks: Networks, policy: Policy) -> None:
        self._networks, self._policy = networks, policy
        self._hosting = frozenset(policy.network.hosting_asns)

    async def assess(self, facts: Facts) -> RiskSignal | None:
        """None: nothing is known of the address. Raises UnavailableError."""
        network = self._networks.look_up(facts.transaction.source)
        if network is None:
            return None
        place = facts.transaction.place
        found = self._found(network, place.country if place else "")
        return RiskSignal(
            self.name,
            round(min(1.0, sum(found.values())), 6),
            self._policy.engines.network.confidence,
            reasons=tuple(found),
            contributions={reason.value: score for reason, score in found.items()},
        )

    def _found(self, network: Network, country: str) -> dict[Reason, float]:
        policy = self._policy.network
        if not network.public:
            return {Reason.NOT_PUBLIC: policy.not_public}
        applies = {
            Reason.HOSTING: (network.asn in self._hosting, policy.hosting),
            Reason.COUNTRY_DIFFERS: (
                bool(country and network.country) and country != network.country,
                policy.country_differs,
            ),
        }
        return {reason: score for reason, (true, score) in applies.items() if true}
