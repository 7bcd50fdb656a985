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
        // ok: cleartext_transport.csharp.database
        var e = "Server=db.shop.com;Database=shop;Encrypt=True;";
        // ok: cleartext_transport.csharp.connection
        smtp.EnableSsl = true;
    }
}
