using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Net.Mail;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using FluentFTP;

namespace Checkout;

/// <summary>The acquirer and the others we call: TLS 1.2 or later, its private authority, our certificate.</summary>
public sealed class Gateway
{
    private readonly HttpClient client;
    private readonly Settings settings;

    public Gateway(HttpClient client, Settings settings, string apiKey)
    {
        this.client = client;
        this.settings = settings;
        client.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12 | SecurityProtocolType.Tls13;
        AppContext.SetSwitch("Switch.System.Net.DontEnableSchUseStrongCrypto", false);
    }

    public static HttpClientHandler Handler(X509Certificate2 authority, X509Certificate2 own)
    {
        var handler = new HttpClientHandler { SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 };
        handler.ClientCertificates.Add(own);
        handler.ServerCertificateCustomValidationCallback = (message, certificate, chain, errors) => Trusted(chain!, certificate!, authority, errors);
        return handler;
    }

    private static bool Trusted(X509Chain chain, X509Certificate2 certificate, X509Certificate2 authority, SslPolicyErrors errors)
    {
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.Online;
        return chain.Build(certificate);
    }

    public static CipherSuitesPolicy Suites()
    {
        return new CipherSuitesPolicy(new[] { TlsCipherSuite.TLS_AES_256_GCM_SHA384 });
    }

    public static SslStream Terminal(System.IO.Stream stream, RemoteCertificateValidationCallback validate, LocalCertificateSelectionCallback select)
    {
        return new SslStream(stream, false, validate, select, EncryptionPolicy.RequireEncryption);
    }

    public async Task<string> Authorize(string orderId, long amount, string pan, string expiry, string cvv)
    {
        var answer = await client.PostAsJsonAsync(settings.PaymentUrl(), new { orderId, amount, number = pan, expiry, code = cvv });
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"the card ending in {Vault.LastFour(pan)} was declined");
        }

        return await answer.Content.ReadAsStringAsync();
    }

    public Task<HttpResponseMessage> Brand(string cardToken, string pan)
    {
        return client.GetAsync($"https://api.acquirer.com/cards/{cardToken}");
    }

    public Task<HttpResponseMessage> Refund(HttpContent content)
    {
        return client.PostAsync("https://api.acquirer.com/refunds", content);
    }

    public Task<string> Rates()
    {
        return client.GetStringAsync("https://rates.kettlewick.com/today");
    }

    public static void Mail(SmtpClient smtp)
    {
        smtp.EnableSsl = true;
    }

    public static void Listen(HttpListener listener)
    {
        listener.Prefixes.Add("https://pay.kettlewick.shop:8443/");
    }

    public static void Batch(FtpClient ftp)
    {
        ftp.ValidateCertificate += (control, e) => e.Accept = e.PolicyErrors == SslPolicyErrors.None;
    }
}
