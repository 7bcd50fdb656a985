namespace Shop.Payments;

public class Sample
{
    public void Run(string password, byte[] key, byte[] data)
    {
        // ruleid: hard_coded_key.csharp.cipher
        aes.Key = Encoding.UTF8.GetBytes("Qw7kiwilampQw7kiwilamp4422abcdEF");
        // ruleid: hard_coded_key.csharp.cipher
        aes.Key = new byte[] { 1, 2, 3, 4 };
        // ruleid: hard_coded_key.csharp.jwt
        var k = new SymmetricSecurityKey(Encoding.UTF8.GetBytes("Qw7kiwilampQw7kiwilamp4422abcdEF"));
        // ruleid: hard_coded_key.csharp.setting
        string encryptionKey = "Qw7kiwilamp4422abcd";
        // ruleid: hard_coded_key.csharp.fallback
        var f = configuration["Jwt:Key"] ?? "Qw7kiwilamp4422abcd";
        // ok: hard_coded_key.csharp.cipher
        aes.Key = Convert.FromBase64String(configuration["Key"]);
        // ok: hard_coded_key.csharp.jwt
        var g = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(configuration["Jwt:Key"]));
        // ok: hard_coded_key.csharp.setting
        string encryptionKeyName = "shop-key-1";
        // ok: hard_coded_key.csharp.fallback
        var h = configuration["Jwt:Key"] ?? throw new InvalidOperationException();
    }
}

public class Settings2
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: hard_coded_key.csharp.setting
        builder.Configuration["Jwt:Key"] = "k8Jd92mslqPz01xxQe7Tn5aa";
        // ok: hard_coded_key.csharp.setting
        builder.Configuration["Jwt:Issuer"] = "issuer-8812-abc";
        // ok: hard_coded_key.csharp.setting
        builder.Configuration["Jwt:Key"] = secrets["jwt"];
    }
}
