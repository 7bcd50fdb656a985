namespace Shop.Payments;

public class Sample
{
    public void Run(string password, byte[] key, byte[] data)
    {
        // ruleid: weak_hash.csharp.secret
        MD5.HashData(Encoding.UTF8.GetBytes(password));
        using var sha = SHA1.Create();
        // ruleid: weak_hash.csharp.secret
        sha.ComputeHash(Encoding.UTF8.GetBytes(user.Password));
        // ruleid: weak_hash.csharp.signature
        rsa.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
        // ruleid: weak_hash.csharp.signature
        var mac = new HMACMD5(key);
        // ok: weak_hash.csharp.secret
        MD5.HashData(File.ReadAllBytes("logo.png"));
        // ok: weak_hash.csharp.secret
        SHA256.HashData(Encoding.UTF8.GetBytes(token));
        // ok: weak_hash.csharp.signature
        rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        }

        private byte[] ComputeSignature(string text)
        {
            // ruleid: weak_hash.csharp.purpose
            return SHA1.Create().ComputeHash(Encoding.UTF8.GetBytes(text));
        }

        private byte[] ComputeEtag(string text)
        {
            // ok: weak_hash.csharp.purpose
            return SHA1.Create().ComputeHash(Encoding.UTF8.GetBytes(text));
    }
}

public class Named
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: weak_hash.csharp.secret
        var h = HashAlgorithm.Create("SHA1").ComputeHash(Encoding.UTF8.GetBytes(password));
        // ok: weak_hash.csharp.secret
        var h = HashAlgorithm.Create("SHA256").ComputeHash(Encoding.UTF8.GetBytes(password));
    }
}
