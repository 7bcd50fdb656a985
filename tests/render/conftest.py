"""Scan results built by hand: what every renderer has to cope with."""

from __future__ import annotations

import pytest

from scanner.model import (
    Analysed,
    Check,
    Confidence,
    Finding,
    Place,
    Policy,
    Rule,
    ScanError,
    ScanResult,
    Severity,
    Skipped,
    Span,
    Status,
    Step,
    Suppression,
    Tool,
)

POLICIES = (
    Policy(
        id="account_data_in_log",
        title="Account data is never written to a log",
        severity=Severity.HIGH,
        rationale="Logs are copied, shipped and kept for a year or more. A card number in one brings every system that "
        "reads it into the scope of PCI DSS, and it cannot be taken back.",
        remediation="Log a token or at most the first six and last four digits, or leave the value out.",
        controls={"pci-dss-4.0.1": ("3.3.1", "3.5.1"), "gdpr": ("32(1)(a)",)},
        cwe=("CWE-532",),
    ),
    Policy(
        id="verification_code_stored",
        title="Card verification codes are not kept after authorisation",
        severity=Severity.CRITICAL,
        rationale="A verification code proves that the payer holds the card. Kept, it lets whoever reads the table pay "
        "with every card in it; no encryption makes keeping it acceptable.",
        remediation="Delete the column. Pass the code on to the processor and forget it.",
        controls={"pci-dss-4.0.1": ("3.3.1.2",)},
        cwe=("CWE-312", "CWE-922"),
    ),
    Policy(
        id="weak_tls_version",
        title="Connections that carry account data negotiate TLS 1.2 or later",
        severity=Severity.MEDIUM,
        rationale="TLS 1.0 and 1.1 can be downgraded and read.",
        remediation="Set `ssl_policy` to a policy that starts at TLS 1.2, such as ELBSecurityPolicy-TLS13-1-2-2021-06.",
        controls={"pci-dss-4.0.1": ("4.2.1", "2.2.7"), "sox": ("itgc-access",)},
        cwe=("CWE-327",),
    ),
    Policy(
        id="pan_in_source",
        title="No card number in source files",
        severity=Severity.HIGH,
        rationale="A repository is copied to every laptop and build machine.",
        remediation="Remove the number and rewrite the history that holds it; use a processor's test number instead.",
        controls={"pci-dss-4.0.1": ("3.5.1", "6.5.5")},
        cwe=("CWE-312",),
    ),
)


def _rule(policy: str, variant: str, engine: str, title: str, confidence: Confidence = Confidence.HIGH) -> Rule:
    severity = next(item.severity for item in POLICIES if item.id == policy)
    name = f"{policy}.{variant}"
    return Rule(name, policy, engine, variant.partition("_")[0], title, severity, confidence, f"{policy}/{variant}")


RULES = (
    _rule("account_data_in_log", "python", "semgrep", "Python logging and print receive no account data"),
    _rule("account_data_in_log", "java", "semgrep", "Java loggers receive no account data", Confidence.MEDIUM),
    _rule("verification_code_stored", "sql", "rego", "No column holds a card verification code"),
    _rule("weak_tls_version", "terraform_aws", "rego", "Load balancer listeners negotiate TLS 1.2 or later"),
    _rule("weak_tls_version", "kubernetes_ingress", "rego", "Ingresses negotiate TLS 1.2 or later"),
    _rule("pan_in_source", "text", "pan", "No card number in any text file", Confidence.MEDIUM),
)


def found(by_rule: str, place: Place, message: str, snippet: str, **changes: object) -> Finding:
    """A finding with its rule's and policy's words."""
    by = next(item for item in RULES if item.id == by_rule)
    policy = next(item for item in POLICIES if item.id == by.policy)
    letters = "".join(chr(97 + (ord(char) + place.span.line) % 16) for char in (by_rule * 2)[:32])
    base = Finding(
        policy=policy.id,
        rule=by_rule,
        severity=by.severity,
        confidence=by.confidence,
        message=message,
        place=place,
        snippet=snippet,
        remediation=policy.remediation,
        controls=policy.controls,
        cwe=policy.cwe,
        fingerprint=letters,
    )
    return base._replace(**changes)  # type: ignore[arg-type]  # tests name fields freely


def at(path: str, line: int, column: int, end_column: int, end_line: int = 0) -> Place:
    """A place, on one line unless said otherwise."""
    return Place(path, Span(line, column, end_line or line, end_column))


def result(**changes: object) -> ScanResult:
    """A scan of nothing, changed."""
    base = ScanResult(
        tool=Tool("paylint", "0.1.0", "f" * 8),
        policies={policy.id: policy for policy in POLICIES},
        rules={rule.id: rule for rule in RULES},
        findings=(),
        checks=(),
        analysed=(),
        skipped=(),
        errors=(),
        fail_on=Severity.MEDIUM,
        exit_code=0,
    )
    return base._replace(**changes)  # type: ignore[arg-type]  # tests name fields freely


