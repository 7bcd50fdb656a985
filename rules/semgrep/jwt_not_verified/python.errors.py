"""How refused tokens are caught."""

import jwt


def user(token, key):
    try:
        return jwt.decode(token, key, algorithms=["RS256"], audience="shop", options={"require": ["exp"]})
    # ruleid: jwt_not_verified.python.exception
    except jwt.JWTError:
        return None


def merchant(token, key):
    try:
        return jwt.decode(token, key, algorithms=["RS256"], audience="shop", options={"require": ["exp"]})
    # ok: jwt_not_verified.python.exception
    except jwt.InvalidTokenError:
        return None
