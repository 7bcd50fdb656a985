[Table("payments")]
public class StoredPayment
{
    public int Id { get; set; }
    [Column("x")]
    // ruleid: track_data_stored.csharp.column
    public string Track2Data { get; set; }
    // ok: track_data_stored.csharp.column
    [NotMapped] public string RawTrack2Data { get; set; }
    // ok: track_data_stored.csharp.column
    public bool Track2DataPresent { get; set; }
}

public class CardEntity : BaseEntity
{
    // ruleid: track_data_stored.csharp.column
    public string? Track2Data { get; set; }
}

public class CardPaymentRequest
{
    // ok: track_data_stored.csharp.column
    public string Track2Data { get; set; }
}

public class ShopContext : DbContext
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        // ruleid: track_data_stored.csharp.column
        builder.Entity<CardPayment>().Property(p => p.Track2Data).HasMaxLength(64);
        // ok: track_data_stored.csharp.column
        builder.Entity<CardPayment>().Ignore(p => p.Track2Data);
    }
}

public class Store
{
    public async Task Keep(CardPaymentRequest request, string track2Data, Card card)
    {
        // ruleid: track_data_stored.csharp.store
        await _cache.SetStringAsync("card", track2Data);
        // ruleid: track_data_stored.csharp.store
        _memoryCache.Set("card", track2Data, TimeSpan.FromMinutes(5));
        // ruleid: track_data_stored.csharp.store
        HttpContext.Session.SetString("card", request.Track2Data);
        // ruleid: track_data_stored.csharp.store
        TempData["card"] = track2Data;
        // ruleid: track_data_stored.csharp.store
        Session["card"] = request.Track2Data;
        // ruleid: track_data_stored.csharp.store
        Response.Cookies.Append("card", track2Data);
        // ruleid: track_data_stored.csharp.store
        File.AppendAllText("cards.txt", track2Data + "\n");
        // ruleid: track_data_stored.csharp.store
        await database.StringSetAsync("card", track2Data);
        // ruleid: track_data_stored.csharp.store
        _context.Payments.Add(new StoredPayment { Id = 1, Code = track2Data });
        // ruleid: track_data_stored.csharp.store
        await connection.ExecuteAsync("INSERT INTO cards (a) VALUES (@a)", new { a = track2Data });
        var command = new SqlCommand("insert into cards (a) values (@a)", connection);
        // ruleid: track_data_stored.csharp.store
        command.Parameters.AddWithValue("@a", request.Track2Data);
        // ruleid: track_data_stored.csharp.store
        var entity = new StoredPayment { Code = track2Data };
        _context.Payments.Add(entity);
        // ruleid: track_data_stored.csharp.store
        _bus.Publish(new { Card = track2Data });
        using var writer = new StreamWriter("cards.txt");
        // ruleid: track_data_stored.csharp.store
        writer.WriteLine(track2Data);

        // ok: track_data_stored.csharp.store
        await _cache.SetStringAsync("card", card.Token);
        // ok: track_data_stored.csharp.store
        await _gateway.AuthoriseAsync(track2Data);
        var query = new SqlCommand("select a from cards where a = @a", connection);
        // ok: track_data_stored.csharp.store
        query.Parameters.AddWithValue("@a", request.Track2Data);
        // ok: track_data_stored.csharp.store
        _logger.LogInformation("kept");
        // ruleid: track_data_stored.csharp.store
        await _cache.SetStringAsync("card", Encrypt(track2Data));
        // ok: track_data_stored.csharp.store
        await _cache.SetStringAsync("parcel", parcel.TrackingNumber);
    }

    // ruleid: track_data_stored.csharp.sql
    private const string Sql = "INSERT INTO payments (id, track2Data) VALUES (@id, @value)";
    // ok: track_data_stored.csharp.sql
    private const string Other = "SELECT id, track2Data FROM payments";
}
