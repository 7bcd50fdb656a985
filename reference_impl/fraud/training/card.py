"""The model card (Mitchell et al., 2019): what the models are for, learned from what, how good, for whom less so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from reference_impl.fraud.training.classifier import Agreement
from reference_impl.fraud.training.metrics import TOP, Bin, Figures
from reference_impl.fraud.training.segments import Segment

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Card:
    """`unknown`: frauds of the training slice that nobody had reported when training began, learned as genuine."""

    version: str
    data: Mapping[str, int]
    made_with: Mapping[str, str]
    split: Mapping[str, int]
    payments: Mapping[str, int]
    frauds: Mapping[str, int]
    unknown: int
    compared: Mapping[str, Figures]
    reliability: Sequence[Bin]
    threshold: float
    segments: Sequence[Segment]
    agreement: Agreement
    largest_difference: float


def as_json(card: Card) -> str:
    """For programs; what is no number is null."""
    plain = _plain(asdict(card)) | {"largest_difference": float(f"{card.largest_difference:.1e}")}
    return json.dumps(plain, indent=1, sort_keys=True, allow_nan=False) + "\n"


def markdown(card: Card) -> str:
    """For people."""
    ours = next(iter(card.compared.values()))
    return f"""# Fraud models {card.version}

**What they do.** Gradient-boosted trees give the probability that a payment is a fraud, an isolation forest says how
unlike others it is. Both see the 23 features of `fraud/features.py`, and nothing that names a person or a card. They
are one of five engines; people decide appeals.

**What they were trained on.** Simulated payments (seed {card.data["seed"]}, {card.data["customers"]} customers,
{card.data["merchants"]} merchants, {card.data["days"]} days), made up by `fraud/simulation`. The figures below compare
models with each other. **They say nothing of real payments**: train on your own before you rely on them. The share of
frauds is ten times what merchants see, and card precision depends on it.

**Split by time.** Days {_range(card.split, "train", "calibrate")} training, {_range(card.split, "calibrate", "delay")}
calibration, {_range(card.split, "delay", "test")} left out while chargebacks arrive, {
        _range(card.split, "test", "end")
    }
test. Labels are those known on day {card.split["test"]}; {card.unknown} frauds of the training days were not, and were
learned as genuine. The test is judged by the truth, without cards already known to be compromised.

{_table(("slice", "payments", "frauds"), ((name, card.payments[name], card.frauds[name]) for name in card.payments))}

## How good

Trained on the same rows and judged on the same payments. Card precision@{TOP} is the Handbook's; knowing everything
would reach {ours.best_card_precision:.3f} here.

{
        _table(
            ("model", "AUC", "average precision", f"card precision@{TOP}", "Brier score"),
            (
                (name, found.auc, found.average_precision, found.card_precision, found.brier)
                for name, found in card.compared.items()
            ),
        )
    }

## Calibration

Of the gradient-boosted trees, after Platt scaling on the calibration slice.

{
        _table(
            ("said, from", "to", "payments", "said, mean", "frauds among them"),
            ((each.low, each.high, each.payments, each.predicted, each.observed) for each in card.reliability),
        )
    }

## For whom less so

False alarms and frauds found at a probability of {card.threshold:g}. A scenario is judged against all genuine payments.

{
        _table(
            ("segment", "payments", "frauds", "AUC", "average precision", "said, mean", "false alarms", "found"),
            (tuple(asdict(each).values()) for each in card.segments),
        )
    }

## Explanations

Contributions are how much the mean of the training payments changes with each split on the way to a leaf. With the
base they add up to the logit of the probability. They are no Shapley values: for the {card.agreement.payments} most
suspicious payments their correlation with exact TreeSHAP values is {card.agreement.correlation:.3f}, and the feature
that speaks most for a fraud is the same in {card.agreement.same_first:.1%}.

## Made with

{", ".join(f"{name} {version}" for name, version in sorted(card.made_with.items()))}. As served, probabilities and
percentiles differ from those of the trained models by {card.largest_difference:.1e} at most.
"""


def _range(split: Mapping[str, int], begin: str, end: str) -> str:
    return f"{split[begin]}–{split[end] - 1}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return "–" if value != value else f"{value:.{_DIGITS}f}"  # noqa: PLR0124


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return None if value != value else round(value, _DIGITS)  # noqa: PLR0124
    return value
