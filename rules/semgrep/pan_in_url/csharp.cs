[Route("api/cards")]
public class CardsController : ControllerBase
{
    // ruleid: pan_in_url.csharp.route
    [HttpPost("{cardNumber}")]
    public IActionResult Get(string cardNumber) => Ok();

    [HttpGet("find")]
    // ruleid: pan_in_url.csharp.route
    public IActionResult Find([FromQuery] string cardNumber) => Ok();

    // ok: pan_in_url.csharp.route
    [HttpGet("{cardToken}")]
    public IActionResult ByToken(string cardToken) => Ok();

    [HttpPost("find")]
    // ok: pan_in_url.csharp.route
    public IActionResult Post([FromBody] string cardNumber) => Ok();

    public async Task Look(string pan, Card card)
    {
        // ruleid: pan_in_url.csharp
        await _httpClient.GetAsync($"https://acquirer.example/cards/{pan}");
        // ruleid: pan_in_url.csharp
        await _httpClient.PostAsync("https://acquirer.example/cards?pan=" + pan, null);
        // ruleid: pan_in_url.csharp
        var request = new HttpRequestMessage(HttpMethod.Get, $"/cards/{card.CardNumber}");
        // ruleid: pan_in_url.csharp
        var uri = new Uri("https://acquirer.example/?pan=" + card.Pan);
        // ruleid: pan_in_url.csharp
        var query = QueryHelpers.AddQueryString(url, "pan", pan);
        // ruleid: pan_in_url.csharp
        rest.AddQueryParameter("card", card.CardNumber);
        // ruleid: pan_in_url.csharp
        builder.Query = "pan=" + pan;
        // ruleid: pan_in_url.csharp
        return RedirectToAction("Pay", new { Card = pan });
    }

    public async Task Safe(string pan, Card card)
    {
        // ok: pan_in_url.csharp
        await _httpClient.PostAsync("https://acquirer.example/cards", new StringContent(pan));
        // ok: pan_in_url.csharp
        await _httpClient.GetAsync($"https://acquirer.example/cards/{card.Token}");
        // ok: pan_in_url.csharp
        await _httpClient.GetAsync($"https://acquirer.example/bins/{pan.Substring(0, 6)}");
        // ok: pan_in_url.csharp
        await _httpClient.PostAsJsonAsync("https://acquirer.example/cards", new { Pan = pan });
    }
}

class Downloads
{
    void Download(string pan)
    {
        var url = string.Format("https://api.example.com/cards?pan={0}", pan);
        // ruleid: pan_in_url.csharp
        new WebClient().DownloadString(url);
    }
}

class Builders
{
    void Build(string pan, Card card)
    {
        // ruleid: pan_in_url.csharp
        var a = new UriBuilder("https://api.example.com") { Query = $"pan={pan}" };
        // ok: pan_in_url.csharp
        var b = new UriBuilder("https://api.example.com") { Query = $"token={card.Token}" };
    }
}
