class Tokens(private val key: SecretKey, private val verifier: JWSVerifier) {
    fun checked(token: String): String {
        val jwt = SignedJWT.parse(token)
        if (!jwt.verify(verifier)) throw SecurityException("token")
        // ok: jwt_not_verified.kotlin.claims
        return jwt.jwtClaimsSet.subject
    }

    fun verified(token: String): String {
        JWT.require(Algorithm.HMAC256(key.encoded)).build().verify(token)
        // ok: jwt_not_verified.kotlin.decode
        return JWT.decode(token).subject
    }
}
