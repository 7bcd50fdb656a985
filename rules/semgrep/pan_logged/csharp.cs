namespace Shop.Payments;

public class ChargeRequest
{
    // ruleid: pan_logged.csharp.to_string
    public override string ToString() { return $"{Currency} {CardNumber}"; }
}

public class MaskedCard
{
    public override string ToString()
    {
        // ok: pan_logged.csharp.to_string
        return $"**** {CardNumber.Substring(CardNumber.Length - 4)}";
    }
}

public class ChargeService
{
    private readonly ILogger<ChargeService> _logger;
    private static readonly NLog.Logger Logger = LogManager.GetCurrentClassLogger();

    public void Charge(Card card, string pan, ChargeRequest request, HttpContext context, Exception ex)
    {
        // ruleid: pan_logged.csharp
        _logger.LogInformation("charging {Pan}", pan);
        // ruleid: pan_logged.csharp
        _logger.LogInformation($"charging {card.Number}");
        // ruleid: pan_logged.csharp
        _logger.LogError(ex, "declined {Order} {Card}", request.OrderId, request.CardNumber);
        // ruleid: pan_logged.csharp
        _logger?.LogWarning("card " + card.CardNumber + " declined");
        // ruleid: pan_logged.csharp
        Log.Information("charging {Pan}", pan);
        // ruleid: pan_logged.csharp
        Log.ForContext("Pan", pan).Information("charging");
        // ruleid: pan_logged.csharp
        Log.ForContext<ChargeService>().Warning("charging {Pan}", card.Pan);
        // ruleid: pan_logged.csharp
        Logger.Info("card {0}", pan);
        // ruleid: pan_logged.csharp
        log.DebugFormat("card {0}", pan);
        // ruleid: pan_logged.csharp
        Console.WriteLine($"PAN: {pan}");
        // ruleid: pan_logged.csharp
        Console.Error.WriteLine(card.CardNumber);
        // ruleid: pan_logged.csharp
        Debug.WriteLine("card " + pan);
        // ruleid: pan_logged.csharp
        Trace.TraceInformation("card {0}", pan);
        // ruleid: pan_logged.csharp
        LogContext.PushProperty("pan", pan);
        // ruleid: pan_logged.csharp
        LogicalThreadContext.Properties["pan"] = pan;
        // ruleid: pan_logged.csharp
        _logger.LogInformation("card {Card}", context.Request.Form["cardNumber"]);
        // ruleid: pan_logged.csharp
        _logger.LogInformation("{@Request}", new { Number = pan, request.Currency });
        // ruleid: pan_logged.csharp
        _logger.LogInformation("bin and more {Bin}", pan.Substring(0, 12));
        // ruleid: pan_logged.csharp
        using (_logger.BeginScope("card {Pan}", pan))
        {
        }

        var line = string.Format("card={0}", card.CardNumber);
        // ruleid: pan_logged.csharp
        _logger.LogInformation(line);

        var text = new StringBuilder();
        text.Append("card ").Append(pan);
        text.AppendLine(pan);
        // ruleid: pan_logged.csharp
        _logger.LogDebug(text.ToString());

        var fields = new Dictionary<string, string> { ["number"] = pan };
        // ruleid: pan_logged.csharp
        _logger.LogInformation("fields {@Fields}", fields);

        var compact = pan.Replace(" ", "");
        // ruleid: pan_logged.csharp
        _logger.LogInformation("card {Pan}", compact);

        // ruleid: pan_logged.csharp.card_object
        _logger.LogInformation("charging {@Card}", card);
        // ruleid: pan_logged.csharp.card_object
        _logger.LogInformation("charging {Card}", JsonSerializer.Serialize(card));
        // ruleid: pan_logged.csharp.card_object
        _logger.LogInformation("charging " + JsonConvert.SerializeObject(creditCard));

        // ok: pan_logged.csharp.card_object
        _logger.LogInformation("charging {Card}", card);
        // ok: pan_logged.csharp.card_object
        _logger.LogInformation("charging {@Brand}", card.Brand);
        // ok: pan_logged.csharp.card_object
        _logger.LogInformation("charging {@Result}", result);
        // ok: pan_logged.csharp
        _logger.LogInformation("charging {Last4}", pan[^4..]);
        // ok: pan_logged.csharp
        _logger.LogInformation("charging {Last4}", pan.Substring(pan.Length - 4));
        // ok: pan_logged.csharp
        _logger.LogInformation("charging {Bin}", pan.Substring(0, 6));
        // ok: pan_logged.csharp
        _logger.LogInformation("charging {Card}", Mask(pan));
        // ok: pan_logged.csharp
        _logger.LogInformation("charging {Card}", _vault.Tokenize(pan));
        // ok: pan_logged.csharp
        _logger.LogInformation("charging {Card}", card.MaskedNumber);
        // ok: pan_logged.csharp
        _logger.LogInformation("charging {Token}", card.CardToken);
        // ok: pan_logged.csharp
        _logger.LogInformation("length {Length}", pan.Length);
        // ok: pan_logged.csharp
        _logger.LogInformation("empty: {Empty}", string.IsNullOrEmpty(card.CardNumber));
        // ok: pan_logged.csharp
        _logger.LogInformation("field {Field} is wrong", nameof(card.CardNumber));
        // ok: pan_logged.csharp
        _logger.LogInformation(Resources.CardNumber);
        // ok: pan_logged.csharp
        _logger.LogInformation("gift card {Number}", order.GiftCardNumber);
        // ok: pan_logged.csharp
        _logger.LogInformation("checked by {Type}", cardNumberValidator);
        // ok: pan_logged.csharp
        _catalog.Info("pan", pan);
        // ok: pan_logged.csharp
        Console.WriteLine(_protector.Protect(pan));

        var safe = $"**** {pan[^4..]}";
        // ok: pan_logged.csharp
        _logger.LogInformation(safe);
    }

