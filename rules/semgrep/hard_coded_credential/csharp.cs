namespace Shop.Payments;

public class Sample
{
    public void Run(string password, byte[] key, byte[] data)
    {
        // ruleid: hard_coded_credential.csharp.connection_string
        var c = "Server=db.shop.example;Database=shop;User Id=shop;Password=Qw7-kiwi-lamp;";
        // ruleid: hard_coded_credential.csharp.login
        var n = new NetworkCredential("batch", "Qw7-kiwi-lamp");
        // ruleid: hard_coded_credential.csharp.payment
        StripeConfiguration.ApiKey = "Zx9kiwiLamp4422";
        // ruleid: hard_coded_credential.csharp.variable
        string dbPassword = "Qw7-kiwi-lamp";
        // ruleid: hard_coded_credential.csharp.address
        var u = new Uri("amqp://shop:Qw7-kiwi-lamp@broker.shop.net:5672");
        // ok: hard_coded_credential.csharp.connection_string
        var d = "Server=db.shop.example;Database=shop;Integrated Security=true;";
        // ok: hard_coded_credential.csharp.connection_string
        var e = "Server=db.shop.example;Database=shop;User Id=shop;Password={0};";
        // ok: hard_coded_credential.csharp.login
        var m = new NetworkCredential(user, configuration["Batch:Password"]);
        // ok: hard_coded_credential.csharp.payment
        StripeConfiguration.ApiKey = configuration["Stripe:Key"];
        // ok: hard_coded_credential.csharp.variable
        string passwordLabel = "Password";
        // ok: hard_coded_credential.csharp.address
        var v = new Uri("amqp://broker.shop.net:5672");
    }
}

public class Headers
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: hard_coded_credential.csharp.header
        client.DefaultRequestHeaders.Add("X-Api-Key", "9f8a7c6b5d4e3f2a1b0c9d8e7f6a5b4c");
        // ruleid: hard_coded_credential.csharp.header
        request.Headers["Authorization"] = "Bearer 9f8a7c6b5d4e3f2a1b0c9d8e7f6a5b4c";
        // ruleid: hard_coded_credential.csharp.header
        restRequest.AddHeader("Ocp-Apim-Subscription-Key", "9f8a7c6b5d4e3f2a1b0c9d8e7f6a5b4c");
        // ok: hard_coded_credential.csharp.header
        client.DefaultRequestHeaders.Add("X-Api-Key", configuration["Psp:ApiKey"]);
        // ok: hard_coded_credential.csharp.header
        client.DefaultRequestHeaders.Add("Idempotency-Key", "9f8a7c6b5d4e3f2a1b0c9d8e7f6a5b4c");
        // ok: hard_coded_credential.csharp.header
        client.DefaultRequestHeaders.Add("Authorization", "Bearer your-token-goes-here1");
        // ruleid: hard_coded_credential.csharp.login
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", "dXNlcjpYazI5ZmpRIXNsdzA=");
        // ruleid: hard_coded_credential.csharp.login
        var search = settings.Authentication(new BasicAuthentication("elastic", "Xk29fjQ!slw0"));
        // ruleid: hard_coded_credential.csharp.login
        await userManager.CreateAsync(admin, "Xk29fjQ!slw0");
        // ruleid: hard_coded_credential.csharp.login
        var s3 = new AmazonS3Client(id, "8zr4Yt2vX9bLm3Kp7Wd5Hs68zr4Yt2vX9bLm3Kp7");
        // ok: hard_coded_credential.csharp.login
        await userManager.CreateAsync(user, model.Password);
        // ok: hard_coded_credential.csharp.login
        var s3 = new AmazonS3Client(RegionEndpoint.EUWest1);
    }
}

public class Local
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ok: hard_coded_credential.csharp.connection_string
        var local = "Server=localhost;Database=Shop;User Id=app;Password=Xk29fjQ!slw0";
        // ok: hard_coded_credential.csharp.connection_string
        var help = $"If you have a node: 'type=node;server=http://node.shop.io:9740/;password=nodepassword'";
        // ok: hard_coded_credential.csharp.connection_string
        var placeholder = "Server=db.shop.io;Database=Shop;User Id=app;Password=yourStrong(!)Password";
    }
}
