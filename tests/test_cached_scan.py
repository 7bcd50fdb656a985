"""A cached scan and a fresh one say the same, byte for byte, and what changed is looked at again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from tests.command import paylint, scan
from tests.test_corpus import expanded


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = expanded(tmp_path / "shop")
    past = time.time() - 3600
    for path in folder.rglob("*"):
        os.utime(path, (past, past))
    return folder


def both(folder: Path, *arguments: str | Path) -> tuple[str, str]:
    return scan(folder, *arguments).out, scan(folder, "--no-cache", *arguments).out


def rows(cache: Path) -> int:
    with sqlite3.connect(cache / "cache.sqlite3") as database:
        return int(database.execute("select count(*) from results").fetchone()[0])


def test_cold_warm_and_fresh_are_identical_in_every_format(shop: Path) -> None:
    for fmt in ("json", "sarif", "text"):
        cold = paylint("scan", "--format", fmt, cwd=shop).out
        warm = paylint("scan", "--format", fmt, cwd=shop).out
        fresh = paylint("scan", "--format", fmt, "--no-cache", cwd=shop).out
        assert cold == warm == fresh
    assert scan(shop, "--jobs", "1", "--no-cache").out == scan(shop, "--jobs", "2", "--no-cache").out


def test_an_edit_is_seen_however_it_is_dated(shop: Path) -> None:
    first = scan(shop)
    target = (
        shop / "services/checkout/app/vault.py"
        if (shop / "services/checkout/app/vault.py").exists()
        else next(shop.rglob("*.py"))
    )
    stat = target.stat()
    target.write_text(target.read_text() + "\n\ndef leak(card_number):\n    print(card_number)\n")
    os.utime(target, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    warm, fresh = both(shop)
    assert warm == fresh != first.out
    target.unlink()
    warm, fresh = both(shop)
    assert warm == fresh


def test_moving_a_tree_does_not_carry_its_results_wrongly(shop: Path) -> None:
    scan(shop)
    moved = shop.parent / "moved"
    shutil.move(shop, moved)
    (moved / "services").rename(moved / "backend")
    warm, fresh = both(moved)
    assert warm == fresh and "backend/" in warm


def test_settings_and_policies_take_effect_on_cached_results(shop: Path) -> None:
    scan(shop)
    (shop / "paylint.yaml").write_text('settings: {minimum_tls_version: "1.3"}\n')
    stricter, fresh = both(shop)
    assert stricter == fresh
    assert stricter.count('"weak_tls_version"') > scan(shop, "--config", os.devnull).out.count('"weak_tls_version"')
    for arguments in (
        ["--policy", "pan_logged"],
        ["--policy", "!pan_logged"],
        ["--engine", "rego"],
        ["--fail-on", "critical"],
    ):
        warm, fresh = both(shop, *arguments)
        assert warm == fresh


def test_a_changed_rule_invalidates_its_own_language_only(shop: Path, tmp_path: Path) -> None:
    cache = Path(os.environ["PAYLINT_CACHE_DIR"])
    rules = tmp_path / "rules"
    rules.mkdir()
    rule = "rules:\n- {id: own, languages: [go], message: own rule, severity: ERROR, pattern: %s}\n"
    (rules / "own.yaml").write_text(rule % "fmt.Nothing()")
    scan(shop, "--rules", rules)
    before = rows(cache)
    (rules / "own.yaml").write_text(rule % "log.Printf(...)")
    warm, fresh = both(shop, "--rules", rules)
    assert warm == fresh and '"own"' in warm
    assert rows(cache) == before  # files keep one row each; units were not evaluated anew


def test_a_changed_module_invalidates_its_unit(tmp_path: Path) -> None:
    module = tmp_path / "modules" / "bucket"
    module.mkdir(parents=True)
    logging = '  logging {\n    target_bucket = "logs"\n  }\n'
    bucket = f'variable "acl" {{}}\nresource "aws_s3_bucket" "b" {{\n  acl = %s\n{logging}}}\n'
    (tmp_path / "main.tf").write_text('module "b" {\n  source = "./modules/bucket"\n  acl    = "private"\n}\n')
    (module / "main.tf").write_text(bucket % "var.acl")
    assert scan(tmp_path).found() == []
    (module / "main.tf").write_text(bucket % '"public-read"')
    assert scan(tmp_path).found() == [("public_storage", "modules/bucket/main.tf", 3)]
    (tmp_path / "main.tf").write_text('module "b" {\n  source = "./modules/bucket"\n  acl    = "public-read"\n}\n')
    (module / "main.tf").write_text(bucket % "var.acl")
    warm, fresh = both(tmp_path)
    assert warm == fresh and "public_storage" in warm


def test_an_incomplete_answer_is_never_kept(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "x" {\n')
    for _ in range(3):
        assert scan(tmp_path).code == 3
    (tmp_path / "main.tf").write_text('resource "x" "y" {}\n')
    assert scan(tmp_path).code == 0


def test_expiry_is_decided_on_the_day_of_the_scan(tmp_path: Path) -> None:
    comment = "# paylint: ignore[pan_logged] accepted until {}"
    (tmp_path / "a.py").write_text(f"print(card_number)  {comment.format('2999-01-01')}\n")
    assert scan(tmp_path).found() == []
    (tmp_path / "a.py").write_text(f"print(card_number)  {comment.format('2001-01-01')}\n")
    assert ("pan_logged", "a.py", 1) in scan(tmp_path).found()


def test_scans_at_once_do_not_disturb_each_other(shop: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        outputs = {answer.out for answer in pool.map(lambda _: scan(shop), range(4))}
    assert len(outputs) == 1


def test_what_a_file_mentions_is_asked_again_when_rules_swap_what_they_look_for(tmp_path: Path) -> None:
    project, rules = tmp_path / "project", tmp_path / "rules"
    project.mkdir()
    rules.mkdir()
    (project / "a.py").write_text("zzbeta(1)\n")
    (project / "a.js").write_text("zzbeta(1);\n")
    rule = "- {id: own_%s, languages: [%s], message: m, severity: ERROR, pattern: zzbeta($X), metadata: {mentions: %s}}"
    for python, javascript in (("zzalpha", "zzbeta"), ("zzbeta", "zzalpha")):
        written = [rule % (name, name, mentions) for name, mentions in (("python", python), ("javascript", javascript))]
        (rules / "own.yaml").write_text("\n".join(["rules:", *written]) + "\n")
        warm, fresh = both(project, "--rules", rules)
        assert warm == fresh
        assert [policy for policy, _, _ in scan(project, "--rules", rules).found()] == [
            "own_python" if python == "zzbeta" else "own_javascript"
        ]
