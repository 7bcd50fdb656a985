"""Names of settings in one spelling, and which files of settings are not in use."""

from __future__ import annotations

import re

_TEST_FOLDER = re.compile(
    r"(?:^|/)(?:tests?|testing|testdata|test-data|test-resources|src/\w*[tT]est|__tests__|specs?|fixtures)/"
)
_SAMPLE = re.compile(r"(?:^|[-_.])(?:example|sample|template|tmpl|tpl|dist|skeleton|stub)s?(?:[-_.]|$)")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def is_test(path: str) -> bool:
    """A file that only tests read."""
    return bool(_TEST_FOLDER.search(path))


def is_sample(path: str) -> bool:
    """A file that shows what to write, as .env.example."""
    return bool(_SAMPLE.search(path.rpartition("/")[2].lower()))


def canonical(name: str, env: bool) -> str:
    """One spelling of a name: spring.data-source, SPRING_DATASOURCE, spring.dataSource.

    In lower case, without dashes and underscores inside of a part; in the environment underscores separate the parts.
    """
    if env:
        return re.sub(r"_+", ".", name.strip("_").lower()).replace("-", "")
    return name.lower().replace("-", "").replace("_", "")


def words(name: str) -> str:
    """The name in lower case with a dash between the words of camel case: clientSecret is client-secret."""
    return _CAMEL.sub("-", name).lower()
