"""Fixtures for the tests of the payment service."""

from __future__ import annotations

from tests.reference.services import database_url, postgres, postgres_url, redis_url

__all__ = ["database_url", "postgres", "postgres_url", "redis_url"]
