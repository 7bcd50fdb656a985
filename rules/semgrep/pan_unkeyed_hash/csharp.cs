public class Fingerprints
{
    public byte[] Make(string pan, byte[] key, Card card)
    {
        using var sha = SHA256.Create();
        // ruleid: pan_unkeyed_hash.csharp
        sha.ComputeHash(Encoding.UTF8.GetBytes(pan));
        // ruleid: pan_unkeyed_hash.csharp
        SHA256.HashData(Encoding.UTF8.GetBytes(card.CardNumber));
        // ruleid: pan_unkeyed_hash.csharp
        MD5.HashData(Encoding.UTF8.GetBytes(salt + pan));
        // ruleid: pan_unkeyed_hash.csharp
        BCrypt.Net.BCrypt.HashPassword(pan);
        var bytes = Encoding.ASCII.GetBytes(pan);
        // ruleid: pan_unkeyed_hash.csharp
        SHA512.Create().ComputeHash(bytes);

        // ok: pan_unkeyed_hash.csharp
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(pan));
        // ok: pan_unkeyed_hash.csharp
        SHA256.HashData(Encoding.UTF8.GetBytes(card.Token));
        using var hmac = new HMACSHA256(key);
        // ok: pan_unkeyed_hash.csharp
        return hmac.ComputeHash(Encoding.UTF8.GetBytes(pan));
    }

    public byte[] Keyed(string pan, byte[] key)
    {
        using (var h = new HMACSHA256(key))
        {
            // ok: pan_unkeyed_hash.csharp
            return h.ComputeHash(Encoding.UTF8.GetBytes(pan));
        }
    }
}
