namespace Shop.Payments;

public class Sample
{
    public void Run(string password, byte[] key, byte[] data)
    {
        // ruleid: tls_verification_disabled.csharp.callback
        var a = new HttpClientHandler { ServerCertificateCustomValidationCallback = (m, c, ch, e) => true };
        // ruleid: tls_verification_disabled.csharp.callback
        ServicePointManager.ServerCertificateValidationCallback += (s, c, ch, e) => { return true; };
        // ruleid: tls_verification_disabled.csharp.callback
        ServicePointManager.ServerCertificateValidationCallback = delegate { return true; };
        // ruleid: tls_verification_disabled.csharp.any
        handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        // ruleid: tls_verification_disabled.csharp.any
        var s = new SslStream(stream, false, (o, c, ch, e) => true);
        // ruleid: tls_verification_disabled.csharp.revocation
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // ruleid: tls_verification_disabled.csharp.driver
        builder.TrustServerCertificate = true;
        // ruleid: tls_verification_disabled.csharp.driver
        var d = "Server=db.shop.example;Database=shop;TrustServerCertificate=True;";
        // ok: tls_verification_disabled.csharp.driver
        var local = "Server=localhost;Database=shop;TrustServerCertificate=True;";
        // ok: tls_verification_disabled.csharp.callback, tls_verification_disabled.csharp.any
        handler.ServerCertificateCustomValidationCallback = (m, c, ch, e) => e == SslPolicyErrors.None;
        // ok: tls_verification_disabled.csharp.revocation
        chain.ChainPolicy.RevocationMode = X509RevocationMode.Online;
    }
}
