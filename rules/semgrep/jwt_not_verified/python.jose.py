"""Tokens read with another library."""

from jose import jwt as jose_jwt


def library(token, key):
    # ruleid: jwt_not_verified.python.algorithm
    return jose_jwt.decode(token, key, algorithms=["none"])