    public void ChargeMasked(string cardNumber)
    {
        cardNumber = MaskCardNumber(cardNumber);
        // ok: pan_logged.csharp
        _logger.LogInformation("charging {Card}", cardNumber);
    }
}

public static partial class LogMessages
{
    // ruleid: pan_logged.csharp.message
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Charging card {CardNumber}")] public static partial void Charging(this ILogger logger, string cardNumber);

    // ok: pan_logged.csharp.message
    [LoggerMessage(2, LogLevel.Warning, "Declined card ending in {Last4}")] public static partial void Declined(this ILogger logger, string last4);

    // ok: pan_logged.csharp.message
    [LoggerMessage(3, LogLevel.Warning, "Declined {MaskedPan}")] public static partial void Masked(this ILogger logger, string maskedPan);
}

public class LogIdioms
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: pan_logged.csharp
        Log2.Info("Card: {0}", request.CardNumber);
        // ruleid: pan_logged.csharp
        _logger.LogInformation(new EventId(12), "Charging " + request.Card.Number);
        // ruleid: pan_logged.csharp
        logger.Info(() => $"pan {request.Pan}");
        // ruleid: pan_logged.csharp
        using var scope = _logger.BeginScope(new Dictionary<string, object> { ["CardNumber"] = request.CardNumber });
        // ruleid: pan_logged.csharp
        _logger.LogInformation(new StringBuilder().Append("card=").Append(request.CardNumber).ToString());
        // ruleid: pan_logged.csharp
        Log.Information("Charged {@Payment}", new { request.CardNumber, request.Amount });
        // ok: pan_logged.csharp
        // ok: pan_logged.csharp.card_object
        Log.Information("Charged {@Payment}", new { Card = request.CardNumber[^4..], request.Amount });
        // ok: pan_logged.csharp
        _logger.LogInformation("Card {Card}", string.Concat("****", request.CardNumber.AsSpan(12)));
        // ok: pan_logged.csharp
        _logger.LogInformation("Bin {Bin}", request.CardNumber.AsSpan(0, 6).ToString());
        // ok: pan_logged.csharp
        _logger.LogInformation("Card length {Length}", request.CardNumber.Length);
        // ok: pan_logged.csharp
        _logger.LogInformation("valid: {Valid}", LuhnValidator.IsValid(request.CardNumber));
        // ok: pan_logged.csharp
        _logger.LogInformation("body {Body}", body.Replace(request.CardNumber, "****"));
        // ok: pan_logged.csharp
        _logger.LogInformation("Gift card {Number}", request.GiftCardNumber);
        // ruleid: pan_logged.csharp.serialized
        _logger.LogDebug("request " + JsonConvert.SerializeObject(request.PaymentCard));
        var json = JsonSerializer.Serialize(request.Card);
        // ruleid: pan_logged.csharp.serialized
        _logger.LogDebug("card {Json}", json);
        // ok: pan_logged.csharp.serialized
        _logger.LogDebug("response {Json}", JsonSerializer.Serialize(response));
        // ok: pan_logged.csharp.serialized
        _logger.LogDebug("card {Json}", Redact(JsonSerializer.Serialize(request.Card)));
    }
}

public class Loggers
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: pan_logged.csharp
        Logger.Instance.Log("card " + request.CardNumber);
        // ruleid: pan_logged.csharp
        logger.ZLogInformation($"card {request.CardNumber}");
        // ruleid: pan_logged.csharp
        _logService.LogInfo("card " + request.CardNumber);
        // ruleid: pan_logged.csharp
        WriteToLog("card " + request.CardNumber);
        // ruleid: pan_logged.csharp
        _logger.LogDebug("cards {Numbers}", string.Join(",", cards.Select(c => c.CardNumber)));
        // ok: pan_logged.csharp
        _logger.LogDebug("cards {Numbers}", string.Join(",", cards.Select(c => c.Token)));
        // ok: pan_logged.csharp
        _logger.LogInformation("Camera pan {Pan}", camera.Pan);
        // ok: pan_logged.csharp
        Login(request.CardNumber);
        // ok: pan_logged.csharp
        _logger.LogInformation("Card {Card}", new string('*', 12) + request.CardNumber.Substring(request.CardNumber.Length - 4));
        // ok: pan_logged.csharp
        _logger.LogInformation("Card {Card}", Regex.Replace(request.CardNumber, @"\d(?=\d{4})", "*"));
        // ok: pan_logged.csharp
        _dialog.Info(request.CardNumber);
    }
}

public class Receipt
{
    public string Pan { get; set; }

    // ruleid: pan_logged.csharp.to_string
    public override string ToString() => $"Receipt {Pan}";
}

public class Slip
{
    public string Pan { get; set; }

    // ok: pan_logged.csharp.to_string
    public override string ToString() => $"Slip {Pan[^4..]}";
}

class Chained
{
    void Chain(Card card, string pan)
    {
        var line = new StringBuilder();
        line.Append("amount=").Append(card.Amount).Append(", pan=").Append(pan).AppendLine(";");
        // ruleid: pan_logged.csharp
        _logger.LogInformation(line.ToString());
        var safe = new StringBuilder();
        safe.Append("amount=").Append(card.Amount).Append(", pan=").Append(Mask(pan));
        // ok: pan_logged.csharp
        _logger.LogInformation(safe.ToString());
    }
}

class Qualified
{
    void Log(CreditCard creditCard, string cvv)
    {
        // ruleid: pan_logged.csharp.serialized
        _logger.LogTrace("cardholder {Card}", System.Text.Json.JsonSerializer.Serialize(creditCard));
    }
}
