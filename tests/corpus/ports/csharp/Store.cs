using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;
using System.Threading.Tasks;
using MessagePack;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Distributed;
using Newtonsoft.Json;

namespace Checkout;

[Table("cards")]
public class StoredCard
{
    [Key]
    public string CardToken { get; set; } = "";

    public byte[] SealedNumber { get; set; } = [];

    public string LastFour { get; set; } = "";
}

public class CheckoutContext : DbContext
{
    public DbSet<StoredCard> Cards => Set<StoredCard>();
}

public class Store
{
    private const string Schema = "CREATE TABLE cards (token varchar(40) PRIMARY KEY, sealed_number varbinary(64), last4 char(4))";
    private const string Insert = "INSERT INTO cards (token, sealed_number, last4) VALUES (@token, @sealed, @last4)";
    private readonly IDistributedCache _cache;
    private readonly IDataProtector _protector;

    public Store(IDistributedCache cache, IDataProtector protector)
    {
        _cache = cache;
        _protector = protector;
    }

    public async Task Remember(string cardToken, string cardNumber, string cvv, string pinBlock, string track2Data)
    {
        await _cache.SetStringAsync("card", cardToken);
    }

    public SqlCommand ByToken(string token, SqlConnection connection)
    {
        var command = new SqlCommand("select last4 from cards where token = @token", connection);
        command.Parameters.AddWithValue("@token", token);
        return command;
    }

    public StoredCard? Basket(System.IO.Stream stream)
    {
        return System.Text.Json.JsonSerializer.Deserialize<StoredCard>(stream);
    }

    public void Json(JsonSerializerSettings settings)
    {
        settings.TypeNameHandling = TypeNameHandling.None;
    }

    public StoredCard Packed(byte[] data)
    {
        return MessagePackSerializer.Deserialize<StoredCard>(data);
    }
}