_CHARGE = "services/checkout/payments/charge.py"
_LISTENER = "infra/modules/edge/listeners.tf"
_FINDINGS = (
    found(
        "verification_code_stored.sql",
        at("db/migrations/0007_cards.sql", 9, 3, 26),
        "column `card_cvc` of table `stored_cards` holds a card verification code",
        "  card_cvc      CHAR(4) NOT NULL,",
    ),
    found(
        "weak_tls_version.terraform_aws",
        at(_LISTENER, 18, 3, 37),
        "listener `https` accepts TLS 1.0: ssl_policy is ELBSecurityPolicy-2016-08",
        "  ssl_policy        = var.tls_policy",
        trace=(
            Step(
                at("infra/modules/edge/variables.tf", 4, 3, 40),
                "the default of var.tls_policy",
                '  default = "ELBSecurityPolicy-2016-08"',
            ),
            Step(at("infra/main.tf", 31, 1, 14), 'module "edge" leaves it at its default', 'module "edge" {'),
        ),
    ),
    found(
        "weak_tls_version.terraform_aws",
        at(_LISTENER, 40, 1, 2, end_line=48),
        "listener `admin` sets no ssl_policy, and the provider's default accepts TLS 1.0",
        'resource "aws_lb_listener" "admin" {\n  load_balancer_arn = aws_lb.admin.arn\n  protocol          = "HTTPS"',
    ),
    found(
        "account_data_in_log.java",
        at("services/ledger/src/main/java/com/example/payments/ledger/SettlementReconciliationJob.java", 214, 50, 53),
        "`pan` reaches log.debug",
        '        log.debug("unmatched settlement for {}", pan);',
        confidence=Confidence.LOW,
    ),
    found(
        "account_data_in_log.python",
        at(_CHARGE, 14, 44, 55),
        "`card_number` is written by logger.info",
        '    logger.info("charging %s for order %s", card_number, order.id)',
        trace=(
            Step(
                at("services/checkout/api.py", 33, 19, 46),
                "a card number enters here",
                '    card_number = request.json["card_number"]',
            ),
            Step(at("services/checkout/api.py", 41, 12, 23), "passed to charge()", "    charge(card_number, order)"),
        ),
    ),
    found(
        "account_data_in_log.python",
        at(_CHARGE, 57, 9, 14),
        "`track` is written by print",
        "\t\tprint(track)",
    ),
    found(
        "account_data_in_log.python",
        at(_CHARGE, 71, 160, 163),
        "`pan` is written by logger.error",
        '    logger.error("%s", {"order": order.id, "amount": order.amount, "currency": order.currency, '
        '"merchant": merchant.id, "acquirer": merchant.acquirer, "holder": holder, "pan": pan, "expiry": expiry, '
        '"attempt": attempt, "region": region})',
    ),
    *(
        found(
            "pan_in_source.text",
            at("tests/fixtures/cards.json", line, 15, 31),
            "a published test card number",
            '  "visa":     "411111******1111",',
            severity=Severity.INFO,
        )
        for line in (3, 4, 9, 12)
    ),
    found(
        "account_data_in_log.python",
        at("tools/replay.py", 8, 7, 10),
        "`pan` is written by print",
        "print(pan)  # paylint: ignore[account_data_in_log] runs on generated numbers only",
        suppressed=Suppression("runs on generated numbers only", "tools/replay.py", 8, "2027-03-31"),
    ),
)
_SKIPPED = (
    Skipped("assets/logo.png", "binary"),
    Skipped("assets/font.woff2", "binary"),
    Skipped("node_modules", "vendored"),
    Skipped("docs/old", "excluded by settings"),
    Skipped("shared", "link out of the root"),
)
_CHECKS = (
    *(
        Check("weak_tls_version.terraform_aws", f"terraform:infra#aws_lb_listener.ok{n}", Status.PASS)
        for n in range(12)
    ),
    Check("verification_code_stored.sql", "sql:db/migrations#stored_cards", Status.FAIL),
    Check("weak_tls_version.terraform_aws", "terraform:infra#module.edge.aws_lb_listener.https", Status.FAIL),
    Check("weak_tls_version.terraform_aws", "terraform:infra#module.edge.aws_lb_listener.admin", Status.FAIL),
    Check(
        "weak_tls_version.terraform_aws",
        "terraform:partner#aws_lb_listener.partner",
        Status.UNKNOWN,
        "ssl_policy is known only after apply (var.partner_tls_policy has no default)",
    ),
    *(
        Check(
            "weak_tls_version.kubernetes_ingress",
            f"kubernetes:deploy#Ingress/{name}",
            Status.UNKNOWN,
            "the controller's settings are in no scanned file",
        )
        for name in ("admin", "api", "shop")
    ),
)
_ANALYSED = (
    Analysed("db/migrations/0007_cards.sql", ("pan", "rego")),
    Analysed("infra/main.tf", ("pan", "rego")),
    Analysed(_LISTENER, ("pan", "rego")),
    Analysed("infra/modules/edge/variables.tf", ("pan", "rego")),
    Analysed("services/checkout/api.py", ("pan", "semgrep")),
    Analysed("services/checkout/legacy.py", ("pan", "semgrep"), "lines 80-95 could not be parsed"),
    Analysed(_CHARGE, ("pan", "semgrep")),
    Analysed("tests/fixtures/cards.json", ("pan",)),
    Analysed("tools/replay.py", ("pan", "semgrep")),
)
_EVIL = "a\x1b]0;owned\x07b\u202egnp.\u2066c\x9b2Jd\r\ne\x00f\ud800g\udcffh\u200bi\U000e0041j\x7fk\u2028l"


