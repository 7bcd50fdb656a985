[Table("payments")]
public class StoredPayment
{
    public int Id { get; set; }
    [Column("x")]
    // ruleid: pin_stored.csharp.column
    public string PinBlock { get; set; }
    // ok: pin_stored.csharp.column
    [NotMapped] public string RawPinBlock { get; set; }
    // ok: pin_stored.csharp.column
    public bool PinBlockPresent { get; set; }
}

public class CardEntity : BaseEntity
{
    // ruleid: pin_stored.csharp.column
    public string? PinBlock { get; set; }
}

public class CardPaymentRequest
{
    // ok: pin_stored.csharp.column
    public string PinBlock { get; set; }
}

public class ShopContext : DbContext
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        // ruleid: pin_stored.csharp.column
        builder.Entity<CardPayment>().Property(p => p.PinBlock).HasMaxLength(64);
        // ok: pin_stored.csharp.column
        builder.Entity<CardPayment>().Ignore(p => p.PinBlock);
    }
}

public class Store
{
    public async Task Keep(CardPaymentRequest request, string pinBlock, Card card)
    {
        // ruleid: pin_stored.csharp.store
        await _cache.SetStringAsync("card", pinBlock);
        // ruleid: pin_stored.csharp.store
        _memoryCache.Set("card", pinBlock, TimeSpan.FromMinutes(5));
        // ruleid: pin_stored.csharp.store
        HttpContext.Session.SetString("card", request.PinBlock);
        // ruleid: pin_stored.csharp.store
        TempData["card"] = pinBlock;
        // ruleid: pin_stored.csharp.store
        Session["card"] = request.PinBlock;
        // ruleid: pin_stored.csharp.store
        Response.Cookies.Append("card", pinBlock);
        // ruleid: pin_stored.csharp.store
        File.AppendAllText("cards.txt", pinBlock + "\n");
        // ruleid: pin_stored.csharp.store
        await database.StringSetAsync("card", pinBlock);
        // ruleid: pin_stored.csharp.store
        _context.Payments.Add(new StoredPayment { Id = 1, Code = pinBlock });
        // ruleid: pin_stored.csharp.store
        await connection.ExecuteAsync("INSERT INTO cards (a) VALUES (@a)", new { a = pinBlock });
        var command = new SqlCommand("insert into cards (a) values (@a)", connection);
        // ruleid: pin_stored.csharp.store
        command.Parameters.AddWithValue("@a", request.PinBlock);
        // ruleid: pin_stored.csharp.store
        var entity = new StoredPayment { Code = pinBlock };
        _context.Payments.Add(entity);
        // ruleid: pin_stored.csharp.store
        _bus.Publish(new { Card = pinBlock });
        using var writer = new StreamWriter("cards.txt");
        // ruleid: pin_stored.csharp.store
        writer.WriteLine(pinBlock);

        // ok: pin_stored.csharp.store
        await _cache.SetStringAsync("card", card.Token);
        // ok: pin_stored.csharp.store
        await _gateway.AuthoriseAsync(pinBlock);
        var query = new SqlCommand("select a from cards where a = @a", connection);
        // ok: pin_stored.csharp.store
        query.Parameters.AddWithValue("@a", request.PinBlock);
        // ok: pin_stored.csharp.store
        _logger.LogInformation("kept");
        // ruleid: pin_stored.csharp.store
        await _cache.SetStringAsync("card", Encrypt(pinBlock));
        // ok: pin_stored.csharp.store
        await _cache.SetStringAsync("gpio", board.Pin);
    }

    // ruleid: pin_stored.csharp.sql
    private const string Sql = "INSERT INTO payments (id, pinBlock) VALUES (@id, @value)";
    // ok: pin_stored.csharp.sql
    private const string Other = "SELECT id, pinBlock FROM payments";
}
