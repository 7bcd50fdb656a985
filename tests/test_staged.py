"""`--staged` scans what is about to be committed, not what lies in the work tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import git, scan

LEAK = 'import logging\n\n\ndef pay(card_number):\n    logging.info("paying %s", card_number)\n'
CLEAN = 'import logging\n\n\ndef pay(card_token):\n    logging.info("paying %s", card_token)\n'
BUCKET = """resource "aws_s3_bucket" "exports" {
  bucket = "exports"
  acl    = "public-read"
  logging {
    target_bucket = "logs"
  }
}
"""
SHIELD = """resource "aws_s3_bucket_public_access_block" "exports" {
  bucket                  = aws_s3_bucket.exports.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
"""


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    (tmp_path / "README").write_text("shop\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "start")
    return tmp_path


def commit(repo: Path, **files: str) -> None:
    for name, text in files.items():
        (repo / name.replace("__", ".")).write_text(text)
    git(repo, "add", ".")
    git(repo, "commit", "-qm", "more")


def test_nothing_staged(repo: Path) -> None:
    (repo / "app.py").write_text(LEAK)
    answer = scan(repo, "--staged")
    assert (answer.code, answer.found(), answer.json["coverage"]["files"]) == (0, [], 0)


def test_the_index_counts_and_not_the_work_tree(repo: Path) -> None:
    (repo / "app.py").write_text(LEAK)
    git(repo, "add", "app.py")
    (repo / "app.py").write_text(CLEAN)
    assert scan(repo, "--staged").found() == [("pan_logged", "app.py", 5)]
    git(repo, "add", "app.py")
    (repo / "app.py").write_text(LEAK)
    assert scan(repo, "--staged").found() == []
    assert scan(repo).found() == [("pan_logged", "app.py", 5)]
    (repo / "app.py").unlink()
    assert scan(repo, "--staged").code == 0


def test_it_works_before_the_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "app.py").write_text(LEAK)
    (tmp_path / "main.tf").write_text(BUCKET)
    git(tmp_path, "add", ".")
    assert scan(tmp_path, "--staged").found() == [("pan_logged", "app.py", 5), ("public_storage", "main.tf", 3)]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("Dockerfile", "FROM alpine:3.20\nUSER root\nENV DB_PASSWORD=correct-horse-battery\n", 3),
        ("compose.yaml", "services:\n  app:\n    environment: {DB_PASSWORD: correct-horse-battery}\n", 3),
        (".gitlab-ci.yml", "variables:\n  DB_PASSWORD: correct-horse-battery\njob:\n  script: [make]\n", 2),
        (".github/workflows/ci.yml", "on: push\nenv:\n  DB_PASSWORD: correct-horse-battery\njobs: {}\n", 3),
    ],
)
def test_a_file_that_is_new(repo: Path, name: str, text: str, line: int) -> None:
    commit(repo, __env="PORT=80\n", __dockerignore="*.md\n")
    (repo / name).parent.mkdir(parents=True, exist_ok=True)
    (repo / name).write_text(text)
    git(repo, "add", name)
    assert ("plaintext_secret", name, line) in scan(repo, "--staged").found()


def test_files_nobody_touched_are_not_reported(repo: Path) -> None:
    commit(repo, old__py=LEAK, main__tf=BUCKET)
    (repo / "new.py").write_text(CLEAN)
    git(repo, "add", "new.py")
    answer = scan(repo, "--staged")
    assert (answer.code, answer.found()) == (0, [])
    assert [item["path"] for item in answer.json["coverage"]["analysed"]] == ["new.py"]


def test_a_finding_elsewhere_is_reported_when_its_counterpart_goes(repo: Path) -> None:
    commit(repo, main__tf=BUCKET, shield__tf=SHIELD)
    assert scan(repo).found() == []
    git(repo, "rm", "-q", "shield.tf")
    assert scan(repo, "--staged").found() == [("public_storage", "main.tf", 3)]


def test_a_finding_elsewhere_is_reported_when_its_value_changes(repo: Path) -> None:
    variable = 'variable "acl" {\n  default = "%s"\n}\n'
    commit(repo, main__tf=BUCKET.replace('"public-read"', "var.acl"), vars__tf=variable % "private")
    (repo / "vars.tf").write_text(variable % "public-read")
    git(repo, "add", ".")
    assert scan(repo, "--staged").found() == [("public_storage", "main.tf", 3)]


def test_what_was_wrong_before_is_not_news_to_a_neighbour(repo: Path) -> None:
    commit(repo, main__tf=BUCKET, other__tf='resource "aws_sqs_queue" "q" {}\n')
    (repo / "other.tf").write_text('resource "aws_sqs_queue" "q" {\n  name = "q"\n}\n')
    git(repo, "add", ".")
    assert scan(repo, "--staged").found() == []
    (repo / "main.tf").write_text("# moved\n" + BUCKET)
    git(repo, "add", ".")
    assert scan(repo, "--staged").found() == [("public_storage", "main.tf", 4)]


def test_deleting_everything_is_fine(repo: Path) -> None:
    commit(repo, main__tf=BUCKET, app__py=LEAK)
    git(repo, "rm", "-q", "main.tf", "app.py")
    answer = scan(repo, "--staged")
    assert (answer.code, answer.found()) == (0, [])


def test_renamed_links_and_odd_names(repo: Path) -> None:
    commit(repo, app__py=LEAK)
    git(repo, "mv", "app.py", "with space\nand line.py")
    (repo / "link.py").symlink_to("README")
    git(repo, "add", ".")
    answer = scan(repo, "--staged")
    assert answer.found() == [("pan_logged", "with space\nand line.py", 5)]
    assert "link" in answer.reasons()["link.py"]


def test_from_a_folder_below_the_top(repo: Path) -> None:
    (repo / "sub").mkdir()
    (repo / "sub" / "app.py").write_text(LEAK)
    (repo / "top.py").write_text(LEAK)
    git(repo, "add", ".")
    assert scan(repo / "sub", "--staged").found() == [("pan_logged", "app.py", 5)]


def test_a_clean_filter_of_the_repository_is_not_run(repo: Path) -> None:
    marker = repo.parent / f"{repo.name}-filter-ran"
    commit(repo, app__py=CLEAN)
    (repo / "app.py").write_text(LEAK)
    git(repo, "add", ".")
    git(repo, "config", "filter.evil.clean", f"touch '{marker}'; cat")
    git(repo, "config", "filter.evil.smudge", f"touch '{marker}'; cat")
    (repo / ".git" / "info").mkdir(exist_ok=True)
    (repo / ".git" / "info" / "attributes").write_text("*.py filter=evil\n")
    (repo / "app.py").write_text(CLEAN)
    assert scan(repo, "--staged").found() == [("pan_logged", "app.py", 5)]
    assert scan(repo).found() == []
    assert not marker.exists()
