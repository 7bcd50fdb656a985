namespace Shop.Payments;

public class Sample
{
    public void Run(string password, byte[] key, byte[] data)
    {
        // ruleid: weak_key_derivation.csharp.pbkdf2
        var d = new Rfc2898DeriveBytes(password, salt, 10000, HashAlgorithmName.SHA256);
        // ruleid: weak_key_derivation.csharp.pbkdf2
        KeyDerivation.Pbkdf2(password, salt, KeyDerivationPrf.HMACSHA256, iterationCount: 1000, numBytesRequested: 32);
        // ruleid: weak_key_derivation.csharp.default
        var e = new Rfc2898DeriveBytes(password, salt);
        // ruleid: weak_key_derivation.csharp.default
        var f = new PasswordDeriveBytes(password, salt);
        // ruleid: weak_key_derivation.csharp.bcrypt
        BCrypt.Net.BCrypt.HashPassword(password, workFactor: 4);
        // ruleid: weak_key_derivation.csharp.identity
        options.CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV2;
        // ok: weak_key_derivation.csharp.pbkdf2, weak_key_derivation.csharp.default
        var g = new Rfc2898DeriveBytes(password, salt, 600000, HashAlgorithmName.SHA256);
        // ok: weak_key_derivation.csharp.bcrypt
        BCrypt.Net.BCrypt.HashPassword(password, workFactor: 12);
        // ok: weak_key_derivation.csharp.identity
        options.CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV3;
    }

    public static void Few(PasswordHasherOptions options)
    {
        // ruleid: weak_key_derivation.csharp.identity
        options.IterationCount = 1000;
    }

    public static void Many(PasswordHasherOptions options, RetryOptions retries)
    {
        // ok: weak_key_derivation.csharp.identity
        options.IterationCount = 600000;
        // ok: weak_key_derivation.csharp.identity
        retries.IterationCount = 3;
    }
}