def _hostile() -> ScanResult:
    """Everything that can hold a string holds one that tries to take the terminal over."""
    evil = found(
        "pan_in_source.text",
        at(f"src/{_EVIL}.py", 5, 12, 20),
        f"message {_EVIL}",
        f"\tpan = '{_EVIL}' # 日本語 e\u0301 👩\u200d💻",
        remediation=f"fix {_EVIL}",
        controls={"pci-dss-4.0.1": ("3.5.1",), f"custom-{_EVIL}": (_EVIL,)},
        cwe=("CWE-312", _EVIL),
        trace=(Step(at(_EVIL, 1, 1, 4), _EVIL, _EVIL),),
        policy=f"policy_{_EVIL}",
        rule=f"rule_{_EVIL}",
    )
    wide = found("pan_in_source.text", at("src/宽.py", 2, 6, 9), "wide characters", "名前 = 番号番 + 1")
    beyond = found(
        "pan_in_source.text", at("src/宽.py", 3, 300, 320), "past the end of what is left of the line", "short"
    )
    gone = found("pan_in_source.text", at("src/宽.py", 9, 1, 1), "", "")
    muted = wide._replace(place=at("src/宽.py", 12, 1, 3), suppressed=Suppression(_EVIL, _EVIL, 1, None))
    note = evil._replace(severity=Severity.INFO, place=at(f"src/{_EVIL}.py", 7, 1, 2))
    return result(
        findings=(evil, note, wide, beyond, gone, muted),
        checks=(
            Check(_EVIL, _EVIL, Status.UNKNOWN, _EVIL),
            Check("r", "s", Status.UNKNOWN),
            Check(_EVIL, _EVIL, Status.ERROR, _EVIL),
        ),
        analysed=(Analysed(_EVIL, ("pan",), _EVIL), Analysed("src/宽.py", ("pan",))),
        skipped=(Skipped(_EVIL, _EVIL), Skipped("x", "")),
        errors=(ScanError(_EVIL, _EVIL, _EVIL), ScanError("", "semgrep", "")),
        exit_code=3,
    )


RESULTS = {
    "rich": result(
        findings=_FINDINGS,
        checks=_CHECKS,
        analysed=_ANALYSED,
        skipped=_SKIPPED,
        exit_code=1,
        line_hashes={
            (item.place.path, item.place.span.line): f"{'abcdef' * 2}{item.place.span.line:x}:1" for item in _FINDINGS
        },
    ),
    "empty": result(skipped=(Skipped("README.md", "no rule concerns it"),)),
    "passed": result(checks=_CHECKS[:12], analysed=_ANALYSED[:4]),
    "incomplete": result(
        findings=_FINDINGS[:1],
        checks=(
            *_CHECKS[:14],
            Check(
                "weak_tls_version.kubernetes_ingress", "kubernetes:deploy#Ingress/api", Status.ERROR, "divided by zero"
            ),
        ),
        analysed=_ANALYSED[:3],
        errors=(
            ScanError("infra/broken.tf", "terraform", 'line 12: expected "}" before the end of the file'),
            ScanError(
                "services/generated/catalogue.py", "semgrep", "timed out after 5 s; exclude the file or raise --timeout"
            ),
            ScanError(
                "services/generated/prices.py", "semgrep", "timed out after 5 s; exclude the file or raise --timeout"
            ),
            ScanError("kubernetes:deploy", "rego", "divided by zero"),
            ScanError("", "rego", "no rule could be loaded from company-rules"),
        ),
        exit_code=3,
    ),
    "hostile": _hostile(),
}


@pytest.fixture(params=sorted(RESULTS))
def case(request: pytest.FixtureRequest) -> tuple[str, ScanResult]:
    """Every result by name."""
    return request.param, RESULTS[request.param]


@pytest.fixture
def results() -> dict[str, ScanResult]:
    """All results by name."""
    return RESULTS
