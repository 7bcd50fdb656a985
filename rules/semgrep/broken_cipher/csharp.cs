namespace Shop.Payments;

public class Sample
{
    public void Run(string password, byte[] key, byte[] data)
    {
        // ruleid: broken_cipher.csharp.algorithm
        var des = DES.Create();
        // ruleid: broken_cipher.csharp.algorithm
        var three = new TripleDESCryptoServiceProvider();
        // ruleid: broken_cipher.csharp.algorithm
        var named = SymmetricAlgorithm.Create("TripleDES");
        // ruleid: broken_cipher.csharp.ecb
        aes.Mode = CipherMode.ECB;
        // ruleid: broken_cipher.csharp.ecb
        var other = new RijndaelManaged { Mode = CipherMode.ECB };
        // ruleid: broken_cipher.csharp.ecb
        aes.EncryptEcb(data, PaddingMode.PKCS7);
        // ruleid: broken_cipher.csharp.padding
        rsa.Encrypt(data, RSAEncryptionPadding.Pkcs1);
        var provider = new RSACryptoServiceProvider(2048);
        // ruleid: broken_cipher.csharp.padding
        provider.Encrypt(data, false);
        // ok: broken_cipher.csharp.padding
        provider.Encrypt(data, true);
        // ok: broken_cipher.csharp.padding
        rsa.Encrypt(data, RSAEncryptionPadding.OaepSHA256);
        // ok: broken_cipher.csharp.algorithm
        var aes = Aes.Create();
        // ok: broken_cipher.csharp.ecb
        aes.Mode = CipherMode.CBC;
        // ok: broken_cipher.csharp.algorithm
        var gcm = new AesGcm(key, 16);
    }
}

public class Blocks
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: broken_cipher.csharp.ecb
        var a = new PaddedBufferedBlockCipher(new AesEngine());
        // ruleid: broken_cipher.csharp.ecb
        var b = new BufferedBlockCipher(new EcbBlockCipher(new AesEngine()));
        // ok: broken_cipher.csharp.ecb
        var c = new PaddedBufferedBlockCipher(new CbcBlockCipher(new AesEngine()), new Pkcs7Padding());
    }
}
