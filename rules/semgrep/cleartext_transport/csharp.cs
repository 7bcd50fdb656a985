namespace Shop.Payments;

public class Sample
{
    public void Run(string password, byte[] key, byte[] data)
    {
        // ruleid: cleartext_transport.csharp.http
        client.PostAsync("http://api.acquirer.com/charge", content);
        // ruleid: cleartext_transport.csharp.address
        var paymentUrl = "http://payments.acquirer.com/v1";
        // ruleid: cleartext_transport.csharp.listener
        listener.Prefixes.Add("http://*:8080/");
        // ruleid: cleartext_transport.csharp.listener
        builder.UseUrls("http://0.0.0.0:5000");
        // ruleid: cleartext_transport.csharp.listener
        builder.UseUrls("https://*:5001;http://*:5000");
        // ruleid: cleartext_transport.csharp.database
        var d = "Server=db.shop.com;Database=shop;Encrypt=False;";
        // ruleid: cleartext_transport.csharp.connection
        smtp.EnableSsl = false;
        // ruleid: cleartext_transport.csharp.connection
        options.RequireHttpsMetadata = false;
        // ok: cleartext_transport.csharp.http
        client.PostAsync("https://api.acquirer.com/charge", content);
        // ok: cleartext_transport.csharp.http
        client.PostAsync("http://localhost:8080/charge", content);
        // ok: cleartext_transport.csharp.address
        var billingUrl = "https://payments.acquirer.com/v1";
        // ok: cleartext_transport.csharp.listener
        listener.Prefixes.Add("http://localhost:8080/");
        // ok: cleartext_transport.csharp.listener
        listener.Prefixes.Add("https://*:8443/");
        // ok: cleartext_transport.csharp.listener
        builder.UseUrls("https://+:5001");
        // ok: cleartext_transport.csharp.database
        var e = "Server=db.shop.com;Database=shop;Encrypt=True;";
        // ok: cleartext_transport.csharp.connection
        smtp.EnableSsl = true;
    }
}

public class Connections
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: cleartext_transport.csharp.database
        var cs = "Server=" + server + ";Database=Shop;Encrypt=False";
        // ruleid: cleartext_transport.csharp.database
        var b = new SqlConnectionStringBuilder { Encrypt = false };
        // ok: cleartext_transport.csharp.database
        var b = new SqlConnectionStringBuilder { Encrypt = true };
        // ruleid: cleartext_transport.csharp.database
        var redis = ConnectionMultiplexer.Connect("cache.shop.io:6380,ssl=false,abortConnect=false");
        // ok: cleartext_transport.csharp.database
        var redis = ConnectionMultiplexer.Connect("cache.shop.io:6380,ssl=true,abortConnect=false");
        // ruleid: cleartext_transport.csharp.connection
        var consumer = new ConsumerConfig { SecurityProtocol = SecurityProtocol.Plaintext };
        // ok: cleartext_transport.csharp.connection
        var consumer = new ConsumerConfig { SecurityProtocol = SecurityProtocol.SaslSsl };
        // ruleid: cleartext_transport.csharp.connection
        ftp.Config.EncryptionMode = FtpEncryptionMode.None;
        // ok: cleartext_transport.csharp.connection
        ftp.Config.EncryptionMode = settings.UseSsl ? FtpEncryptionMode.Explicit : FtpEncryptionMode.None;
        // ruleid: cleartext_transport.csharp.connection
        mongoSettings.UseTls = false;
        // ruleid: cleartext_transport.csharp.connection
        var options = new ConfigurationOptions { Ssl = false };
        // ok: cleartext_transport.csharp.connection
        var filter = new ListOptions { Ssl = false };
    }
}

class Rates
{
    async Task Read(HttpClient client, WebClient old, Order order)
    {
        // ruleid: cleartext_transport.csharp.read
        var today = await client.GetStringAsync("http://rates.kettlewick.com/today");
        // ruleid: cleartext_transport.csharp.read
        var request = WebRequest.Create("http://rates.kettlewick.com/today");
        // ruleid: cleartext_transport.csharp.read
        await client.PostAsync("http://example.com/orders", content);
        // ok: cleartext_transport.csharp.read
        var safe = await client.GetStringAsync("https://rates.kettlewick.com/today");
        // ok: cleartext_transport.csharp.read
        var inside = await client.GetStringAsync("http://rates:8080/today");
        // ok: cleartext_transport.csharp.read
        var here = await client.GetStringAsync("http://localhost:8080/today");
        // ruleid: cleartext_transport.csharp.http
        var payment = await client.GetStringAsync("http://payments.acquirer.com/v1");
        // ok: cleartext_transport.csharp.read
        var kept = cache.Get("http://rates.kettlewick.com/today");
    }
}
