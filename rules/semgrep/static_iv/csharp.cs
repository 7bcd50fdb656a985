namespace Shop.Payments;

public class Sample
{
    public void Run(string password, byte[] key, byte[] data)
    {
        // ruleid: static_iv.csharp.parameter
        aes.IV = new byte[16];
        // ruleid: static_iv.csharp.parameter
        aes.IV = Encoding.UTF8.GetBytes("some initial text");
        var zero = new byte[12];
        // ruleid: static_iv.csharp.parameter
        gcm.Encrypt(zero, data, cipher, tag);
        // ruleid: static_iv.csharp.parameter
        var encryptor = aes.CreateEncryptor(key, new byte[] { 1, 2, 3, 4 });
        // ruleid: static_iv.csharp.from_key
        aes.IV = key;
        var nonce = new byte[12];
        RandomNumberGenerator.Fill(nonce);
        // ok: static_iv.csharp.parameter
        gcm.Encrypt(nonce, data, cipher, tag);
        var iv = new byte[16];
        stream.Read(iv, 0, 16);
        // ok: static_iv.csharp.parameter
        aes.IV = iv;
        aes.GenerateIV();
        // ok: static_iv.csharp.parameter, static_iv.csharp.from_key
        var fine = aes.CreateEncryptor(aes.Key, aes.IV);
    }
}

public class Fresh
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        aes.GenerateIV();
        // ok: static_iv.csharp.parameter
        var e = aes.CreateEncryptor(aes.Key, aes.IV);
    }
}
