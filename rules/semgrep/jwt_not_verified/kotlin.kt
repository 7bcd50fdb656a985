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
}
