public class CardRepository
{
    public void Find(string token, int id, SqlConnection connection)
    {
        // ruleid: injection.csharp.sql
        var a = new SqlCommand("select last4 from cards where token = '" + token + "'", connection);
        // ruleid: injection.csharp.sql
        var b = connection.Query<Card>($"select last4 from cards where token = '{token}'");
        // ruleid: injection.csharp.sql
        var d = _context.Cards.FromSqlRaw($"select * from cards where token = '{token}'");
        // ok: injection.csharp.sql
        var e = new SqlCommand("select last4 from cards where token = @token", connection);
        // ok: injection.csharp.sql
        var f = connection.Query<Card>("select last4 from cards where token = @token", new { token });
        // ok: injection.csharp.sql
        var g = _context.Cards.FromSqlInterpolated($"select * from cards where token = {token}");
        // ruleid: injection.csharp.command
        Process.Start("cmd.exe", "/c export-cards " + token);
        // ok: injection.csharp.command
        Process.Start("cmd.exe", "/c export-cards");
    }
}

class CardSearch
{
    void Search(CardSearchRequest request, SqlConnection connection, TableOptions options)
    {
        var sql = $"SELECT * FROM Cards WHERE Holder = '{request.Holder}'";
        // ruleid: injection.csharp.sql
        var found = new SqlCommand(sql, connection);
        var byId = $"SELECT * FROM Cards WHERE Id = {request.CardId}";
        // ok: injection.csharp.sql
        var one = new SqlCommand(byId, connection);
        var counted = $"SELECT COUNT(*) FROM {options.Cards} WHERE Active = 1";
        // ok: injection.csharp.sql
        var count = new SqlCommand(counted, connection);
    }
}

class CardUpdates
{
    void Rename(RenameCardCommand command, CardContext db, SqlCommand prepared)
    {
        // ruleid: injection.csharp.sql
        db.Database.ExecuteSqlRaw($"UPDATE Cards SET Alias = '{command.Alias}' WHERE Id = 1");
        // ok: injection.csharp.sql
        db.Database.ExecuteSqlInterpolated($"UPDATE Cards SET Alias = {command.Alias} WHERE Id = 1");
    }
}
