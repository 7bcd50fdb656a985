public class Terminal
{
    public void Authorise(Card card, string cvv, string track2Data, string pinBlock, PaymentResult result)
    {
        // ruleid: sad_logged.csharp
        _logger.LogInformation("cvv {Cvv}", cvv);
        // ruleid: sad_logged.csharp
        _logger.LogDebug($"card with {card.SecurityCode} {card.Cvc}");
        // ruleid: sad_logged.csharp
        Console.WriteLine("track " + track2Data);
        // ruleid: sad_logged.csharp
        Log.Debug("pin {Pin}", pinBlock);
        // ruleid: sad_logged.csharp
        _logger.LogInformation("cvv {Cvv}", Hash(cvv));
        // ruleid: sad_logged.csharp
        _logger.LogInformation("cvv {Cvv}", _aes.Encrypt(cvv));
        // ruleid: sad_logged.csharp
        _logger.LogInformation("form {Cvv}", Request.Form["cvv"]);
        // ok: sad_logged.csharp
        _logger.LogInformation("answer {Result}", result.CvvResult);
        // ok: sad_logged.csharp
        _logger.LogInformation("present: {Present}", cvv != null);
        // ok: sad_logged.csharp
        _logger.LogInformation("present: {Present}", string.IsNullOrEmpty(cvv));
        // ok: sad_logged.csharp
        _logger.LogInformation("cvv {Cvv}", Redact(cvv));
        // ok: sad_logged.csharp
        _logger.LogInformation("gpio {Pin}", board.Pin);
        // ok: sad_logged.csharp
        _logger.LogInformation("attempts {Count}", cvvAttempts);
    }
}

public static partial class LogMessages
{
    // ruleid: sad_logged.csharp.message
    [LoggerMessage(1, LogLevel.Information, "Checking {Cvv}")] public static partial void Checking(this ILogger logger, string cvv);

    // ok: sad_logged.csharp.message
    [LoggerMessage(2, LogLevel.Information, "Answer {CvvResult}")] public static partial void Answered(this ILogger logger, string cvvResult);
}

public class Answers
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ok: sad_logged.csharp
        _logger.LogInformation("Response code {Code}", response.CvvCode);
        // ruleid: sad_logged.csharp
        _logger.LogInformation("Code {Code}", request.CvvCode);
    }
}
