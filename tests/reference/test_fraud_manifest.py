"""Models that nobody signed, or that are not those that were signed, are not loaded."""

from __future__ import annotations

import ast
import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reference_impl.errors import IntegrityError
from reference_impl.fraud import manifest, shipped
from reference_impl.fraud.predictor import OnnxPredictor

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = Ed25519PrivateKey.generate()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    models = manifest.unsigned(shipped.FOLDER)
    manifest.write(tmp_path / "models", models.manifest, models.files)
    manifest.sign(tmp_path / "models", KEY)
    return tmp_path / "models"


def changed(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        content = bytearray((folder / name).read_bytes())
        content[len(content) // 2] ^= 1
        (folder / name).write_bytes(content)

    return change


def missing(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def signed_by_another(folder: Path) -> None:
    manifest.sign(folder, Ed25519PrivateKey.generate())


def signed_for_something_else(folder: Path) -> None:
    signature = KEY.sign((folder / "manifest.json").read_bytes())
    (folder / "manifest.sig").write_bytes(b64encode(signature))


def swapped(folder: Path) -> None:
    first, second = (folder / name for name in (manifest.CLASSIFIER, manifest.ANOMALY))
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)


def written_anew(folder: Path) -> None:
    models = manifest.unsigned(folder)
    manifest.write(folder, models.manifest, models.files)


def test_what_was_signed_is_served(folder: Path) -> None:
    predictor = OnnxPredictor(manifest.verified(folder, KEY.public_key()))
    assert predictor.version == manifest.unsigned(shipped.FOLDER).manifest.version


@pytest.mark.parametrize(
    "harm",
    [
        *(changed(name) for name in ("manifest.json", "manifest.sig", "classifier.onnx", "anomaly.onnx", "card.md")),
        *(missing(name) for name in ("manifest.json", "manifest.sig", "classifier.onnx", "card.json")),
        signed_by_another,
        signed_for_something_else,
        swapped,
        written_anew,
    ],
)
def test_nothing_else_is(folder: Path, harm: Callable[[Path], None]) -> None:
    harm(folder)
    with pytest.raises(IntegrityError):
        OnnxPredictor(manifest.verified(folder, KEY.public_key()))


@pytest.mark.parametrize("content", ["", "[]", "{}", "null", '{"files": {}}'])
def test_a_signature_does_not_make_a_manifest(folder: Path, content: str) -> None:
    (folder / "manifest.json").write_text(content)
    (folder / "manifest.sig").write_bytes(b64encode(KEY.sign(manifest._PURPOSE + content.encode())))
    with pytest.raises(IntegrityError):
        OnnxPredictor(manifest.verified(folder, KEY.public_key()))


def test_a_manifest_names_no_file_outside_its_folder(folder: Path) -> None:
    (folder.parent / "outside").write_bytes(b"outside")
    described = json.loads((folder / "manifest.json").read_bytes())
    described["files"]["../outside"] = manifest.digest(b"outside")
    (folder / "manifest.json").write_text(json.dumps(described))
    with pytest.raises(IntegrityError):
        manifest.sign(folder, KEY)


def test_other_features_are_refused(folder: Path) -> None:
    described = json.loads((folder / "manifest.json").read_bytes())
    described["features"][:2] = reversed(described["features"][:2])
    (folder / "manifest.json").write_text(json.dumps(described))
    manifest.sign(folder, KEY)
    with pytest.raises(IntegrityError):
        OnnxPredictor(manifest.verified(folder, KEY.public_key()))


def test_the_service_unpickles_nothing() -> None:
    names = {"pickle", "cPickle", "cloudpickle", "dill", "joblib", "shelve", "marshal"}
    for path in (ROOT / "reference_impl").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not names & {module.split(".")[0] for module in modules}, path
            assert not (isinstance(node, ast.keyword) and node.arg == "allow_pickle"), path
