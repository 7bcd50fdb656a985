"""The one file of thresholds and weights, `policy.yaml`, read strictly: what is missing or unknown stops the start."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from reference_impl.errors import ConfigurationError
from reference_impl.fraud.model import Recommendation

DEFAULT = Path(__file__).with_name("policy.yaml")

Unit = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1)]
Hour = Annotated[int, Field(ge=0, le=23)]
_Choice = Annotated[Recommendation, Field(strict=False)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


class Deadline(_Part):
    """Milliseconds. What is left of `total_ms` after `reserve_ms` is the engines'; `grace_ms`: until a late one is told
    to stop.
    """

    total_ms: Positive
    reserve_ms: Positive
    grace_ms: Positive

    @property
    def engines_seconds(self) -> float:
        """How long engines may take."""
        return (self.total_ms - self.reserve_ms) / 1000

    @model_validator(mode="after")
    def _leaves_time(self) -> Deadline:
        if self.reserve_ms >= self.total_ms:
            raise ValueError("reserve_ms leaves the engines no time")
        return self


class BreakerPolicy(_Part):
    """See `breaker.Breaker`."""

    failures: Count
    open_seconds: Positive


class Threads(_Part):
    """See `workers.Workers`."""

    each: Count
    spare: Annotated[int, Field(ge=0)]
    waiting: Count


class Weights(_Part):
    """Of the mean."""

    ml: Unit
    anomaly: Unit
    velocity: Unit
    device: Unit
    geo: Unit
    rules: Unit

    def of(self, engine: str) -> float:
        """Of one engine's signal."""
        return {
            "ml_model": self.ml + self.anomaly,
            "rule_engine": self.rules,
            "velocity": self.velocity,
            "device": self.device,
            "network": self.geo,
        }[engine]

    @model_validator(mode="after")
    def _weighs_something(self) -> Weights:
        if self.ml + self.anomaly <= 0:
            raise ValueError("ml and anomaly are both zero")
        return self


class Levels(_Part):
    """Scores from which a level begins."""

    low: Unit
    medium: Unit
    high: Unit
    critical: Unit

    @model_validator(mode="after")
    def _rises(self) -> Levels:
        if not 0 < self.low < self.medium < self.high < self.critical:
            raise ValueError("levels rise from low to critical")
        return self


class Recommendations(_Part):
    """Scores from which each is recommended; below all of them a payment is approved."""

    monitor: Unit
    review: Unit
    block: Unit

    @model_validator(mode="after")
    def _rises(self) -> Recommendations:
        if not 0 < self.monitor < self.review < self.block:
            raise ValueError("recommendations rise from monitor to block")
        return self


class Actions(_Part):
    """What is to be done with each recommendation, as stable words."""

    approve: list[str]
    monitor: list[str]
    review: list[str]
    block: list[str]


class EnginePolicy(_Part):
    """`hard_from`: a score that overrides the others, None: never; `without`: the least while it is lost."""

    confidence: Unit
    hard_from: Unit | None
    without: _Choice


class Engines(_Part):
    """All there are."""

    ml_model: EnginePolicy
    rule_engine: EnginePolicy
    velocity: EnginePolicy
    device: EnginePolicy
    network: EnginePolicy

    def of(self, engine: str) -> EnginePolicy:
        """By its name."""
        found: EnginePolicy = getattr(self, engine)
        return found


class MlPolicy(_Part):
    """See `engines.ml`. `holidays`: days of UTC, for `features`."""

    anomaly_from: Unit
    probable_from: Unit
    new_customer_confidence: Unit
    holidays: list[date]


class Rule(_Part):
    """`score` for what is above."""

    above: Annotated[int, Field(ge=0)]
    score: Unit


class NightRule(_Part):
    """`score` from the first hour to the end of the last."""

    first_hour: Hour
    last_hour: Hour
    score: Unit


class RulesPolicy(_Part):
    """See `engines.rules`."""

    large_amount: Rule
    frequent: Rule
    far_from_home: Rule
    night: NightRule


class Limit(_Part):
    """More than so many in the window. `amount`: hundredths of the major unit."""

    payments: Count
    amount: Count
    failed: Count


class VelocityLimits(_Part):
    """By whom or what is counted."""

    customer: Limit
    card: Limit
    device: Limit
    source: Limit


class TravelPolicy(_Part):
    """See `velocity.travel`."""

    max_km_per_hour: Positive
    ignore_km: Positive


class VelocityPolicy(_Part):
    """See `engines.velocity`."""

    window_seconds: Count
    place_seconds: Count
    each: Unit
    limits: VelocityLimits
    travel: TravelPolicy


class DevicePolicy(_Part):
    """See `engines.device`. `remembered`: devices of a customer, the latest."""

    automation: Unit
    inconsistent: Unit
    unknown: Unit
    first: Unit
    known_from: Unit
    remembered: Count


class NetworkPolicy(_Part):
    """See `engines.network`."""

    hosting: Unit
    country_differs: Unit
    not_public: Unit
    hosting_asns: list[Annotated[int, Field(ge=1, le=2**32 - 1)]]


class Policy(_Part):
    """The whole file."""

    version: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,32}$")]
    deadline: Deadline
    least_engines: Annotated[int, Field(ge=1, le=5)]
    breaker: BreakerPolicy
    threads: Threads
    weights: Weights
    levels: Levels
    recommendations: Recommendations
    actions: Actions
    engines: Engines
    ml: MlPolicy
    rules: RulesPolicy
    velocity: VelocityPolicy
    device: DevicePolicy
    network: NetworkPolicy


@dataclass(frozen=True, slots=True)
class LoadedPolicy:
    """`version`: the file's own and the beginning of its SHA-256, so that no two files have the same."""

    policy: Policy
    version: str


def load(path: Path = DEFAULT) -> LoadedPolicy:
    """Raises ConfigurationError with the line of what is wrong."""
    try:
        content = path.read_bytes()
        tree = yaml.compose(content, Loader=yaml.SafeLoader)
    except OSError as error:
        raise ConfigurationError(f"{path.name}: cannot be read: {error.strerror}") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigurationError(f"{path.name}:{line}: is not YAML") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise ConfigurationError(f"{path.name}: is not YAML") from None
    if not isinstance(tree, yaml.MappingNode):
        raise ConfigurationError(f"{path.name}:1: names and values are expected")
    _unique(tree, path.name)
    try:
        policy = Policy.model_validate(yaml.safe_load(content))
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        first = min(found, key=lambda one: one["type"] != "extra_forbidden")  # a misspelt name rather than its absence
        where = ".".join(map(str, first["loc"]))
        raise ConfigurationError(f"{path.name}:{_line(tree, first['loc'])}: {where}: {first['msg']}") from None
    except yaml.YAMLError:
        raise ConfigurationError(f"{path.name}: has values that are not plain") from None
    return LoadedPolicy(policy, f"{policy.version}+{hashlib.sha256(content).hexdigest()[:12]}")


def _unique(node: Any, name: str) -> None:
    """YAML takes the last of two equal names without a word."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _unique(item, name)
    if not isinstance(node, yaml.MappingNode):
        return
    seen = set()
    for key, value in node.value:
        if key.value in seen:
            raise ConfigurationError(f"{name}:{key.start_mark.line + 1}: {key.value}: is there twice")
        seen.add(key.value)
        _unique(value, name)


def _line(node: Any, place: Sequence[str | int]) -> int:
    """Of the innermost part of the path that is in the file."""
    line = int(node.start_mark.line) + 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == str(step)]
            if not found:
                return line
            key, node = found[0]
            line = int(key.start_mark.line) + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = int(node.start_mark.line) + 1
    return line
