using Microsoft.Maui.Controls;

public class CardPage
{
    public void Attach(View card)
    {
        var pan = new PanGestureRecognizer();
        card.GestureRecognizers.Add(pan);
        // ok: pan_logged.csharp
        _logger.LogDebug("card moved {Pan}", pan);
    }
}
