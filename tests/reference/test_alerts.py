"""The alert rules under Prometheus' own promtool, on made-up series; `test_watching` has those of the service."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from reference_impl.keys.model import CRYPTOPERIOD
from reference_impl.observability import dashboard
from reference_impl.observability.metrics import Metrics
from reference_impl.observability.model import Closed

HERE = Path(__file__).parent / "alerts"
PART = Path(dashboard.__file__).parent
RULES = PART / "alerts" / "rules.yaml"


def promtool(*arguments: object) -> subprocess.CompletedProcess[str]:
    program = shutil.which("promtool")
    if program is None:
        pytest.skip("promtool is not on PATH; make services installs it")
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False)


def expressions() -> dict[str, str]:
    groups = yaml.safe_load(RULES.read_text())["groups"]
    return {rule["alert"]: rule["expr"] for group in groups for rule in group["rules"]}


def test_the_rules_are_rules() -> None:
    done = promtool("check", "rules", "--lint=all", "--lint-fatal", RULES)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", sorted(HERE.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_spike_fires_and_nothing_else_does(file: Path) -> None:
    done = promtool("test", "rules", file)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_rule_is_seen_to_fire() -> None:
    fired = set()
    for file in HERE.glob("*.yaml"):
        for test in yaml.safe_load(file.read_text())["tests"]:
            fired |= {one["alertname"] for one in test.get("alert_rule_test", ()) if one["exp_alerts"]}
    assert fired == set(expressions())


def test_a_key_may_be_as_old_as_its_period() -> None:
    assert f"> {CRYPTOPERIOD.days + 1} * 86400" in expressions()["KeyTooOld"]


def names_and_labels(query: str) -> set[tuple[str, str, str]]:
    """Every metric a query names, with each label and value it compares."""
    found = set()
    for name, matchers in re.findall(r"(payment_[a-z_]+)(?:\{([^}]*)\})?", query):
        found |= {(name, label, value) for label, value in re.findall(r'(\w+)!?=~?"([^"]*)"', matchers)}
        found.add((name, "", ""))
    return found


@pytest.mark.parametrize("source", ["rules", "dashboard"])
def test_every_metric_and_label_that_is_asked_for_exists(source: str) -> None:
    metrics = Metrics()
    registry = metrics.registry
    metrics.request("GET", Closed(["/v1/tokens"]).of("/v1/tokens"), 200, 0.1)
    families = {sample.name: family for family in registry.collect() for sample in family.samples}
    gauges = {family.name: family for family in registry.collect() if family.type == "gauge"}
    queries = expressions().values() if source == "rules" else [q for p in dashboard.PANELS for q, _ in p.queries]
    asked = {one for query in queries for one in names_and_labels(query)}
    assert len(asked) > 10
    for name, label, wanted in asked:
        assert name in families or name in gauges, name
        if not label or name in gauges or label == "status":
            continue
        values = {sample.labels.get(label, "") for sample in families[name].samples}
        for alternative in wanted.split("|"):
            assert any(re.fullmatch(alternative, value) for value in values), (name, label, alternative)


def test_the_dashboard_is_the_one_that_is_written_down() -> None:
    assert (PART / "dashboard.json").read_text() == dashboard.text()
    places = [tuple(panel["gridPos"].values()) for panel in json.loads(dashboard.text())["panels"]]
    assert len(set(places)) == len(places)


def fires(before: dict[str, float], after: dict[str, float], alert: str, folder: Path) -> bool:
    """Whether promtool, five minutes of one and five of the other, says so."""
    series = [{"series": name, "values": f"{before.get(name, 0)}x5 {value}x5"} for name, value in after.items()]
    wanted = {"expr": f'count(ALERTS{{alertname="{alert}",alertstate="firing"}})', "eval_time": "8m"}
    outcomes = []
    for samples in ([], [{"labels": "{}", "value": 1}]):
        test = {"interval": "1m", "input_series": series, "promql_expr_test": [{**wanted, "exp_samples": samples}]}
        file = folder / "test.yaml"
        file.write_text(yaml.safe_dump({"rule_files": [str(RULES)], "evaluation_interval": "30s", "tests": [test]}))
        outcomes.append(promtool("test", "rules", file).returncode == 0)
    assert sorted(outcomes) == [False, True]
    return outcomes[1]
