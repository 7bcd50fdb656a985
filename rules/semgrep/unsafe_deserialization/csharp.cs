namespace Shop.Payments;

public class Sample
{
    public void Run(string password, byte[] key, byte[] data)
    {
        // ruleid: unsafe_deserialization.csharp.formatter
        var f = new BinaryFormatter();
        // ruleid: unsafe_deserialization.csharp.type_names
        settings.TypeNameHandling = TypeNameHandling.All;
        // ruleid: unsafe_deserialization.csharp.type_names
        var s = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.Auto };
        // ruleid: unsafe_deserialization.csharp.typeless
        MessagePackSerializer.Typeless.Deserialize(data);
        // ok: unsafe_deserialization.csharp.formatter
        var g = new DataContractSerializer(typeof(Card));
        // ok: unsafe_deserialization.csharp.type_names
        settings.TypeNameHandling = TypeNameHandling.None;
        // ok: unsafe_deserialization.csharp.typeless
        MessagePackSerializer.Deserialize<Card>(data);
    }
}
