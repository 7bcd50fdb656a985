using System;
using System.Security.Cryptography;
using System.Text;

namespace Checkout;

/// <summary>Cards become tokens here: AES-256 under a fresh nonce, bound to the token.</summary>
public sealed class Vault
{
    private readonly Settings settings;

    public Vault(Settings settings)
    {
        this.settings = settings;
    }

    public static string LastFour(string pan) => pan[^4..];

    public byte[] Seal(string plain, string recordId)
    {
        var nonce = RandomNumberGenerator.GetBytes(12);
        var text = Encoding.UTF8.GetBytes(plain);
        var sealedText = new byte[text.Length];
        var tag = new byte[16];
        using var gcm = new AesGcm(settings.DataKey(), 16);
        gcm.Encrypt(nonce, text, sealedText, tag, Encoding.UTF8.GetBytes(recordId));
        return [.. nonce, .. tag, .. sealedText];
    }

    /// <summary>The old terminals read CBC; what they get is signed beside it.</summary>
    public byte[] SealForOldTerminal(byte[] data, byte[] key)
    {
        using var aes = Aes.Create();
        aes.KeySize = 256;
        aes.Mode = CipherMode.CBC;
        aes.Key = key;
        aes.IV = RandomNumberGenerator.GetBytes(16);
        return aes.EncryptCbc(data, aes.IV);
    }

    /// <summary>Equal for equal numbers, and for nobody without the key.</summary>
    public byte[] Fingerprint(string pan)
    {
        return HMACSHA256.HashData(settings.FingerprintKey(), Encoding.UTF8.GetBytes(pan));
    }

    public string NewToken()
    {
        var cardToken = "tok_" + Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
        return cardToken;
    }

    public void NewDataKey(Aes aes)
    {
        var key = new byte[32];
        var rng = RandomNumberGenerator.Create(); rng.GetBytes(key);
        aes.Key = key; aes.GenerateIV();
    }

    public string GenerateOtp()
    {
        return RandomNumberGenerator.GetInt32(1_000_000).ToString("D6");
    }

    public byte[] SealForTerminal(RSA rsa, byte[] data)
    {
        return rsa.Encrypt(data, RSAEncryptionPadding.OaepSHA256);
    }

    public RSA NewTerminalKey()
    {
        return RSA.Create(3072);
    }

    public ECDsa NewReceiptKey()
    {
        return ECDsa.Create(ECCurve.CreateFromFriendlyName("nistP256"));
    }

    public byte[] SignReceipt(RSA rsa, byte[] receipt)
    {
        return rsa.SignData(receipt, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
    }
}
