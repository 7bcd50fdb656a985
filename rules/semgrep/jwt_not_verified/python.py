"""Who believes which token."""

import jwt
from authlib.jose import jwt as authlib_jwt
from jose import jwt as jose_jwt


def unverified(token, key):
    # ruleid: jwt_not_verified.python.signature
    first = jwt.decode(token, options={"verify_signature": False})
    # ruleid: jwt_not_verified.python.signature
    second = jwt.decode(token, key, verify=False)
    return first, second


def unverified_too(token, key):
    # ruleid: jwt_not_verified.python.signature
    third = jwt.decode(token, key, algorithms=["HS256"], options={"verify_exp": True, "verify_signature": False})
    # ruleid: jwt_not_verified.python.signature
    fourth = jose_jwt.get_unverified_claims(token)
    options = {"verify_signature": False, "verify_aud": False}
    # ruleid: jwt_not_verified.python.signature
    fifth = jwt.decode(token, options=options)
    return third, fourth, fifth


def verified(token, public_key, settings):
    # ok: jwt_not_verified.python.signature, jwt_not_verified.python.claims, jwt_not_verified.python.any_algorithm
    claims = jwt.decode(token, public_key, algorithms=["RS256"], audience="checkout", options={"require": ["exp"]})
    # ok: jwt_not_verified.python.signature
    key_id = jwt.get_unverified_header(token)["kid"]
    # ok: jwt_not_verified.python.signature
    checked = jwt.decode(token, public_key, algorithms=["RS256"], issuer="kettlewick", options={"verify_signature": True})
    # ok: jwt_not_verified.python.algorithm
    configured = jwt.decode(token, public_key, algorithms=settings.algorithms, audience="checkout")
    return claims, key_id, checked, configured


def tenant(token, keys):
    # ok: jwt_not_verified.python.signature
    unverified_claims = jwt.decode(token, options={"verify_signature": False})
    key = keys[unverified_claims["iss"]]
    claims = jwt.decode(token, key, algorithms=["RS256"], audience="checkout")
    return claims


def algorithms(token, key, claims):
    # ruleid: jwt_not_verified.python.algorithm
    first = jwt.decode(token, key, algorithms=["HS256", "none"], audience="checkout")
    header = jwt.get_unverified_header(token)
    # ruleid: jwt_not_verified.python.algorithm
    second = jwt.decode(token, key, algorithms=[header["alg"]], audience="checkout")
    # ruleid: jwt_not_verified.python.algorithm
    third = jwt.encode(claims, None, algorithm="none")
    # ruleid: jwt_not_verified.python.algorithm
    fourth = jwt.encode(claims, key, algorithm=None)
    # ruleid: jwt_not_verified.python.any_algorithm
    fifth = jwt.decode(token, key)
    # ruleid: jwt_not_verified.python.any_algorithm
    sixth = jose_jwt.decode(token, key, audience="checkout")
    # ruleid: jwt_not_verified.python.any_algorithm
    seventh = jwt.decode(token, key, algorithms=["RS256", "HS256"], audience="checkout")
    # ok: jwt_not_verified.python.algorithm
    eighth = jwt.encode(claims, key, algorithm="RS256")
    # ok: jwt_not_verified.python.any_algorithm
    ninth = jwt.decode(token, key, algorithms=["RS256", "ES256"], audience="checkout")
    # ok: jwt_not_verified.python.any_algorithm
    tenth = authlib_jwt.decode(token, key)
    return first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth


def claims(token, key):
    # ruleid: jwt_not_verified.python.expiry
    first = jwt.decode(token, key, algorithms=["RS256"], options={"verify_exp": False})
    # ruleid: jwt_not_verified.python.expiry
    second = jwt.decode(token, key, algorithms=["RS256"], options={"verify_aud": False, "require": ["exp"]})
    # ok: jwt_not_verified.python.expiry
    third = jwt.decode(token, key, algorithms=["RS256"], options={"verify_exp": True})
    # ruleid: jwt_not_verified.python.claims
    fourth = jwt.decode(token, key, algorithms=["HS256"])
    # ok: jwt_not_verified.python.claims
    fifth = jwt.decode(token, key, algorithms=["HS256"], options={"require": ["exp", "iss"]})
    # ok: jwt_not_verified.python.claims
    sixth = jwt.decode(token, key, algorithms=["HS256"], issuer="kettlewick")
    return first, second, third, fourth, fifth, sixth


# ruleid: jwt_not_verified.python.algorithm
TAKEN = ("EdDSA", "ES256", "none")
# ruleid: jwt_not_verified.python.algorithm
TAKEN_TOO = ["none", "RS256"]
# ok: jwt_not_verified.python.algorithm
EXPECTED = ("EdDSA", "ES256")
# ok: jwt_not_verified.python.algorithm
COMPRESSIONS = ("gzip", "none")
