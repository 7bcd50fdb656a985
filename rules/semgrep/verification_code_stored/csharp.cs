[Table("payments")]
public class StoredPayment
{
    public int Id { get; set; }
    [Column("x")]
    // ruleid: verification_code_stored.csharp.column
    public string CardVerificationCode { get; set; }
    // ok: verification_code_stored.csharp.column
    [NotMapped] public string RawCardVerificationCode { get; set; }
    // ok: verification_code_stored.csharp.column
    public bool CardVerificationCodePresent { get; set; }
}

public class CardEntity : BaseEntity
{
    // ruleid: verification_code_stored.csharp.column
    public string? CardVerificationCode { get; set; }
}

public class CardPaymentRequest
{
    // ok: verification_code_stored.csharp.column
    public string CardVerificationCode { get; set; }
}

public class ShopContext : DbContext
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        // ruleid: verification_code_stored.csharp.column
        builder.Entity<CardPayment>().Property(p => p.CardVerificationCode).HasMaxLength(64);
        // ok: verification_code_stored.csharp.column
        builder.Entity<CardPayment>().Ignore(p => p.CardVerificationCode);
    }
}

public class Store
{
    public async Task Keep(CardPaymentRequest request, string cvv, Card card)
    {
        // ruleid: verification_code_stored.csharp.store
        await _cache.SetStringAsync("card", cvv);
        // ruleid: verification_code_stored.csharp.store
        _memoryCache.Set("card", cvv, TimeSpan.FromMinutes(5));
        // ruleid: verification_code_stored.csharp.store
        HttpContext.Session.SetString("card", request.CardVerificationCode);
        // ruleid: verification_code_stored.csharp.store
        TempData["card"] = cvv;
        // ruleid: verification_code_stored.csharp.store
        Session["card"] = request.CardVerificationCode;
        // ruleid: verification_code_stored.csharp.store
        Response.Cookies.Append("card", cvv);
        // ruleid: verification_code_stored.csharp.store
        File.AppendAllText("cards.txt", cvv + "\n");
        // ruleid: verification_code_stored.csharp.store
        await database.StringSetAsync("card", cvv);
        // ruleid: verification_code_stored.csharp.store
        _context.Payments.Add(new StoredPayment { Id = 1, Code = cvv });
        // ruleid: verification_code_stored.csharp.store
        await connection.ExecuteAsync("INSERT INTO cards (a) VALUES (@a)", new { a = cvv });
        var command = new SqlCommand("insert into cards (a) values (@a)", connection);
        // ruleid: verification_code_stored.csharp.store
        command.Parameters.AddWithValue("@a", request.CardVerificationCode);
        // ruleid: verification_code_stored.csharp.store
        var entity = new StoredPayment { Code = cvv };
        _context.Payments.Add(entity);
        // ruleid: verification_code_stored.csharp.store
        _bus.Publish(new { Card = cvv });
        using var writer = new StreamWriter("cards.txt");
        // ruleid: verification_code_stored.csharp.store
        writer.WriteLine(cvv);

        // ok: verification_code_stored.csharp.store
        await _cache.SetStringAsync("card", card.Token);
        // ok: verification_code_stored.csharp.store
        await _gateway.AuthoriseAsync(cvv);
        var query = new SqlCommand("select a from cards where a = @a", connection);
        // ok: verification_code_stored.csharp.store
        query.Parameters.AddWithValue("@a", request.CardVerificationCode);
        // ok: verification_code_stored.csharp.store
        _logger.LogInformation("kept");
        // ruleid: verification_code_stored.csharp.store
        await _cache.SetStringAsync("card", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(cvv))));
        // ok: verification_code_stored.csharp.store
        await _cache.SetStringAsync("result", card.CvvResult);
    }

    // ruleid: verification_code_stored.csharp.sql
    private const string Sql = "INSERT INTO payments (id, cvv) VALUES (@id, @value)";
    // ok: verification_code_stored.csharp.sql
    private const string Other = "SELECT id, cvv FROM payments";
}

// What an API answers with is read, not kept.
public class IssuedCard : StripeEntity<IssuedCard>, IHasId
{
    [JsonProperty("cvc")]
    // ok: verification_code_stored.csharp.column
    public string Cvc { get; set; }
}

public class StoredCard : BaseEntity<StoredCard>
{
    // ruleid: verification_code_stored.csharp.column
    public string Cvc { get; set; }
}
