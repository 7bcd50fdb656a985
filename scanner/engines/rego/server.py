"""An OPA server, through opa-python-client. The only module that knows either.

A server may be shared, so everything goes below names that no one else has: policies `paylint/<token>/<n>`, and their
packages and data below `data.paylint_<token>`, which the modules are rewritten for (`opa_modules`). Two scans with
different rules do not mix (OPA merges modules of one package without a word), and a `data.settings` of someone else is
neither read nor overwritten. `close` takes everything back.

Modules are sent with their negations rewritten so that they mean what they mean in the embedded engine
(`tokens.closed_negations`); those of others before that as they are, for OPA to refuse what it would.

Rules of a group are asked all at once, with the input. Should one of them fail nothing is said about the others: then,
and where there is no group, they are asked one by one, about an input that is sent before, as data, and put in place by
small rules added to each module: sent with every question it would cost ten times as much. Questions go to the data
API, as that alone knows `strict-builtin-errors`; the client passes it on as a query parameter.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress

import requests
from opa_client.errors import DeleteDataError, DeletePolicyError, RegoParseError
from opa_client.opa import OpaClient

from scanner.engines.rego import opa_modules, opa_url, tokens
from scanner.engines.rego.backend import Document, RuleEvaluationError, without_values
from scanner.engines.rego.embedded import Embedded
from scanner.engines.rego.opa_modules import Part, Policy
from scanner.errors import EngineError
from scanner.model import Json

_STRICT = {"strict-builtin-errors": "true"}
_GONE = "resource_not_found"
_PREFIX = re.compile(r"\bpaylint[0-9]+_")


class Server:
    """A `Backend` on an OPA server. `seconds` bounds every single request."""

    def __init__(
        self,
        url: str,
        allow_remote: bool = False,
        seconds: float = 60.0,
        *,
        known: bool = False,
        groups: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        """`known`: OPA takes all modules that will be loaded. `groups`: kind of unit -> packages asked about such.

        Raises UsageError for an address that may not be asked; connects to nothing yet.
        """
        self._known, self._groups = known, groups or {}
        self._url, self._seconds = url, seconds
        self._client = _Client(opa_url.parse(url, allow_remote), seconds)
        self._token = secrets.token_hex(8)
        self._root = f"paylint_{self._token}"
        self._policies: dict[str, Policy] = {}
        self._questions: dict[tuple[str, str], tuple[str, str]] = {}
        self._grouped: dict[str, tuple[str, ...]] = {}
        self._refused: dict[str, str] = {}
        self._input, self._input_sent, self._kind = "{}", True, ""
        self._answers: Json = None
        self._sent_data = False

    def load(self, modules: Mapping[str, str], data: Json) -> None:
        """Sends everything. A rule that OPA alone refuses fails when it is evaluated.

        The embedded engine reads the modules first: one that cannot be used is the same RuleError with both.
        """
        Embedded().load(modules, data)
        self._sent_data = True
        self._put_data(self._root, data)
        alone, together = opa_modules.arranged(modules, self._root, self._groups)
        for package, policy in opa_modules.families(alone, modules, self._root):
            self._send(f"{self._root}.{package}", policy)
        self._send(self._root, Policy(together, f"package {self._root}\n"))

    def set_input(self, text: str) -> None:
        """Asks the group about it, where there is one for this kind of unit."""
        self._input, self._input_sent, self._answers = text, False, None
        given = json.loads(text)
        unit = given.get("unit") if isinstance(given, dict) else None
        self._kind = str(unit.get("kind", "")) if isinstance(unit, dict) else ""
        if any(self._kind in groups for groups in self._grouped.values()):
            with suppress(RuleEvaluationError):
                self._answers = self._ask(f"{self._root}.{opa_modules.GROUPS}", self._kind, given)

    def evaluate(self, package: str, document: Document) -> Json:
        """The document's value; None where it is not defined."""
        if package in self._refused:
            raise RuleEvaluationError(f"the OPA server refuses it: {self._refused[package]}")
        question = self._questions.get((package, document))
        if question is None:
            return None
        if self._answers is not None and self._kind in self._grouped.get(package, ()):
            return self._answers.get(question[1])
        if not self._input_sent:
            self._put_data(f"{self._root}/{opa_modules.INPUT}", json.loads(self._input))
            self._input_sent = True
        return self._ask(*question, {})

    def close(self) -> None:
        """Deletes what was sent. Raises EngineError naming what could not be deleted."""
        client = self._client
        left = [f"policy {name}" for name in reversed(self._policies) if not self._deleted(client.delete_policy, name)]
        if self._sent_data and not self._deleted(client.delete_data, self._root):
            left.append(f"data {self._root}")
        self._policies, self._sent_data = {}, False
        client.close_connection()
        if left:
            raise EngineError(f"{self._url}: could not delete what was sent there: {', '.join(left)}")

    def _deleted(self, delete: Callable[[str], object], name: str) -> bool:
        try:
            with self._talking():
                delete(name)
        except EngineError:
            return False
        return True

    def _put_data(self, path: str, data: Json) -> None:
        with self._talking():
            self._client.update_or_create_data(data, path)

    def _send(self, package: str, policy: Policy) -> None:
        """Sends a policy, without the parts that OPA refuses."""
        identifier = f"paylint/{self._token}/{len(self._policies)}"
        while policy.parts:
            self._policies[identifier] = policy
            errors = None if self._known else self._put_policy(identifier, policy.text)
            errors = errors or self._put_policy(identifier, tokens.closed_negations(policy.text))
            if not errors:
                break
            policy = policy.without(self._note_refused(policy, errors))
        for part in policy.parts:
            for document, name in part.questions.items():
                self._questions[part.package, document] = (package, name)
            if part.groups:
                self._grouped[part.package] = part.groups

    def _put_policy(self, identifier: str, text: str) -> Json:
        """OPA's errors if it refuses the module, else nothing."""
        with self._talking():
            try:
                self._client.update_policy_from_string(text, identifier, rego_compat=False)
            except RegoParseError as error:
                if error.expression != "invalid_parameter" or not error.errors:
                    raise
                return error.errors
        return None

    def _note_refused(self, policy: Policy, errors: Json) -> set[str]:
        """The sources that the errors are about. Raises EngineError if they are about none."""
        found = [(part, self._explain(error)) for error in errors if (part := self._part(error)) in policy.parts]
        if not found:
            raise EngineError(f"{self._url}: the OPA server refuses the rules: {self._explain(errors[0])}")
        for part, message in found:
            if part:
                self._refused.setdefault(part.package, message)
        return {part.source for part, _ in found if part}

    def _ask(self, package: str, name: str, given: Json) -> Json:
        with self._talking():
            try:
                answer = self._client.query_rule(given, package, name, _STRICT)
            except requests.exceptions.ReadTimeout:
                raise RuleEvaluationError(f"the OPA server took longer than {self._seconds:g} s") from None
            except requests.exceptions.HTTPError as error:
                body = error.response.json() if error.response is not None else {}
                if body.get("code") == "internal_error" and body.get("errors"):
                    raise RuleEvaluationError(self._explain(body["errors"][0])) from None
                raise
            return answer.get("result")

    def _found(self, error: Json) -> tuple[Part, int] | None:
        location = error.get("location") or {}
        policy = self._policies.get(location.get("file", ""))
        return policy.find(location.get("row", 0)) if policy else None

    def _part(self, error: Json) -> Part | None:
        found = self._found(error)
        return found[0] if found else None

    def _explain(self, error: Json) -> str:
        """An error of OPA's as `file:line: message`. The column is left out: rewriting moved it."""
        message = str(error.get("message", "")).replace(f"{self._root}.", "")
        said, found = without_values(_PREFIX.sub("", message)), self._found(error)
        return f"{found[0].source}:{found[1]}: {said}" if found else said

    @contextmanager
    def _talking(self) -> Iterator[None]:
        """Turns whatever the client raises into an EngineError that says what is wrong with the server."""
        try:
            yield
        except (DeletePolicyError, DeleteDataError, RegoParseError) as error:
            if error.expression != _GONE:
                said = without_values(str(error.message)) if error.expression else "its answer is none of OPA's"
                raise EngineError(f"{self._url}: the OPA server refuses: {said}") from None
        except requests.exceptions.HTTPError as error:
            status = error.response.status_code if error.response is not None else "with an error"
            raise EngineError(f"{self._url}: the OPA server answers {status}") from None
        except requests.exceptions.TooManyRedirects:
            raise EngineError(f"{self._url}: redirects elsewhere: name the OPA server itself") from None
        except requests.exceptions.Timeout:
            raise EngineError(f"{self._url}: no answer within {self._seconds:g} s") from None
        except requests.exceptions.SSLError:
            raise EngineError(f"{self._url}: no trusted TLS connection to it") from None
        except requests.exceptions.ConnectionError:
            raise EngineError(f"{self._url}: no connection: is `opa run --server` running there?") from None
        except (requests.exceptions.RequestException, ValueError, AttributeError, TypeError, KeyError):
            # The client takes every answer for a JSON object of OPA's.
            raise EngineError(f"{self._url}: what answers there is no OPA server") from None


class _Client(OpaClient):  # type: ignore[misc]  # the client has no types
    """The client, bound to one server: no redirect, no proxy, no credentials from the environment on the way there."""

    def __init__(self, address: opa_url.Address, seconds: float) -> None:
        self._address = address
        super().__init__(address.host, address.port, ssl=address.tls, retries=0, timeout=seconds)

    def _init_session(self) -> requests.Session:
        session: requests.Session = super()._init_session()
        session.max_redirects = 0
        session.trust_env = not self._address.loopback
        return session
