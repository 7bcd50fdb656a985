package shop.kettlewick.checkout

import com.nimbusds.jose.JWSVerifier
import com.nimbusds.jwt.SignedJWT

fun partner(text: String, verifier: JWSVerifier): String {
    val jwt = SignedJWT.parse(text)
    check(jwt.verify(verifier)) { "the partner's token has a wrong signature" }
    return jwt.jwtClaimsSet.subject
}
