"""The simulated world: the same everywhere, knows nothing early, and holds what it says."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from functools import cache

import pytest

from reference_impl.fraud.features import features_of
from reference_impl.fraud.model import Funding
from reference_impl.fraud.simulation.draws import Draws
from reference_impl.fraud.simulation.stream import HOLIDAYS, Simulated, simulate
from reference_impl.fraud.simulation.world import Size

SIZE = Size(700, 200, 36)
SCENARIOS = {"compromised_terminal", "leaked_card", "takeover", "impossible_travel", "card_testing"}


@cache
def payments(seed: int = 5) -> list[Simulated]:
    return list(simulate(SIZE, seed))


def digest(seed: int, count: int) -> str:
    found = hashlib.sha256()
    for payment in payments(seed)[:count]:
        transaction = payment.facts.transaction
        found.update(f"{transaction.at} {transaction.customer} {transaction.card} {transaction.money}".encode())
        found.update(" ".join(f"{value:.6f}" for value in features_of(payment.facts, HOLIDAYS)).encode())
        found.update(f"{payment.declined} {payment.scenario} {payment.reported}".encode())
    return found.hexdigest()[:16]


def test_a_seed_means_the_same_payments_on_every_machine() -> None:
    assert digest(5, 5000) == "91503514aa12f271"


def test_another_seed_means_others() -> None:
    assert digest(6, 100) != digest(5, 100)


def test_time_goes_forward_and_ids_are_unique() -> None:
    times = [payment.facts.transaction.at for payment in payments()]
    assert times == sorted(times)
    assert len({payment.facts.transaction.id for payment in payments()}) == len(times)


def test_a_history_is_what_came_before_and_no_chargeback_is_known_before_it_arrives() -> None:
    before: defaultdict[str, list[Simulated]] = defaultdict(list)
    asked = 0
    for payment in payments():
        at, customer = payment.facts.transaction.at, payment.facts.customer
        earlier = before[payment.facts.transaction.customer]
        paid = [each for each in earlier if not each.declined]
        known = [each for each in paid if each.reported and each.reported <= at]
        assert customer.payments == len(paid)
        assert customer.chargeback_rate == len(known) / (len(paid) or 1)
        assert customer.failed_rate == (len(earlier) - len(paid)) / (len(earlier) or 1)
        assert customer.payment_methods == len({each.facts.transaction.card for each in earlier})
        amounts = sum(each.facts.transaction.money.amount for each in paid)
        assert customer.average_amount == pytest.approx(amounts / (len(paid) or 1))
        asked += len(known)
        earlier.append(payment)
    assert asked, "chargebacks were known of some"


def test_labels_arrive_late_and_some_never() -> None:
    frauds = [payment for payment in payments() if payment.fraud and not payment.declined]
    delays = sorted(
        (payment.reported - payment.facts.transaction.at).total_seconds() / 86_400
        for payment in frauds
        if payment.reported
    )
    assert 2 < delays[len(delays) // 2] < 7
    assert delays[0] > 0 and delays[-1] > 14
    assert 0 < len(frauds) - len(delays) < 0.1 * len(frauds)
    assert any(payment.reported for payment in payments() if not payment.fraud), "disputes of what was genuine"
    assert not any(payment.reported for payment in payments() if payment.declined)


def test_every_scenario_is_there_and_frauds_are_few() -> None:
    count = Counter(payment.scenario for payment in payments())
    assert set(count) == SCENARIOS | {""}
    assert 0.005 < 1 - count[""] / len(payments()) < 0.04


def test_scenarios_look_like_what_they_are() -> None:
    of = defaultdict(list)
    for payment in payments():
        of[payment.scenario].append(payment.facts)
    assert all(facts.transaction.money.amount <= 500 for facts in of["card_testing"])
    assert all(facts.customer.payments <= 60 for facts in of["card_testing"])
    far = {"BR", "TH", "US", "ZA"}
    assert all(facts.transaction.place and facts.transaction.place.country in far for facts in of["impossible_travel"])
    bold = [facts for facts in of["leaked_card"] if facts.customer.payments >= 5]
    larger = [facts.transaction.money.amount > facts.customer.average_amount for facts in bold]
    assert sum(larger) > 0.7 * len(larger)
    shops = {facts.transaction.merchant for facts in of["compromised_terminal"]}
    assert len(shops) < len(of["compromised_terminal"]) / 3, "a few shops, many payments"


def test_nothing_gives_a_fraud_away_by_itself() -> None:
    """Each thing a fraud is known by also happens to people who pay for themselves."""
    genuine = [payment.facts for payment in payments() if not payment.fraud]
    assert any(facts.method.country_differs for facts in genuine)
    assert any(facts.transaction.money.amount > 5 * facts.customer.average_amount > 0 for facts in genuine)
    assert any(facts.transaction.money.amount <= 500 and not facts.customer.payments for facts in genuine)
    assert any(facts.customer.shipping_addresses > 1 for facts in genuine)
    assert {facts.method.funding for facts in genuine} == set(Funding)


def test_sources_are_nobodys() -> None:
    assert all(payment.facts.transaction.source.startswith(("198.18.", "198.19.")) for payment in payments())


def test_draws_are_even_and_each_purpose_has_its_own() -> None:
    draws, other = Draws(1, "one"), Draws(1, "other")
    found = [draws.uniform() for _ in range(20_000)]
    assert found[:5] == [Draws(1, "one").uniform(), *found[1:5]]
    assert found[:3] != [other.uniform() for _ in range(3)]
    assert min(found) > 0 and max(found) < 1
    assert sum(found) / len(found) == pytest.approx(0.5, abs=0.01)
    assert sum(draws.poisson(2.5) for _ in range(20_000)) / 20_000 == pytest.approx(2.5, abs=0.05)
    normal = [draws.normal() for _ in range(20_000)]
    assert sum(value * value for value in normal) / 20_000 == pytest.approx(1.0, abs=0.05)
    assert Counter(draws.weighted("ab", (0.25, 1.0)) for _ in range(10_000))["a"] == pytest.approx(2500, abs=200)
