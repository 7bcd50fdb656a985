"""A small training from end to end, and the figures by hand."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from re import fullmatch

import numpy as np
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from reference_impl.fraud import manifest, shipped
from reference_impl.fraud.features import NAMES
from reference_impl.fraud.predictor import OnnxPredictor
from reference_impl.fraud.simulation.world import Size
from reference_impl.fraud.training import other_seeds
from reference_impl.fraud.training.__main__ import main
from reference_impl.fraud.training.data import Dataset
from reference_impl.fraud.training.inputs import OWNERS, inputs_of
from reference_impl.fraud.training.metrics import Figures, card_precision, figures, reliability
from reference_impl.fraud.training.run import TOLERANCE, Trained, train
from reference_impl.fraud.training.split import Split

SIZE = Size(300, 100, 54)
KEY = Ed25519PrivateKey.generate()


@cache
def trained() -> Trained:
    return train(SIZE, 3)


def rows(day: list[float], card: list[int], fraud: list[int], reported: list[float] | None = None) -> Dataset:
    return Dataset(
        np.zeros((len(day), 23), np.float32),
        np.array(day),
        np.array(card),
        np.array(fraud, np.bool_),
        np.array(reported or [np.inf] * len(day)),
        np.array([""] * len(day)),
    )


def test_the_command_makes_the_same_bytes_again_and_signs_them(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    key.chmod(0o600)
    size = ["--seed", "3", "--customers", "300", "--merchants", "100", "--days", "54"]
    done = CliRunner().invoke(main, [str(tmp_path / "models"), *size, "--signing-key", str(key)])
    assert done.exit_code == 0, done.output
    models = manifest.verified(tmp_path / "models", KEY.public_key())
    assert models.files == trained().models.files
    assert models.manifest.version == trained().models.manifest.version
    assert OnnxPredictor(manifest.verified(tmp_path / "models", KEY.public_key())).version == models.manifest.version
    assert done.stdout.strip() == models.files[manifest.CARD].decode().strip()
    assert fullmatch(r"[0-9]+ s of processor time\n", done.stderr)


def test_a_key_others_may_read_signs_nothing(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    key.chmod(0o644)
    done = CliRunner().invoke(main, [str(tmp_path / "models"), "--signing-key", str(key)])
    assert (done.exit_code, (tmp_path / "models").exists()) == (1, False)


def test_what_is_served_is_what_was_trained() -> None:
    assert trained().largest_difference < TOLERANCE
    assert trained().compared["gradient-boosted trees"].auc > 0.7


def test_the_card_says_what_it_has_to() -> None:
    card = json.loads(trained().models.files[manifest.CARD_JSON])
    assert card["data"] == {"seed": 3, "customers": 300, "merchants": 100, "days": 54}
    baselines = {"logistic regression", "random forest"}
    assert set(card["compared"]) >= {
        "gradient-boosted trees",
        *baselines,
        *(f"{name}, same inputs" for name in baselines),
    }
    assert card["strange"]["percentile"] == 0.95 and 0 <= card["strange"]["false_alarms"] < 0.2
    assert {"auc", "average_precision", "card_precision", "brier"} <= set(card["compared"]["random forest"])
    assert sum(part["payments"] for part in card["reliability"]) == card["payments"]["test"]
    groups = {segment["name"].split(":")[0] for segment in card["segments"]}
    assert groups == {"funding", "country", "customer", "amount", "scenario"}
    text = trained().models.files[manifest.CARD].decode()
    assert trained().models.manifest.version in text and "| nan |" not in text


def test_the_classifier_branches_on_differences_and_on_nothing_that_names_a_merchant() -> None:
    features = np.random.default_rng(1).normal(0, 9, (50, len(NAMES))).astype(np.float32)
    column = dict(zip(NAMES, features.T, strict=True))
    made = inputs_of(features)
    to_usual = column["amount"] - column["customer_average_amount"]
    differences = (
        to_usual,
        to_usual - column["merchant_average_amount"],
        column["customer_payments"] - column["customer_days_since_first"],
    )
    assert made.dtype == np.float32
    assert (made[:, -3:] == np.column_stack(differences)).all(), "to the last bit"
    kept = [NAMES[owner] for owner in OWNERS[:-3]]
    assert (made[:, :-3] == np.column_stack([column[name] for name in kept])).all()
    assert {*NAMES} - {*kept} == {
        "description_length",
        "merchant_average_amount",
        "merchant_refund_rate",
        "merchant_days_since_registration",
    }
    assert [NAMES[owner] for owner in OWNERS[-3:]] == ["amount", "amount", "customer_payments"]


def test_how_much_is_luck_of_the_seed_is_written_down() -> None:
    def found(of: float) -> dict[str, Figures]:
        return {"gradient-boosted trees": Figures(of, of / 2, of / 4, 1.0, 0.01)}

    text = other_seeds.markdown({7: found(0.8), 8: found(1.0)})
    assert "| 7 | 0.8000 | 0.4000 | 0.2000 | 0.0100 |" in text
    assert "| mean | 0.9000 | 0.4500 | 0.2250 | 0.0100 |" in text
    assert "| standard deviation | 0.1414 | 0.0707 | 0.0354 | 0.0000 |" in text
    published = (shipped.FOLDER / "other_seeds.md").read_text("utf-8")
    assert all(f"| {seed} | " in published for seed in other_seeds.SEEDS)
    assert not {1, 11, 12, 13, 14} & {*other_seeds.SEEDS}, "nor those that something was chosen on"


def test_training_sees_only_what_was_known_then() -> None:
    split = Split(train=1, calibrate=3, delay=4, test=5, end=7)
    data = rows([0.5, 1.5, 2.5, 3.5, 4.5, 5.5], [1, 2, 3, 4, 5, 6], [1] * 6, [1, 4.9, 5.1, 4, 5, 6])
    learned, known = split.training(data)
    assert (learned.card.tolist(), known.tolist()) == ([2, 3], [True, False])
    later, known = split.calibration(data)
    assert (later.card.tolist(), known.tolist()) == ([4], [True])
    assert split.testing(data).card.tolist() == [6]


def test_slices_follow_each_other_and_none_overlap() -> None:
    split = Split.of(90)
    assert split.named() == {"train": 20, "calibrate": 55, "delay": 60, "test": 70, "end": 90}


def test_cards_known_to_be_compromised_when_the_day_begins_are_not_tested() -> None:
    split = Split(0, 1, 2, 3, 9)
    data = rows([1, 3.5, 4.5, 4.6, 4.7], [1, 1, 2, 1, 3], [1, 1, 0, 1, 1], [4, 5, np.inf, np.inf, 4.1])
    assert split.testing(data).day.tolist() == [3.5, 4.5, 4.6, 4.7], "reported at the fourth day's first second"
    data = rows([1, 3.5, 4.5, 4.6], [1, 1, 2, 1], [1, 1, 0, 1], [3.9, 5, np.inf, np.inf])
    assert split.testing(data).day.tolist() == [3.5, 4.5]


def test_card_precision_by_hand() -> None:
    """Two days, the top two of three cards; what the first day finds is out of the second."""
    data = rows([0.1, 0.2, 0.3, 0.4, 1.1, 1.2, 1.3], [1, 1, 2, 3, 1, 2, 3], [0, 1, 0, 1, 1, 1, 1])
    scores = np.array([0.1, 0.9, 0.8, 0.2, 0.9, 0.5, 0.4])
    assert card_precision(data, scores, top=2) == pytest.approx((1 / 2 + 2 / 2) / 2)
    assert card_precision(data, -scores, top=1) == pytest.approx((1 / 1 + 1 / 1) / 2)


def test_figures_and_reliability_by_hand() -> None:
    data = rows([0.0, 0.1, 0.2, 0.3], [1, 2, 3, 4], [0, 1, 0, 1])
    scores = np.array([0.05, 0.95, 0.5, 0.7])
    found = figures(data, scores)
    assert (found.auc, found.average_precision, found.best_card_precision) == (1.0, 1.0, 2 / 100)
    assert found.brier == pytest.approx((0.05**2 * 2 + 0.5**2 + 0.3**2) / 4)
    bins = reliability(data, scores)
    assert [(part.low, part.payments, part.observed) for part in bins] == [
        (0.03, 1, 0.0),
        (0.3, 1, 0.0),
        (0.6, 1, 1.0),
        (0.9, 1, 1.0),
    ]
