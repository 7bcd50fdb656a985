fun specs(socket: SSLSocket) {
    // ruleid: weak_tls_cipher.kotlin.constant
    ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS).cipherSuites(CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA).build()
    // ok: weak_tls_cipher.kotlin.constant
    ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS).cipherSuites(CipherSuite.TLS_AES_128_GCM_SHA256).build()
    // ruleid: weak_tls_cipher.kotlin.suites
    socket.enabledCipherSuites = arrayOf("TLS_AES_256_GCM_SHA384", "TLS_RSA_WITH_RC4_128_SHA")
    // ok: weak_tls_cipher.kotlin.suites
    socket.enabledCipherSuites = arrayOf("TLS_AES_256_GCM_SHA384")
    // ruleid: weak_tls_cipher.kotlin.suites
    System.setProperty("https.cipherSuites", "TLS_AES_256_GCM_SHA384,TLS_DH_anon_WITH_AES_128_CBC_SHA")
}
