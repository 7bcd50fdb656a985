using System.Diagnostics;
using System.Net.Mail;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using Sentry;

namespace Checkout;

/// <summary>What a shop sends.</summary>
public class PaymentCard
{
    public string OrderId { get; set; } = "";
    public string Currency { get; set; } = "";
    public string CardNumber { get; set; } = "";
    public string Expiry { get; set; } = "";
    public string Cvv { get; set; } = "";

    public override string ToString() { return $"{Currency} {OrderId}"; }
}

public static partial class Log
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Charging card {Token}")] public static partial void Charging(this ILogger logger, string token);
    [LoggerMessage(2, LogLevel.Information, "Checked with result {CvvResult}")] public static partial void Checked(this ILogger logger, string cvvResult);
}

[ApiController]
[Route("payments")]
public class Payments : Controller
{
    private readonly ILogger<Payments> _logger;
    private readonly Gateway gateway;
    private readonly Vault vault;

    public Payments(ILogger<Payments> logger, Gateway gateway, Vault vault)
    {
        _logger = logger;
        this.gateway = gateway;
        this.vault = vault;
    }

    [HttpPost]
    public async Task<IActionResult> Pay([FromBody] PaymentCard card)
    {
        var pan = card.CardNumber;
        var cvv = card.Cvv;
        await gateway.Authorize(card.OrderId, 100, pan, card.Expiry, cvv);
        _logger.LogInformation("charged card ending in {Last4}", Vault.LastFour(pan));
        _logger.LogInformation("charging {Order}", card.OrderId);
        SentrySdk.CaptureMessage($"charged {Vault.LastFour(pan)}");
        ViewBag.Number = "**** " + Vault.LastFour(card.CardNumber);
        return View(vault.NewToken());
    }

    private void Trace(PaymentCard paymentCard)
    {
        _logger.LogDebug("request " + JsonConvert.SerializeObject(paymentCard.OrderId));
    }

    [HttpGet("{cardToken}")]
    public IActionResult Card(string cardToken) => Ok(cardToken);

    private static void Tell(MailMessage mail, string cardNumber)
    {
        mail.Body = $"You paid with the card ending in {Vault.LastFour(cardNumber)}";
    }

    private static Process Export(string token)
    {
        return Process.Start("export-cards", [token]);
    }
}
