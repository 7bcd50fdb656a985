public class CardsController : ControllerBase
{
    public IActionResult Get(string cardNumber, Card card)
    {
        // ruleid: pan_in_error_message.csharp
        ModelState.AddModelError("card", $"{cardNumber} is no card");
        // ruleid: pan_in_error_message.csharp
        if (a) throw new ArgumentException($"bad card {cardNumber}");
        // ruleid: pan_in_error_message.csharp
        if (b) throw new PaymentException("declined: " + card.CardNumber, inner);
        // ruleid: pan_in_error_message.csharp
        if (c) return BadRequest($"card {cardNumber} refused");
        // ruleid: pan_in_error_message.csharp
        if (d) return BadRequest(new { error = "refused", cardNumber });
        // ruleid: pan_in_error_message.csharp
        if (e) return BadRequest(new { Error = cardNumber });
        // ruleid: pan_in_error_message.csharp
        if (f) return StatusCode(422, "card " + cardNumber);
        // ruleid: pan_in_error_message.csharp
        if (g) return Problem($"card {cardNumber} refused");
        // ruleid: pan_in_error_message.csharp
        if (h) throw new RpcException(new Status(StatusCode.InvalidArgument, $"card {cardNumber}"));
        // ok: pan_in_error_message.csharp
        if (i) throw new ArgumentException("bad card", nameof(cardNumber));
        // ok: pan_in_error_message.csharp
        if (j) throw new ArgumentException($"bad card {Mask(cardNumber)}");
        // ok: pan_in_error_message.csharp
        if (k) return BadRequest("card number refused");
        // ok: pan_in_error_message.csharp
        if (l) return BadRequest($"card ending {cardNumber[^4..]} refused");
        // ok: pan_in_error_message.csharp
        return Ok(card.Token);
    }
}
