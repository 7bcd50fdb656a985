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

class Qualified
{
    void Read(Stream stream)
    {
        // ruleid: unsafe_deserialization.csharp.formatter
        var card = new System.Runtime.Serialization.Formatters.Binary.BinaryFormatter().Deserialize(stream);
        // ruleid: unsafe_deserialization.csharp.type_names
        var open = new Newtonsoft.Json.JsonSerializerSettings { TypeNameHandling = Newtonsoft.Json.TypeNameHandling.All };
        // ok: unsafe_deserialization.csharp.type_names
        var closed = new Newtonsoft.Json.JsonSerializerSettings { TypeNameHandling = Newtonsoft.Json.TypeNameHandling.None };
    }
}
