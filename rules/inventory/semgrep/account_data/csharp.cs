using System.ComponentModel.DataAnnotations.Schema;

[Table("cards")]
public class Card
{
    // ok: account_data.csharp.entity
    public int Id { get; set; }
    // ruleid: account_data.csharp.entity, account_data.csharp.field
    [Encrypted] public string Pan { get; set; }
    // ok: account_data.csharp.entity
    // ruleid: account_data.csharp.field
    [NotMapped] public string Cvv { get; set; }
}

public class CardRequest
{
    // ok: account_data.csharp.entity
    // ruleid: account_data.csharp.field
    public string CardNumber { get; set; }
    // ok: account_data.csharp.field
    public string Colour { get; set; }
}

// ruleid: account_data.csharp.field
public record Payment(string OrderId, string CardNumber);

// ruleid: account_data.csharp.sql
class Tables { const string Wallets = "CREATE TABLE wallets (id int, card_number text)"; }
// ok: account_data.csharp.sql
class Queries { const string Wallets = "SELECT card_number text FROM wallets"; }
