"""The one file of thresholds: what is in it, and what it is refused for."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reference_impl.errors import ConfigurationError
from reference_impl.fraud.settings import DEFAULT, load

TEXT = DEFAULT.read_text("utf-8")


def test_the_file_that_comes_with_the_service() -> None:
    policy = load().policy
    weights, levels, said = policy.weights, policy.levels, policy.recommendations
    assert (weights.ml, weights.anomaly, weights.velocity, weights.device, weights.geo) == (0.6, 0.2, 0.1, 0.05, 0.05)
    assert (levels.low, levels.medium, levels.high, levels.critical) == (0.2, 0.5, 0.8, 0.95)
    assert (said.monitor, said.review, said.block) == (0.3, 0.6, 0.8)
    assert policy.deadline.total_ms == 100 and 0 < policy.deadline.engines_seconds < 0.1
    limit = policy.velocity.limits.customer
    assert (limit.payments, limit.amount, limit.failed, policy.velocity.each) == (5, 10_000, 3, 0.25)
    rules = policy.rules
    assert (rules.large_amount.above, rules.large_amount.score) == (10_000, 0.3)
    assert (rules.frequent.above, rules.frequent.score, policy.velocity.window_seconds) == (10, 0.4, 3600)
    assert (rules.far_from_home.above, rules.far_from_home.score) == (1000, 0.2)
    assert (rules.night.first_hour, rules.night.last_hour, rules.night.score) == (0, 5, 0.1)


def names() -> list[tuple[str, ...]]:
    def below(tree: object, place: tuple[str, ...]) -> list[tuple[str, ...]]:
        if not isinstance(tree, dict):
            return []
        return [found for name, inner in tree.items() for found in [(*place, name), *below(inner, (*place, name))]]

    return below(yaml.safe_load(TEXT), ())


@pytest.mark.parametrize("place", names(), ids=".".join)
def test_every_name_is_needed(place: tuple[str, ...], tmp_path: Path) -> None:
    tree = yaml.safe_load(TEXT)
    inner = tree
    for name in place[:-1]:
        inner = inner[name]
    del inner[place[-1]]
    file = tmp_path / "policy.yaml"
    file.write_text(yaml.safe_dump(tree), "utf-8")
    with pytest.raises(ConfigurationError, match=rf"policy\.yaml:\d+: {'.'.join(place)}: "):
        load(file)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("least_engines: 3", "least_engine: 3", "least_engine"),
        ("open_seconds: 1", "open_seconds: .nan", "breaker.open_seconds"),
        ("review: 0.6, block", "review: 0.9, block", "recommendations"),
        ("ml: 0.6", "ml: 1.6", "weights.ml"),
        ("ml: 0.6", "ml: '0.6'", "weights.ml"),
        ("reserve_ms: 25", "reserve_ms: 100", "deadline"),
        ("least_engines: 3", "least_engines: 3\nleast_engines: 2", "twice"),
        ("without: review", "without: hope", "engines.ml_model.without"),
        ("8075, ", "0, ", "network.hosting_asns.0"),
        ("first_hour: 0", "first_hour: 24", "rules.night.first_hour"),
        ("levels: {", "levels: {{", "YAML"),
        ("least_engines: 3", "least_engines: !!python/object/apply:os.getcwd []", "policy.yaml"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match=words) as caught:
        load(file)
    if words not in {"YAML", "policy.yaml"}:
        line = int(str(caught.value).split(":")[1])
        assert new.splitlines()[-1].partition(":")[0] in text.splitlines()[line - 1]


@pytest.mark.parametrize("content", [b"", b"- 1", b"\xff\xfe\x00", b"a: b: c", b"7"])
def test_something_else(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError):
        load(file)
    with pytest.raises(ConfigurationError):
        load(tmp_path / "nothing")


def test_two_files_never_have_the_same_version(tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(TEXT.replace("anomaly: 0.2", "anomaly: 0.3"), "utf-8")
    assert load(file).version != load().version
