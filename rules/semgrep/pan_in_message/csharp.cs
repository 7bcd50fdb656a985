public class Mailer
{
    public async Task Send(Order order, string cardNumber)
    {
        var mail = new MailMessage();
        // ruleid: pan_in_message.csharp
        mail.Body = $"You paid with {cardNumber}";
        // ruleid: pan_in_message.csharp
        var other = new MailMessage { Subject = "Thanks", Body = "card " + order.CardNumber };
        // ruleid: pan_in_message.csharp
        await _emailSender.SendEmailAsync(order.Email, "Thanks", $"card {cardNumber}");
        // ruleid: pan_in_message.csharp
        await _smsSender.SendAsync(order.Phone, "card " + cardNumber);
        // ruleid: pan_in_message.csharp
        MessageResource.Create(body: $"card {cardNumber}", from: a, to: b);
        // ok: pan_in_message.csharp
        var ok = new MailMessage { Body = $"You paid with **** {cardNumber[^4..]}" };
        // ok: pan_in_message.csharp
        await _emailSender.SendEmailAsync(order.Email, "Thanks", MaskCard(cardNumber));
        // ok: pan_in_message.csharp
        await _gateway.SendAsync(cardNumber);
    }
}

public class Receipts
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: pan_in_message.csharp
        var mail = new MailMessage(from, to) { Subject = "Receipt", Body = "Paid with " + card.CardNumber };
        // ok: pan_in_message.csharp
        var mail = new MailMessage(from, to) { Subject = "Receipt", Body = "Paid with " + card.CardNumber[^4..] };
    }
}

public class Fluent
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: pan_in_message.csharp
        await _email.To(user.Email).Subject("Receipt").Body($"card {card.CardNumber}").SendAsync();
        // ok: pan_in_message.csharp
        await _email.To(user.Email).Subject("Receipt").Body($"card {card.CardNumber[^4..]}").SendAsync();
    }
}
