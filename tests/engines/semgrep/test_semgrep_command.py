"""The `semgrep` command finds what the core finds, whatever the files are called and whoever wants them ignored."""

from __future__ import annotations

from pathlib import Path

import pytest
from semgrep_samples import MD5, rule, scan

from scanner.engines.semgrep import Tools
from scanner.engines.semgrep.command import lay_out
from scanner.engines.semgrep.targets import Prepared
from scanner.errors import RuleError
from scanner.model import Report

TOOLS = Tools.find()
needs_both = pytest.mark.skipif(
    TOOLS.core is None or not TOOLS.commands,
    reason="NOT CHECKED: needs semgrep-core and the semgrep command (pip install semgrep)",
)

RULES = [
    rule("weak.python", "python", pattern=MD5),
    rule("weak.javascript", "javascript", "typescript", pattern="hash.md5($X)"),
    rule("weak.java", "java", pattern="hash.md5($X);"),
    rule("weak.go", "go", pattern="hash.md5($X)", paths={"exclude": ["/vendor/"]}),
    rule("word.text", "regex", pattern_regex=r"md5\("),
    rule(
        "leak.python",
        "python",
        mode="taint",
        pattern_sources=[{"pattern": "$R.args[...]"}],
        pattern_sinks=[{"pattern": "log.info($X)"}],
        message="$X is logged",
    ),
]
GO = "package a\nfunc f() { hash.md5(a) }\n"
FILES: dict[str, str | bytes] = {
    "src/a.py": "import hashlib\ndef f(request):\n    card = request.args['pan']\n    log.info(card)  # nosemgrep\n",
    "tests/-b.py": "import hashlib\nhashlib.md5('é'); hashlib.md5(x)\n",
    "node_modules/n\nl.py": "import hashlib\nhashlib.md5(x)\n",
    "bin/tool": "#!/usr/bin/env python3\nimport hashlib\nhashlib.md5(x)\n",
    "latin.py": b"import hashlib\nhashlib.md5('\xe9')\n",
    "a.js": "hash.md5(a);\n",
    "dist/a.min.js": "hash.md5(a);\n",
    "a.tsx": "const a = <p>{hash.md5(a as any)}</p>;\n",
    "a.mts": "const a: number = hash.md5(a);\n",
    "a.vue": "<template>{{ hash.md5(x) }}</template>\n<script lang='ts'>\nconst a: X = hash.md5(a)\n</script>\n",
    "A.java": "class A { void f() { hash.md5(a); } }\n",
    "a.go": GO,
    "vendor/a.go": GO,
    "broken.js": "hash.md5(a);\nfunction f( {\n  }}}\nhash.md5(b);\n",
    ".semgrepignore": "*\n# md5(\n",
    ".gitignore": "*\n",
    "notes": "md5(\n",
}


def facts(reports: dict[str, Report]) -> dict[str, object]:
    """All but the traces, which the command does not print."""
    return {
        path: ([(hit.rule, hit.place, hit.message) for hit in report.hits], report.problems)
        for path, report in reports.items()
    }


@needs_both
def test_core_and_command_find_the_same(tmp_path: Path) -> None:
    direct = scan(tmp_path / "direct", RULES, FILES, Tools(TOOLS.core, ()))
    through = scan(tmp_path / "through", RULES, FILES, Tools(None, TOOLS.commands))
    assert facts(through) == facts(direct)
    hits = {(path, hit.rule) for path, report in direct.items() for hit in report.hits}
    assert {
        ("src/a.py", "leak.python"),
        ("tests/-b.py", "weak.python"),
        ("node_modules/n\nl.py", "weak.python"),
        ("bin/tool", "weak.python"),
        ("a.vue", "weak.javascript"),
        ("A.java", "weak.java"),
        ("a.go", "weak.go"),
        (".semgrepignore", "word.text"),
    } <= hits
    assert ("vendor/a.go", "weak.go") not in hits
    assert direct["broken.js"].problems


@needs_both
def test_both_refuse_the_same_rule(tmp_path: Path) -> None:
    broken = [*RULES, rule("bad.python", "python", pattern="def foo(((")]
    for name, tools in (("direct", Tools(TOOLS.core, ())), ("through", Tools(None, TOOLS.commands))):
        with pytest.raises(RuleError, match=r"semgrep/bad/python\.yaml: rule bad\.python: "):
            scan(tmp_path / name, broken, {"a.py": "foo\n"}, tools)


def test_the_tree_for_the_command_stays_in_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x\n")
    paths = [
        "../out.py",
        "/abs.py",
        "a/../../b.py",
        "n\nl.py",
        "a.py",
        "a.py",
        "0.py",
        ".semgrepignore",
        "s/.gitignore",
    ]
    items = [Prepared(path, str(file), (("python", str(file)),), 2) for path in paths]
    names = lay_out(items, tmp_path / "tree")
    assert len(names) == len(paths)
    assert set(names.values()) == {str(file)}
    laid = {path.relative_to(tmp_path / "tree").as_posix() for path in (tmp_path / "tree").rglob("*") if path.is_file()}
    assert laid == {*names, ".semgrepignore"}
    assert (tmp_path / "tree" / ".semgrepignore").read_bytes() == b""
    assert not {path.name for path in tmp_path.iterdir()} - {"file", "tree"}


def test_a_file_gone_before_it_is_copied_is_left_out(tmp_path: Path) -> None:
    item = Prepared("a.py", str(tmp_path / "gone"), (("python", str(tmp_path / "gone")),), 0)
    assert lay_out([item], tmp_path / "tree") == {}
