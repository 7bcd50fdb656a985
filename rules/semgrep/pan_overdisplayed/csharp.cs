public class CardsController : Controller
{
    public IActionResult Show(Card card, string pan)
    {
        // ruleid: pan_overdisplayed.csharp
        ViewBag.Number = card.CardNumber;
        // ruleid: pan_overdisplayed.csharp
        ViewData["Number"] = pan;
        // ruleid: pan_overdisplayed.csharp
        lblCardNumber.Text = pan;
        // ruleid: pan_overdisplayed.csharp
        if (a) return Ok(new { Number = card.CardNumber });
        // ruleid: pan_overdisplayed.csharp
        if (b) return Json(pan);
        // ruleid: pan_overdisplayed.csharp
        if (c) return Content($"card {pan}");
        // ok: pan_overdisplayed.csharp
        ViewBag.Number = Mask(card.CardNumber);
        // ok: pan_overdisplayed.csharp
        lblCardNumber.Text = $"**** {pan[^4..]}";
        // ok: pan_overdisplayed.csharp
        return Ok(new { Number = card.MaskedCardNumber });
    }
}

public class Screens
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: pan_overdisplayed.csharp
        MessageBox.Show("Card: " + card.CardNumber);
        // ruleid: pan_overdisplayed.csharp
        await hub.Clients.All.SendAsync("card", card.CardNumber);
        // ok: pan_overdisplayed.csharp
        await hub.Clients.All.SendAsync("card", card.CardNumber[^4..]);
        // ok: pan_overdisplayed.csharp
        MessageBox.Show("Card: " + MaskPan(card.CardNumber));
    }
}
