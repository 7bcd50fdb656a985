"""An OPA server, through opa-python-client. The only module that knows either.

A server may be shared, so everything goes below names that no one else has: policies `paylint/<token>/<n>`, and their
packages and data below `data.paylint_<token>`, which the modules are rewritten for before they are sent. Two scans with
different rules do not mix (OPA merges modules of one package without a word), and a `data.settings` of someone else is
neither read nor overwritten. `close` takes everything back.

OPA compiles all its policies anew for each one that comes or goes: sending 150 of them takes half a minute. So besides
what other modules refer to, only the rule being evaluated is there. The input is sent once, as data, and put in place
by three small rules added to each module: sent with every question it would cost ten times as much. Questions go to the
data API, as that alone knows `strict-builtin-errors`; the client passes it on as a query parameter. A module is sent as
it is the first time, for OPA to refuse what it would, and then with its negations rewritten, so that they mean the same
as in the embedded engine (`tokens.closed_negations`).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import requests
from opa_client.errors import DeleteDataError, DeletePolicyError, RegoParseError
from opa_client.opa import OpaClient

from scanner.engines.rego import opa_url, tokens
from scanner.engines.rego.backend import Document, RuleEvaluationError, without_values
from scanner.engines.rego.embedded import Embedded
from scanner.errors import EngineError
from scanner.model import Json

_STRICT = {"strict-builtin-errors": "true"}
_INPUT = "scanned_unit"
_GONE = "resource_not_found"


class Server:
    """A `Backend` on an OPA server. `seconds` bounds every single request."""

    def __init__(self, url: str, allow_remote: bool = False, seconds: float = 30.0) -> None:
        """Raises UsageError for an address that may not be asked; connects to nothing yet."""
        self._url, self._seconds = url, seconds
        self._client = _Client(opa_url.parse(url, allow_remote), seconds)
        self._token = secrets.token_hex(8)
        self._root = f"paylint_{self._token}"
        self._modules: dict[str, _Module] = {}
        self._kept: set[str] = set()
        self._sent: list[str] = []
        self._accepted: set[str] = set()
        self._sent_data = False

    def load(self, modules: Mapping[str, str], data: Json) -> None:
        """Sends `data`; modules follow when they are asked for.

        The embedded engine reads them first: a module that cannot be used is the same RuleError with both.
        """
        Embedded().load(modules, data)
        self._modules = self._rewritten(modules)
        self._kept = {need for module in self._modules.values() for need in module.needs}
        self._sent_data = True
        self._put_data(self._root, data)

    def set_input(self, text: str) -> None:
        """Sends the input."""
        self._put_data(f"{self._root}/{_INPUT}", json.loads(text))

    def evaluate(self, package: str, document: Document) -> Json:
        """The document's value; None where it is not defined."""
        self._bring(package)
        with self._talking():
            try:
                answer = self._client.query_rule({}, f"{self._root}.{package}", _asking(document), _STRICT)
            except requests.exceptions.ReadTimeout:
                raise RuleEvaluationError(f"the OPA server took longer than {self._seconds:g} s") from None
            except requests.exceptions.HTTPError as error:
                body = error.response.json() if error.response is not None else {}
                if body.get("code") == "internal_error" and body.get("errors"):
                    raise RuleEvaluationError(self._explain(body["errors"])) from None
                raise
            return answer.get("result")

    def close(self) -> None:
        """Deletes what was sent. Raises EngineError naming what could not be deleted."""
        client = self._client
        left = [f"policy {name}" for name in reversed(self._sent) if not self._deleted(client.delete_policy, name)]
        if self._sent_data and not self._deleted(client.delete_data, self._root):
            left.append(f"data {self._root}")
        self._sent, self._sent_data = [], False
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

    def _bring(self, package: str) -> None:
        """Makes the server hold this package and what it refers to, besides what is shared."""
        wanted = self._closure(package)
        for identifier in reversed(self._sent):
            if identifier not in wanted and identifier not in self._kept:
                with self._talking():
                    self._client.delete_policy(identifier)
                self._sent.remove(identifier)
        for identifier in wanted:
            if identifier not in self._sent:
                self._send(self._modules[identifier])

    def _send(self, module: _Module) -> None:
        self._sent.append(module.id)
        with self._talking():
            try:
                if module.id not in self._accepted:
                    self._client.update_policy_from_string(module.text, module.id, rego_compat=False)
                    self._accepted.add(module.id)
                self._client.update_policy_from_string(self._asked(module), module.id, rego_compat=False)
            except RegoParseError as error:
                if error.expression != "invalid_parameter":
                    raise
                self._sent.remove(module.id)
                raise RuleEvaluationError(f"the OPA server refuses it: {self._explain(error.errors)}") from None

    def _closure(self, package: str) -> list[str]:
        """The policies a package needs, those others refer to first: OPA refuses a call to what it does not know."""
        found: list[str] = []
        seen: set[str] = set()

        def visit(identifier: str) -> None:
            if identifier not in seen:
                seen.add(identifier)
                for need in self._modules[identifier].needs:
                    visit(need)
                found.append(identifier)

        for module in self._modules.values():
            if module.package == package:
                visit(module.id)
        return found

    def _rewritten(self, modules: Mapping[str, str]) -> dict[str, _Module]:
        ids = {source: f"paylint/{self._token}/{number}" for number, source in enumerate(modules)}
        packages = {source: tokens.package_of(text) for source, text in modules.items()}
        found = {}
        for source, text in modules.items():
            references = {*tokens.references(text), packages[source]}
            needs = [ids[other] for other in modules if other != source and _meets(packages[other], references)]
            ours = tokens.rehomed(text, self._root)
            found[ids[source]] = _Module(ids[source], source, packages[source], ours, tuple(needs))
        return found

    def _asked(self, module: _Module) -> str:
        """The module with closed negations and with rules that evaluate its documents on the input."""
        questions = [
            f"{_asking(document)} := value if {{"
            f" value := data.{self._root}.{module.package}.{document} with input as data.{self._root}.{_INPUT} }}"
            for document in ("applies", "deny", "unknown")
        ]
        return "\n".join([tokens.closed_negations(module.text), *questions, ""])

    def _explain(self, errors: Json) -> str:
        """OPA's first error as `file:line: message`. The column is left out: rewriting moved it."""
        first = errors[0] if errors else {}
        location = first.get("location") or {}
        module = self._modules.get(location.get("file", ""))
        said = without_values(str(first.get("message", "")).replace(f"{self._root}.", ""))
        return f"{module.source}:{location.get('row', 0)}: {said}" if module else said

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


@dataclass(frozen=True, slots=True)
class _Module:
    """A module below our root. `needs`: the ids of those it refers to, or that share its package."""

    id: str
    source: str
    package: str
    text: str
    needs: tuple[str, ...]


def _asking(document: str) -> str:
    return f"paylint_ask_{document}"


def _meets(package: str, references: set[str]) -> bool:
    """Whether one of the references lies in a package or holds it."""
    return any(not ref or f"{ref}.".startswith(f"{package}.") or package.startswith(f"{ref}.") for ref in references)


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
