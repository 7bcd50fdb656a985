"""The places key-encryption keys are kept in, for tests: a sealed file, a SoftHSM token, a KMS account."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

from reference_impl.crypto.pkcs11 import Token
from reference_impl.crypto.sealed_file import SealedFile
from reference_impl.secret import Secret

PASSPHRASE = Secret("only for tests, no secret")
SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN, LABEL = "1234", "payment-tests"


def sealed_file(folder: Path) -> SealedFile:
    """A new one, `keys.json` in that folder."""
    return SealedFile.create(folder / "keys.json", PASSPHRASE)


@cache
def softhsm() -> Path:
    """The module of a SoftHSM with one token: one for the whole process, as the module reads its settings once."""
    program = shutil.which("softhsm2-util")
    if program is None or not SOFTHSM.exists():
        pytest.skip("SoftHSM is not installed; make services installs it")
    folder = Path(tempfile.mkdtemp(prefix="pl-hsm-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    command = [program, "--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", "5678"]
    subprocess.run(command, check=True, capture_output=True)
    return SOFTHSM


def token(pin: str = PIN, label: str = LABEL) -> Token:
    """Of that SoftHSM, logged in."""
    return Token(softhsm(), label, Secret(pin))


def application() -> str:
    """A name under which the token holds no keys yet."""
    return os.urandom(8).hex()
