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

public class Clients
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: tls_verification_disabled.csharp.handler
        handler.ServerCertificateCustomValidationCallback = (_, _, _, _) => { Console.WriteLine("x"); return true; };
        // ruleid: tls_verification_disabled.csharp.handler
        client.ServerCertificateValidationCallback += delegate (object s, X509Certificate c, X509Chain h, SslPolicyErrors e) { _log.Warn(e); return true; };
        // ok: tls_verification_disabled.csharp.handler
        handler.ServerCertificateCustomValidationCallback = (m, c, h, e) => { if (e != SslPolicyErrors.None) { return false; } return true; };
        // ok: tls_verification_disabled.csharp.handler
        handler.ServerCertificateCustomValidationCallback = (m, c, h, e) => { Check(c); return e == SslPolicyErrors.None; };
        // ok: tls_verification_disabled.csharp.handler
        handler.ServerCertificateCustomValidationCallback = (m, c, h, e) => { if (e != SslPolicyErrors.None) throw new AuthenticationException(); return true; };
        // ruleid: tls_verification_disabled.csharp.client
        ftp.ValidateCertificate += (control, e) => e.Accept = true;
        // ruleid: tls_verification_disabled.csharp.client
        ftp.Config.ValidateAnyCertificate = true;
        // ruleid: tls_verification_disabled.csharp.client
        var ssl = new SslOption { Enabled = true, AcceptablePolicyErrors = SslPolicyErrors.RemoteCertificateNameMismatch };
        // ok: tls_verification_disabled.csharp.client
        var ssl = new SslOption { Enabled = true, AcceptablePolicyErrors = SslPolicyErrors.None };
        // ok: tls_verification_disabled.csharp.client
        ftp.ValidateCertificate += (control, e) => e.Accept = e.PolicyErrors == SslPolicyErrors.None;
        // ruleid: tls_verification_disabled.csharp.callback
        ldap.SessionOptions.VerifyServerCertificate = (c, cert) => true;
        // ruleid: tls_verification_disabled.csharp.revocation
        smtpClient.CheckCertificateRevocation = false;
    }
}

public class Callbacks
{
    // ruleid: tls_verification_disabled.csharp.any
    private static bool Accept(object sender, X509Certificate certificate, X509Chain chain, SslPolicyErrors errors) => true;

    // ok: tls_verification_disabled.csharp.any
    private static bool Check(object sender, X509Certificate certificate, X509Chain chain, SslPolicyErrors errors) => errors == SslPolicyErrors.None;
}

public class Subjects
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: tls_verification_disabled.csharp.subject
        handler.ServerCertificateCustomValidationCallback = (m, c, ch, e) => c.Subject.Contains("acme");
        // ok: tls_verification_disabled.csharp.subject
        handler.ServerCertificateCustomValidationCallback = (m, c, ch, e) => e == SslPolicyErrors.None && c.Subject.Contains("acme");
        // ok: tls_verification_disabled.csharp.subject
        handler.ServerCertificateCustomValidationCallback = (m, c, ch, e) => c.Thumbprint == pinned;
    }
}
