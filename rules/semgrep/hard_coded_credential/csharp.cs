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
