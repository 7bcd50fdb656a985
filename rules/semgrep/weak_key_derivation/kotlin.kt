fun derive(password: CharArray, salt: ByteArray) {
    // ruleid: weak_key_derivation.kotlin.pbkdf2
    PBEKeySpec(password, salt, 1000, 256)
    // ok: weak_key_derivation.kotlin.pbkdf2
    PBEKeySpec(password, salt, 600_000, 256)
    // ruleid: weak_key_derivation.kotlin.bcrypt
    BCryptPasswordEncoder(4)
    // ok: weak_key_derivation.kotlin.bcrypt
    BCryptPasswordEncoder(12)
    // ruleid: weak_key_derivation.kotlin.encoder
    NoOpPasswordEncoder.getInstance()
    // ok: weak_key_derivation.kotlin.encoder
    PasswordEncoderFactories.createDelegatingPasswordEncoder()
    // ruleid: weak_key_derivation.kotlin.scrypt
    SCrypt.generate(password.toByteArray(), salt, 1024, 8, 1, 32)
    // ok: weak_key_derivation.kotlin.scrypt
    SCrypt.generate(password.toByteArray(), salt, 32768, 8, 3, 32)
}
