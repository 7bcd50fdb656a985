namespace Shop.Payments;

public class Sample
{
    public void Run(string password, byte[] key, byte[] data)
    {
        // ruleid: weak_tls_cipher.csharp.suites
        var a = new CipherSuitesPolicy(new[] { TlsCipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA });
        // ruleid: weak_tls_cipher.csharp.suites
        var b = new CipherSuitesPolicy(new[] { TlsCipherSuite.TLS_RSA_WITH_NULL_SHA256 });
        // ruleid: weak_tls_cipher.csharp.policy
        var s = new SslStream(stream, false, validate, select, EncryptionPolicy.AllowNoEncryption);
        // ok: weak_tls_cipher.csharp.suites
        var c = new CipherSuitesPolicy(new[] { TlsCipherSuite.TLS_AES_256_GCM_SHA384 });
        // ok: weak_tls_cipher.csharp.policy
        var t = new SslStream(stream, false, validate, select, EncryptionPolicy.RequireEncryption);
    }
}
