[Table("payments")]
public class StoredPayment
{
    public int Id { get; set; }
    [Column("x")]
    // ruleid: pan_stored_in_clear.csharp.column
    public string CardNumber { get; set; }
    // ok: pan_stored_in_clear.csharp.column
    [NotMapped] public string RawCardNumber { get; set; }
    // ok: pan_stored_in_clear.csharp.column
    public bool CardNumberPresent { get; set; }
}

public class CardEntity : BaseEntity
{
    // ruleid: pan_stored_in_clear.csharp.column
    public string? CardNumber { get; set; }
}

public class CardPaymentRequest
{
    // ok: pan_stored_in_clear.csharp.column
    public string CardNumber { get; set; }
}

public class ShopContext : DbContext
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        // ruleid: pan_stored_in_clear.csharp.column
        builder.Entity<CardPayment>().Property(p => p.CardNumber).HasMaxLength(64);
        // ok: pan_stored_in_clear.csharp.column
        builder.Entity<CardPayment>().Property(p => p.CardNumber).HasConversion(encrypted);
        // ok: pan_stored_in_clear.csharp.column
        builder.Entity<CardPayment>().Ignore(p => p.CardNumber);
    }
}

public class Store
{
    public async Task Keep(CardPaymentRequest request, string cardNumber, Card card)
    {
        // ruleid: pan_stored_in_clear.csharp.store
        await _cache.SetStringAsync("card", cardNumber);
        // ruleid: pan_stored_in_clear.csharp.store
        _memoryCache.Set("card", cardNumber, TimeSpan.FromMinutes(5));
        // ruleid: pan_stored_in_clear.csharp.store
        HttpContext.Session.SetString("card", request.CardNumber);
        // ruleid: pan_stored_in_clear.csharp.store
        TempData["card"] = cardNumber;
        // ruleid: pan_stored_in_clear.csharp.store
        Session["card"] = request.CardNumber;
        // ruleid: pan_stored_in_clear.csharp.store
        Response.Cookies.Append("card", cardNumber);
        // ruleid: pan_stored_in_clear.csharp.store
        File.AppendAllText("cards.txt", cardNumber + "\n");
        // ruleid: pan_stored_in_clear.csharp.store
        await database.StringSetAsync("card", cardNumber);
        // ruleid: pan_stored_in_clear.csharp.store
        _context.Payments.Add(new StoredPayment { Id = 1, Code = cardNumber });
        // ruleid: pan_stored_in_clear.csharp.store
        await connection.ExecuteAsync("INSERT INTO cards (a) VALUES (@a)", new { a = cardNumber });
        var command = new SqlCommand("insert into cards (a) values (@a)", connection);
        // ruleid: pan_stored_in_clear.csharp.store
        command.Parameters.AddWithValue("@a", request.CardNumber);
        // ruleid: pan_stored_in_clear.csharp.store
        var entity = new StoredPayment { Code = cardNumber };
        _context.Payments.Add(entity);
        // ruleid: pan_stored_in_clear.csharp.store
        _bus.Publish(new { Card = cardNumber });
        using var writer = new StreamWriter("cards.txt");
        // ruleid: pan_stored_in_clear.csharp.store
        writer.WriteLine(cardNumber);

        // ok: pan_stored_in_clear.csharp.store
        await _cache.SetStringAsync("card", card.Token);
        // ok: pan_stored_in_clear.csharp.store
        await _gateway.AuthoriseAsync(cardNumber);
        var query = new SqlCommand("select a from cards where a = @a", connection);
        // ok: pan_stored_in_clear.csharp.store
        query.Parameters.AddWithValue("@a", request.CardNumber);
        // ok: pan_stored_in_clear.csharp.store
        _logger.LogInformation("kept");
        // ok: pan_stored_in_clear.csharp.store
        await _cache.SetStringAsync("card", _protector.Protect(cardNumber));
        // ok: pan_stored_in_clear.csharp.store
        await _cache.SetStringAsync("card", Encrypt(cardNumber));
        // ok: pan_stored_in_clear.csharp.store
        await _cache.SetStringAsync("card", cardNumber[^4..]);
    }

    // ruleid: pan_stored_in_clear.csharp.sql
    private const string Sql = "CREATE TABLE cards (id int, card_number varchar(19))";
    // ok: pan_stored_in_clear.csharp.sql
    private const string Other = "CREATE TABLE cards (id int, card_number_ciphertext varbinary(64), card_token varchar(40))";
}

public class Stores2
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: pan_stored_in_clear.csharp.store
        await table.AddEntityAsync(new TableEntity("p", id) { { "Pan", pan } });
        // ruleid: pan_stored_in_clear.csharp.store
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = "b", Key = "k", ContentBody = pan });
        // ruleid: pan_stored_in_clear.csharp.store
        var item = new Dictionary<string, AttributeValue> { ["pan"] = new AttributeValue { S = pan } };
        // ruleid: pan_stored_in_clear.csharp.store
        await blob.UploadAsync(new BinaryData(Encoding.UTF8.GetBytes(pan)));
        using var cmd = connection.CreateCommand();
        cmd.CommandText = "INSERT INTO Payments (CardNo) VALUES (@c)";
        // ruleid: pan_stored_in_clear.csharp.store
        cmd.Parameters.Add("@c", SqlDbType.VarChar, 19).Value = request.CardNumber;
        // ok: pan_stored_in_clear.csharp.store
        await SecureStorage.SetAsync("pan", pan);
        // ok: pan_stored_in_clear.csharp.store
        _context.Payments.Add(new Payment { PanHmac = Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(pan))) });
    }
}

public class Stores3
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: pan_stored_in_clear.csharp.store
        var sql = "INSERT INTO Payments (card) VALUES ('" + request.CardNumber + "')";
        // ok: pan_stored_in_clear.csharp.store
        var query = "SELECT id FROM Payments WHERE card = '" + request.CardNumber + "'";
        // ok: pan_stored_in_clear.csharp.store
        var sql2 = "INSERT INTO Payments (token) VALUES ('" + request.Token + "')";
        // ruleid: pan_stored_in_clear.csharp.store
        Response.Cookies["card"].Value = pan;
        // ruleid: pan_stored_in_clear.csharp.store
        await localStorage.SetItemAsync("card", pan);
        // ruleid: pan_stored_in_clear.csharp.store
        await _publishEndpoint.Publish(new CardCaptured { CardNumber = pan });
        // ok: pan_stored_in_clear.csharp.store
        await _publishEndpoint.Publish(new CardCaptured { CardToken = Tokenize(pan) });
        // ok: pan_stored_in_clear.csharp.store
        await gateway.ChargeAsync(new ChargeRequest { CardNumber = pan });
    }
}

public class Stores4
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: pan_stored_in_clear.csharp.store
        csv.WriteField(request.CardNumber);
        // ruleid: pan_stored_in_clear.csharp.store
        await container.UpsertItemAsync(new { id, number = request.CardNumber });
        // ruleid: pan_stored_in_clear.csharp.store
        sheet.Cells[1, 1].Value = request.CardNumber;
        // ruleid: pan_stored_in_clear.csharp.store
        sqlite.Insert(new CardRow { Pan = request.CardNumber });
        // ok: pan_stored_in_clear.csharp.store
        csv.WriteField(Mask(request.CardNumber));
        // ok: pan_stored_in_clear.csharp.store
        sheet.Cells[1, 1].Value = request.CardNumber[^4..];
    }
}
