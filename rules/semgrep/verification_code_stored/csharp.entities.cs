namespace Shop.Data.Entities
{
    public class StoredCard
    {
        public int Id { get; set; }
        public string Last4 { get; set; }
        // ruleid: verification_code_stored.csharp.column
        public string Cvv { get; set; }
        public virtual ICollection<Order> Orders { get; set; }
    }

    public class StoredCardDto
    {
        public int Id { get; set; }
        // ok: verification_code_stored.csharp.column
        public string Cvv { get; set; }
    }

    public class CardDocument
    {
        // ruleid: verification_code_stored.csharp.column
        [BsonElement("cvv")] public string Cvv { get; set; }
    }
}

namespace Shop.Mappings
{
    [Table("codes")]
    public class Code
    {
        // ok: verification_code_stored.csharp.column
        [NotMapped] public string Cvc { get; set; }
        // ruleid: verification_code_stored.csharp.column
        public string Cvv { get; set; }
    }
}
