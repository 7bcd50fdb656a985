using System.Net.Http;
using System.Security.Authentication;
using System.Security.Cryptography;

class Crypto
{
    void Uses(byte[] key, byte[] salt, Registry registry, HttpClientHandler handler)
    {
        // ruleid: cryptography.csharp.created
        var box = new AesGcm(key, 16);
        // ruleid: cryptography.csharp.created
        var digest = SHA256.HashData(key);
        // ok: cryptography.csharp.created
        var other = Registry.Create("Aes");
        // ruleid: cryptography.csharp.created, cryptography.csharp.key_size
        var pair = RSA.Create(3072);
        // ok: cryptography.csharp.key_size, cryptography.csharp.mode
        var size = registry.Create(3072);
        // ruleid: cryptography.csharp.created
        var aes = Aes.Create();
        // ruleid: cryptography.csharp.mode
        aes.Mode = CipherMode.CBC;
        // ruleid: cryptography.csharp.kdf
        var derived = Rfc2898DeriveBytes.Pbkdf2("x", salt, 600000, HashAlgorithmName.SHA512, 32);
        // ok: cryptography.csharp.kdf
        var stored = registry.Derive("x", salt, 600000);
        // ruleid: cryptography.csharp.tls
        handler.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        // ok: cryptography.csharp.tls
        handler.MaxConnectionsPerServer = 12;
    }
}
