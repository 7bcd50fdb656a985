"""Names of settings, and what the name of a file says about its settings."""

from __future__ import annotations

import re

_ENV_NAME = re.compile(r"\.env(?:\..+)?|.+\.env")
_NOT_ENV = (
    ".ts",
    ".js",
    ".mjs",
    ".py",
    ".md",
    ".yml",
    ".yaml",
    ".json",
    ".sh",
    ".gpg",
    ".enc",
    ".age",
    ".vault",
    ".rb",
)
_YAML = re.compile(r"(?:application|bootstrap)(?:-[\w.+-]+)?\.ya?ml")
_JSON = re.compile(r"appsettings(?:\.[\w-]+)*\.json|local\.settings\.json")
_BUNDLE = re.compile(
    r"(?:.*[-_.])?(?:messages?|labels?|strings?|bundle|i18n|lang|language|languages|validation|validationmessages"
    r"|translations?|locale|texts?|errormessages?|resource|resources|displaystrings|ui|nls)(?:[-_.].*)?\.properties"
    r"|.*_[a-z]{2}(?:_[a-z]{2,4})?\.properties"
)
_NOT_SETTINGS = frozenset(
    {
        "gradle-wrapper.properties",
        "maven-wrapper.properties",
        "pom.properties",
        "git.properties",
        "build-info.properties",
    }
)
_BUNDLE_FOLDER = re.compile(r"(?:^|/)(?:i18n|l10n|locales?|lang|languages|messages|translations|nls)/", re.IGNORECASE)
_PROFILE = re.compile(
    r"(?:application|bootstrap)-(?P<spring>[\w.+-]+)\.(?:ya?ml|properties)|appsettings\.(?P<net>[\w-]+)(?:\..*)?\.json"
    r"|\.env\.(?P<env>[\w-]+)(?:\.local)?|(?P<before>[\w-]+)\.env"
)


def is_env(name: str) -> bool:
    """A dotenv file, by its name in lower case."""
    return bool(_ENV_NAME.fullmatch(name)) and not name.endswith(_NOT_ENV)


def is_spring_yaml(name: str) -> bool:
    """application.yml, bootstrap.yml and those of a profile."""
    return bool(_YAML.fullmatch(name))


def is_settings_json(name: str) -> bool:
    """appsettings.json, that of an environment, and Azure Functions' local.settings.json."""
    return bool(_JSON.fullmatch(name))


def is_text_bundle(path: str) -> bool:
    """A *.properties file with texts for people, or one that a build made."""
    name = path.rpartition("/")[2].lower()
    if name.startswith(("application", "bootstrap")):
        return False
    return name in _NOT_SETTINGS or bool(_BUNDLE.fullmatch(name) or _BUNDLE_FOLDER.search(path))


def profile_of(path: str) -> str:
    """The profile or environment a file's name says it is for, in lower case; "" where it says none."""
    match = _PROFILE.fullmatch(path.rpartition("/")[2].lower())
    return next((part for part in match.groups() if part), "") if match else ""
