namespace Shop.Payments;

public class Sample
{
    public void Run(string password, byte[] key, byte[] data)
    {
        // ruleid: weak_key_size.csharp.rsa
        var rsa = RSA.Create(1024);
        // ruleid: weak_key_size.csharp.rsa
        var provider = new RSACryptoServiceProvider(512);
        // ruleid: weak_key_size.csharp.rsa
        rsa.KeySize = 1024;
        // ruleid: weak_key_size.csharp.symmetric
        aes.KeySize = 64;
        // ruleid: weak_key_size.csharp.curve
        var curve = ECCurve.CreateFromFriendlyName("secp160r1");
        // ok: weak_key_size.csharp.rsa
        var good = RSA.Create(3072);
        // ok: weak_key_size.csharp.symmetric
        aes.KeySize = 256;
        // ok: weak_key_size.csharp.curve
        var fine = ECCurve.CreateFromFriendlyName("nistP256");
    }
}
