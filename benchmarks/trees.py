"""The trees that are scanned: published packages, unpacked and never installed or run, and the demo shop."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import terraform_files

CHECKOUT = Path(__file__).resolve().parent.parent
BENCH = CHECKOUT / ".bench"
SHOP = CHECKOUT / "tests" / "corpus" / "insecure_shop"

_SUFFIXES = (".py", ".js", ".ts")
_TOO_LARGE = 1_000_000  # bytes: `semgrep scan` leaves larger files out, so nobody gets them


@dataclass(frozen=True, slots=True)
class Package:
    """A published archive. `parts`: the folders in it that are used. `cut`: leading folders that are dropped."""

    name: str
    version: str
    file: str
    sha256: str
    parts: tuple[str, ...]
    cut: int = 0


PYTHON = (
    Package(
        "django",
        "5.2.8",
        "django-5.2.8-py3-none-any.whl",
        "37e687f7bd73ddf043e2b6b97cfe02fcbb11f2dbb3adccc6a2b18c6daa054d7f",
        ("django/",),
    ),
    Package(
        "django-oscar",
        "4.0",
        "django_oscar-4.0-py3-none-any.whl",
        "71e5f6bcd28ca2cc58765003dc2fe8a74839c9cf58e8a4933c8dd905ea167a9e",
        ("oscar/",),
    ),
    Package(
        "stripe",
        "13.2.0",
        "stripe-13.2.0-py3-none-any.whl",
        "e7d18bd44bab1812bc4e9e75da4ceacedd587f71737bb9193955edf420605f88",
        ("stripe/",),
    ),
    Package(
        "twisted",
        "25.5.0",
        "twisted-25.5.0-py3-none-any.whl",
        "8559f654d01a54a8c3efe66d533d43f383531ebf8d81d9f9ab4769d91ca15df7",
        ("twisted/web/", "twisted/cred/", "twisted/mail/"),
    ),
)
NODE = (
    Package(
        "@medusajs/medusa",
        "2.21.2",
        "medusajs-medusa-2.21.2.tgz",
        "7e8dafaadf833fb200044dc1b9f6ce2cb56f493c5a89391849e86b0022af749c",
        ("package/dist/api/store/", "package/dist/api/auth/", "package/dist/commands/", "package/dist/modules/"),
        cut=2,
    ),
    Package(
        "rxjs",
        "7.8.2",
        "rxjs-7.8.2.tgz",
        "2312f8ffd9726ffd7bd53ea12c5f13663d09a3dc3326f448c70b88f5ef6fac82",
        ("package/src/",),
        cut=1,
    ),
)


@dataclass(frozen=True, slots=True)
class Tree:
    """A git repository with everything committed. `files` and `size` (bytes) count source files."""

    path: Path
    files: int
    size: int

    @property
    def summary(self) -> str:
        """Its size in words."""
        return f"{self.files} files, {self.size / 1e6:.1f} MB"


def big_tree(node: bool) -> Tree:
    """Django, a shop, a payment client, a server, and JavaScript and TypeScript with `node`.

    Raises subprocess.CalledProcessError when a package cannot be fetched, ValueError when it is not what was pinned.
    """
    packages = PYTHON + (NODE if node else ())
    place = _fresh("mixed")
    for package in packages:
        archive = _fetched(package)
        for name, content in _members(archive):
            if _wanted(package, name, content):
                target = place / package.file.split("-")[0] / Path(*PurePosixPath(name).parts[package.cut :])
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
    return _committed(place)


def shop_tree() -> Tree:
    """A copy of the demo shop: Python, TypeScript, Java, Go, Terraform, Kubernetes and SQL."""
    place = _fresh("shop")
    shutil.copytree(SHOP, place, dirs_exist_ok=True)
    return _committed(place)


def terraform_tree(lines: int = 100_000) -> Tree:
    """About that many lines of Terraform in root modules that call shared ones, made up."""
    place = _fresh("terraform")
    terraform_files.write(place, lines)
    return _committed(place)


def git(tree: Path, *arguments: str) -> None:
    """Run git in a tree, as nobody in particular and without anybody's settings. Raises CalledProcessError."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "bench" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    subprocess.run(["git", "-C", str(tree), *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)


def _fresh(name: str) -> Path:
    place = BENCH / "trees" / name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    return place


def _committed(place: Path) -> Tree:
    # what `semgrep scan` leaves out by default (tests and the like) it scans with an empty list: the same work for all
    (place / ".semgrepignore").write_text("")
    sizes = [path.stat().st_size for path in place.rglob("*") if path.is_file()]
    git(place, "init", "--quiet")
    git(place, "add", "--all")
    git(place, "commit", "--quiet", "--message", "all")
    return Tree(place, len(sizes) - 1, sum(sizes))


def _fetched(package: Package) -> Path:
    """The archive in the cache, fetched if need be and checked each time."""
    folder = BENCH / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / package.file
    if not archive.exists():
        print(f"fetching {package.name} {package.version}", file=sys.stderr)
        subprocess.run(_fetch_command(package), cwd=folder, check=True, stdout=sys.stderr)
    if hashlib.sha256(archive.read_bytes()).hexdigest() != package.sha256:
        raise ValueError(f"{archive} is not the {package.name} {package.version} that was pinned: delete it")
    return archive


def _fetch_command(package: Package) -> Sequence[str]:
    if package in NODE:
        return ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    return [*pip, "--no-deps", "--only-binary", ":all:", f"{package.name}=={package.version}"]


def _members(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Regular files of an archive: name and content."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            yield from ((name, wheel.read(name)) for name in wheel.namelist() if not name.endswith("/"))
        return
    with tarfile.open(archive) as tarball:
        for member in tarball:
            opened = tarball.extractfile(member) if member.isfile() else None
            if opened is not None:
                yield member.name, opened.read()


def _wanted(package: Package, name: str, content: bytes) -> bool:
    return (
        name.startswith(package.parts)
        and ".." not in PurePosixPath(name).parts
        and name.endswith(_SUFFIXES)
        and not name.endswith((".min.js", ".d.ts"))
        and "/static/oscar/js/" not in name  # bundled libraries, half of them minified
        and len(content) <= _TOO_LARGE
    )
