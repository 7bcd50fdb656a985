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

namespace Shop.Mappings
{
    public class PaymentMap : ClassMap<Payment>
    {
        public PaymentMap()
        {
            // ruleid: pan_stored_in_clear.csharp.column
            Map(x => x.CardNumber).Length(19);
            // ok: pan_stored_in_clear.csharp.column
            Map(x => x.CardToken).Length(64);
            // ok: pan_stored_in_clear.csharp.column
            Map(x => x.CardNumber).CustomType<EncryptedString>();
        }

        public void Up()
        {
            // ruleid: pan_stored_in_clear.csharp.column
            AddColumn("dbo.Orders", "CardNumber", c => c.String());
            // ruleid: pan_stored_in_clear.csharp.column
            CreateTable("dbo.Cards", c => new { Id = c.Int(nullable: false), CardNumber = c.String(maxLength: 19) });
            // ruleid: pan_stored_in_clear.csharp.column
            builder.Property<string>("CardNumber");
        }
    }
}
