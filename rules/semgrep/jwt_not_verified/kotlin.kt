class Tokens(private val key: SecretKey, private val verifier: JWSVerifier) {
    fun parse(token: String) {
        // ruleid: jwt_not_verified.kotlin.unsigned
        Jwts.parserBuilder().build().parseClaimsJwt(token)
        // ruleid: jwt_not_verified.kotlin.unsigned
        JWT.create().withSubject("a").sign(Algorithm.none())
        // ok: jwt_not_verified.kotlin.unsigned
        Jwts.parser().verifyWith(key).build().parseSignedClaims(token)
        // ok: jwt_not_verified.kotlin.unsigned
        JWT.create().withSubject("a").sign(Algorithm.HMAC256(key.encoded))
    }

    fun claims(token: String): String {
        val jwt = SignedJWT.parse(token)
        // ruleid: jwt_not_verified.kotlin.claims
        return jwt.jwtClaimsSet.subject
    }

    fun user(token: String): String {
        // ruleid: jwt_not_verified.kotlin.decode
        return JWT.decode(token).subject
    }

    // What another function verifies says nothing of the token here.
    fun checked(token: String): String {
        val jwt = SignedJWT.parse(token)
        if (!jwt.verify(verifier)) throw SecurityException("token")
        // ok: jwt_not_verified.kotlin.claims
        return jwt.jwtClaimsSet.subject
    }

    fun processed(token: String): String {
        try {
            val jwt = SignedJWT.parse(token)
            processor.process(jwt, null)
            // ok: jwt_not_verified.kotlin.claims
            return jwt.jwtClaimsSet.subject
        } catch (refused: BadJOSEException) {
            throw SecurityException("token", refused)
        }
    }

    fun ensured(token: String): String {
        val jwt = SignedJWT.parse(token)
        ensureSigned(jwt)
        // ok: jwt_not_verified.kotlin.claims
        return jwt.jwtClaimsSet.subject
    }

    fun password(token: String, entered: String): String {
        val jwt = SignedJWT.parse(token)
        passwords.verify(entered)
        // ruleid: jwt_not_verified.kotlin.claims
        return jwt.jwtClaimsSet.subject
    }

    fun verified(token: String): String {
        JWT.require(Algorithm.HMAC256(key.encoded)).build().verify(token)
        // ok: jwt_not_verified.kotlin.decode
        return JWT.decode(token).subject
    }

    // ok: jwt_not_verified.kotlin.decode
    fun both(token: String): DecodedJWT = verifier.verify(JWT.decode(token))

    // ruleid: jwt_not_verified.kotlin.decode
    fun issuer(token: String) = JWT.decode(token).issuer
}
