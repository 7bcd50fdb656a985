"""Every setting, from the environment (`PAYMENT_…`) or a `.env` file; what is missing or weak stops the start."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from reference_impl.errors import ConfigurationError


class Settings(BaseSettings):
    """The defaults run everything on one machine with nothing else installed."""

    model_config = SettingsConfigDict(env_prefix="PAYMENT_", env_file=".env", extra="forbid", frozen=True)

    data_folder: Path = Field(default=Path("paylint-reference"), description="Database, keys and audit log, mode 0700")
    database_url: str = Field(default="", description="Empty: SQLite in the data folder")
    subject_keys_url: str = Field(
        default="", description="Keys of persons: another database, in no backup; empty: SQLite in the data folder"
    )
    privacy_controller: str = Field(default="", max_length=500, description="Who answers for the data, and how to ask")
    redis_url: str = Field(default="", description="Counts of limits and of payments; empty: in this process")

    opa_url: str = Field(default="", description="Says which statements may run; https, or http on this machine")
    opa_seconds: float = Field(default=1, gt=0, le=4, description="Of one answer; none in time is a no")

    key_provider: Literal["sealed_file", "pkcs11", "aws_kms"] = "sealed_file"
    key_passphrase: SecretStr | None = Field(default=None, description="Opens the sealed key file")
    pkcs11_module: Path | None = None
    pkcs11_token: str = ""
    pkcs11_pin: SecretStr | None = None
    kms_alias: str = Field(default="", description="alias/NAME of the key that wraps")
    kms_region: str = ""
    aws_access_key_id: str = ""
    aws_secret_access_key: SecretStr | None = None
    aws_session_token: SecretStr | None = None
    aws_role_arn: str = Field(default="", description="Instead of keys of AWS: the role that a token's bearer takes")
    aws_web_identity_token_file: Path | None = Field(default=None, description="That token, which others renew")

    client_key_days: int = Field(default=30, ge=1, le=365, description="Then clients get another key to encrypt to")

    issuer: str = Field(default="", description="Who signs access tokens; https")
    audience: str = "payment-service"
    jwks_url: str = Field(default="", description="The issuer's public keys; https")
    jwks_file: Path | None = Field(default=None, description="Instead of jwks_url")

    gateway_url: str = Field(default="", description="The card gateway, https; empty: no payments with tokens")
    gateway_hosts: tuple[str, ...] = Field(default=(), description="The only hosts card data may be sent to")
    gateway_merchant: str = Field(default="", pattern=r"^[A-Za-z0-9_-]{0,64}$", description="Whom the gateway pays")
    gateway_pins: tuple[str, ...] = Field(default=(), description="Base64 of SHA-256 of public keys, two at least")
    gateway_authority: Path | None = Field(default=None, description="The gateway's private CA, PEM")
    gateway_certificate: Path | None = Field(default=None, description="Ours, for mutual TLS, with its chain; PEM")
    gateway_certificate_key: Path | None = None
    gateway_jwks_file: Path | None = Field(default=None, description="The gateway's public keys, a JWK set")
    gateway_encryption_key: str = Field(default="", description="The id of the one in use for card data")
    gateway_seconds: float = Field(default=12, gt=0, le=14, description="Of one operation; a request waits for two")

    processor_url: str = Field(default="", description="The processor with hosted fields, https; empty: none")
    processor_secret_key: SecretStr | None = None
    processor_webhook_secret: SecretStr | None = Field(default=None, min_length=16, description="Signs its events")
    processor_webhook_secret_before: SecretStr | None = Field(
        default=None, min_length=16, description="While it changes"
    )
    processor_authority: Path | None = Field(default=None, description="The processor's private CA, PEM")
    processor_seconds: float = Field(default=8, gt=0, le=9, description="Of one request to it; there are three at most")
    processor_publishable_key: str = Field(default="", description="For the page with its card fields")
    processor_script_url: str = Field(default="", description="Its script, a released version")
    processor_script_integrity: str = Field(default="", description="The hash of that script (SRI)")
    processor_frames: str = Field(default="", description="The origin of its frames")
    processor_calls: str = Field(default="", description="The origin its script calls")
    processor_form_action: str = Field(default="/payment-methods", description="Where the page sends the card's id")

    kafka_servers: tuple[str, ...] = Field(default=(), description="HOST:PORT of brokers; empty: a log in the folder")
    kafka_authority: Path | None = Field(default=None, description="Who signed their certificates, PEM; TLS with it")
    kafka_certificate: Path | None = Field(default=None, description="Ours, for mutual TLS, with its chain; PEM")
    kafka_certificate_key: Path | None = None
    kafka_user: str = Field(default="", description="For SASL (SCRAM-SHA-512) over TLS")
    kafka_password: SecretStr | None = None
    kafka_prefix: str = Field(default="", pattern=r"^[A-Za-z0-9._-]{0,64}$", description="Of our topics and groups")
    kafka_partitions: int = Field(default=12, ge=1, le=1000, description="Of topics that this service makes")
    kafka_replicas: int = Field(default=3, ge=1, le=9)
    kafka_in_sync: int = Field(default=2, ge=1, le=9, description="Replicas that have an event before it is published")

    sink_folder: Path | None = Field(default=None, description="Of the events' trail; none: in the data folder")
    sink_days: int = Field(default=365, ge=365, le=3650, description="How long nobody can change or remove them")
    sink_bucket_url: str = Field(default="", description="Instead of sink_folder: a bucket with Object Lock, https")
    sink_bucket_region: str = ""
    sink_bucket_access_key_id: str = ""
    sink_bucket_secret_access_key: SecretStr | None = None
    sink_bucket_session_token: SecretStr | None = None
    sink_bucket_authority: Path | None = Field(default=None, description="A private CA of the bucket's, PEM")
    fraud_policy_file: Path | None = Field(default=None, description="Instead of fraud/policy.yaml, with all it has")
    fraud_city_database: Path | None = Field(default=None, description="Countries of addresses, a MaxMind DB")
    fraud_asn_database: Path | None = Field(default=None, description="Autonomous systems of addresses, a MaxMind DB")

    incident_webhook_url: str = Field(default="", description="Where notices of incidents go, https; empty: they wait")
    incident_webhook_secret: SecretStr | None = Field(default=None, min_length=32, description="Signs them")
    incident_webhook_authority: Path | None = Field(default=None, description="The receiver's private CA, PEM")
    incident_escalation: dict[str, tuple[str, ...]] = Field(
        default={
            "low": ("security-team",),
            "medium": ("security-team", "engineering-lead"),
            "high": ("security-team", "engineering-lead", "cto"),
            "critical": ("security-team", "engineering-lead", "cto", "ceo"),
        },
        description="Severity to whom a notice is for",
    )
    incident_window_minutes: int = Field(default=60, ge=1, le=1440, description="In which the same is counted up")
    incident_measure_hours: int = Field(default=24, ge=1, le=720, description="Of measures that begin by themselves")
    protection_share: float = Field(default=0.2, gt=0, lt=1, description="Of the rate limit, while fending off")
    fraud_sensitivity: float = Field(default=0.5, gt=0, lt=1, description="Of thresholds, while there is an attack")
    failed_sign_ins: int = Field(default=5, ge=1, description="More of one person or source is an incident")
    failed_sign_in_seconds: int = Field(default=3600, ge=60)
    suspicious_payments: int = Field(default=10, ge=1, description="Of a tenant; at so many there is an incident")
    suspicious_payment_seconds: int = Field(default=3600, ge=60)

    refund_approval_above: int = Field(default=1_000, ge=0, description="Major units; more wants another person's yes")
    audit_first_record: int = Field(default=1, ge=1, description="The first one that was not archived")

    metrics_port: int = Field(default=0, ge=0, le=65535, description="Of `GET /metrics`, for Prometheus; 0: nowhere")
    metrics_host: str = Field(default="127.0.0.1", description="Its address; another machine's needs the certificate")
    metrics_certificate: Path | None = Field(default=None, description="If the service has none; with its chain, PEM")
    metrics_certificate_key: Path | None = None
    metrics_credential: SecretStr | None = Field(default=None, min_length=32, description="What a scraper shows")

    traces_url: str = Field(default="", description="OTLP over HTTP: https://…/v1/traces; empty: no traces")
    traces_credential: SecretStr | None = Field(default=None, description="A bearer token, if it wants one")
    traces_authority: Path | None = Field(default=None, description="The collector's private CA, PEM")
    traces_share: float = Field(default=0.01, gt=0, le=1, description="Of the requests, whose traces are kept")

    trusted_proxies: tuple[str, ...] = Field(default=(), description="Networks whose X-Forwarded-For is believed")
    max_body_bytes: int = Field(default=64 * 1024, ge=1024, le=1024 * 1024)
    rate_limit_requests: int = Field(default=100, ge=1, description="Of one address in the window below; then 429")
    rate_limit_window_seconds: int = Field(default=60, ge=1)

    def given(self, group: str, *needed: str) -> bool:
        """Whether anything of a group is set (`group`: how its names begin).

        Raises ConfigurationError that names what is missing, where something is set and not all that is `needed`.
        """
        names = [name for name in type(self).model_fields if name.startswith(group)]
        if all(getattr(self, name) == type(self).model_fields[name].default for name in names):
            return False
        if missing := [f"{group}{name}" for name in needed if not getattr(self, f"{group}{name}")]:
            raise ConfigurationError(f"{', '.join(missing)}: missing; set all of them, or nothing of {group}*")
        return True
