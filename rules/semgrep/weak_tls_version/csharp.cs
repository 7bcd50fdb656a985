namespace Shop.Payments;

public class Sample
{
    public void Run(string password, byte[] key, byte[] data)
    {
        // ruleid: weak_tls_version.csharp.protocol
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls;
        // ruleid: weak_tls_version.csharp.protocol
        handler.SslProtocols = SslProtocols.Tls11;
        // ruleid: weak_tls_version.csharp.protocol
        var other = new HttpClientHandler { SslProtocols = SslProtocols.Ssl3 };
        // ruleid: weak_tls_version.csharp.cast
        ServicePointManager.SecurityProtocol = (SecurityProtocolType)768;
        // ruleid: weak_tls_version.csharp.switch
        AppContext.SetSwitch("Switch.System.Net.DontEnableSchUseStrongCrypto", true);
        // ok: weak_tls_version.csharp.protocol
        handler.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        // ok: weak_tls_version.csharp.protocol
        if (stream.SslProtocol == SslProtocols.Tls) return;
        // ok: weak_tls_version.csharp.cast
        ServicePointManager.SecurityProtocol = (SecurityProtocolType)3072;
        // ok: weak_tls_version.csharp.switch
        AppContext.SetSwitch("Switch.System.Net.DontEnableSchUseStrongCrypto", false);
    }
}
