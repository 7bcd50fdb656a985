"""Every setting, from the environment (`PAYMENT_…`) or a `.env` file; what is missing or weak stops the start."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The defaults run everything on one machine with nothing else installed."""

    model_config = SettingsConfigDict(env_prefix="PAYMENT_", env_file=".env", extra="forbid", frozen=True)

    data_folder: Path = Field(default=Path("paylint-reference"), description="Database, keys and audit log, mode 0700")
    database_url: str = Field(default="", description="Empty: SQLite in the data folder")
    redis_url: str = Field(default="", description="Counts of the limits; empty: in this process")

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

    issuer: str = Field(default="", description="Who signs access tokens; https")
    audience: str = "payment-service"
    jwks_url: str = Field(default="", description="The issuer's public keys; https")
    jwks_file: Path | None = Field(default=None, description="Instead of jwks_url")

    trusted_proxies: tuple[str, ...] = Field(default=(), description="Networks whose X-Forwarded-For is believed")
    max_body_bytes: int = Field(default=64 * 1024, ge=1024, le=1024 * 1024)
    rate_limit_requests: int = Field(default=100, ge=1, description="Of one address in the window below; then 429")
    rate_limit_window_seconds: int = Field(default=60, ge=1)
