namespace Shop.Payments;

public class Sample
{
    public void Run(string password, byte[] key, byte[] data)
    {
        // ruleid: insecure_random.csharp.value
        var resetToken = new Random().Next(100000, 999999).ToString();
        // ruleid: insecure_random.csharp.value
        var sessionId = Random.Shared.NextInt64();
        // ok: insecure_random.csharp.value
        var color = new Random().Next(10);
        // ok: insecure_random.csharp.value
        var accessToken = RandomNumberGenerator.GetHexString(32);
        }

        private string GenerateOtp()
        {
            // ruleid: insecure_random.csharp.function
            var random = new Random();
            return random.Next(100000, 999999).ToString();
        }

        private string GenerateColor()
        {
            // ok: insecure_random.csharp.function
            return Random.Shared.Next(10).ToString();
    }
}

public class Words
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: insecure_random.csharp.value
        var token = new Random().Next(100000, 999999).ToString();
        // ruleid: insecure_random.csharp.value
        var otp = Random.Shared.Next(100000, 999999);
        // ok: insecure_random.csharp.value
        var token = new Random().Next(6);
        // ok: insecure_random.csharp.value
        var jitter = Random.Shared.Next(100);
    }
}

public class FormFields
{
    // A field with a random name is no token.
    public HoneypotField CreateToken()
    {
        // ok: insecure_random.csharp.function
        var r = new Random();
        return new HoneypotField { Name = Names[r.Next(Names.Length)] };
    }
}

public class Keys
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: insecure_random.csharp.key
        var rng = new Random(); var key = new byte[32]; rng.NextBytes(key); aes.Key = key;
        // ok: insecure_random.csharp.key
        var noise = new Random(); var sample = new byte[32]; noise.NextBytes(sample); file.Write(sample);
        // ruleid: insecure_random.csharp.key
        var dataKey = new byte[32]; new Random().NextBytes(dataKey); store.Put(dataKey);
        // ruleid: insecure_random.csharp.key
        var material = new byte[32]; Random.Shared.NextBytes(material); aes.Key = material;
        // ok: insecure_random.csharp.key
        var padding = new byte[32]; new Random().NextBytes(padding); file.Write(padding);
        // ok: insecure_random.csharp.key
        var fresh = new byte[32]; RandomNumberGenerator.Fill(fresh); aes.Key = fresh;
        // ok: insecure_random.csharp.key
        var monkey = new byte[8]; new Random().NextBytes(monkey);
    }
}
