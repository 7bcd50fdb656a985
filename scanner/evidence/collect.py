"""Everything a bundle is made from: one scan, git's word, the settings, the requirements."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from datetime import datetime, timezone

from scanner import catalog
from scanner.bundled import bundled
from scanner.config import Config
from scanner.errors import UsageError
from scanner.evidence import saq
from scanner.evidence.controls import controls
from scanner.evidence.model import Evidence
from scanner.evidence.profile import profile
from scanner.evidence.revision import revision
from scanner.evidence.states import requirements
from scanner.masking import mask
from scanner.rule_words import masked
from scanner.run import run


def collect(config: Config, environment: Mapping[str, str] = os.environ) -> Evidence:
    """Scans. Raises UsageError where packages are missing, PaylintError for what makes a scan or a bundle impossible:
    before scanning where it can be known.
    """
    _needed()
    at = now(environment)
    # once it is known that their packages are there
    from scanner.evidence.inventories import account_data, cryptography, scripts, software

    known = masked(catalog.load(config.rules))
    settings = catalog.check_settings(config.settings, known.settings)
    told = profile(config.evidence, settings["cde_labels"])
    frameworks = controls(bundled("rules") / "controls")
    eligibility = saq.criteria(bundled("rules"))
    result = run(config._replace(line_hashes=True, inventory=True), today=at.date())
    held, loaded = account_data.items(result), scripts.items(result)
    components = software.inventory(config.root, software.paths_of(result), config.max_file_size)
    return Evidence(
        result=result,
        profile=told,
        at=at,
        revision=revision(config.root),
        requirements=requirements(frameworks, result, known.policies),
        account_data=held,
        cryptography=cryptography.items(result),
        software=components.items,
        scripts=loaded,
        adviser=saq.advise(result, eligibility, saq.facts(held, loaded)),
        software_limits=components.limits,
        excerpts={"settings": _digest(config)},
    )


def _digest(config: Config) -> str:
    """Of what decides what is found and what counts, masked: not of where or how fast the scan ran."""
    told = {
        "fail_on": config.fail_on.value,
        "policies": config.policies,
        "engines": config.engines,
        "exclude": config.exclude,
        "accept_unanalysed": config.accept_unanalysed,
        "settings": config.settings,
        "plans": config.plans,
        "strict": config.strict,
        "evidence": config.evidence,
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(mask(text).encode("utf-8", "replace")).hexdigest()


def now(environment: Mapping[str, str]) -> datetime:
    """In UTC, to the second; SOURCE_DATE_EPOCH where it is set (reproducible-builds.org). UsageError: it is no time."""
    given = environment.get("SOURCE_DATE_EPOCH")
    if given is None:
        return datetime.now(timezone.utc).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(given), timezone.utc)
    except (ValueError, OverflowError, OSError):
        raise UsageError("SOURCE_DATE_EPOCH: expected seconds since 1970 as a whole number") from None


def _needed() -> None:
    try:
        import cyclonedx  # noqa: F401 - whether it is there
    except ImportError:
        raise UsageError("inventories need more packages: `pip install paylint[evidence]`") from None
