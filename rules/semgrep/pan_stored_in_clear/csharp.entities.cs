namespace Shop.Data.Entities
{
    public class StoredCard
    {
        public int Id { get; set; }
        public string Last4 { get; set; }
        // ruleid: pan_stored_in_clear.csharp.column
        public string CardNumber { get; set; }
        public virtual ICollection<Order> Orders { get; set; }
    }

    public class StoredCardDto
    {
        public int Id { get; set; }
        // ok: pan_stored_in_clear.csharp.column
        public string CardNumber { get; set; }
    }

    public class CardDocument
    {
        // ruleid: pan_stored_in_clear.csharp.column
        [BsonElement("pan")] public string CardNumber { get; set; }
    }
}
