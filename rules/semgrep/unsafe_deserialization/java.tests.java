package shop.payments;

import org.junit.jupiter.api.Test;

// A test reads back what it wrote.
class CardTagsTest {
  @Test
  void survivesSerialization() throws Exception {
    // ok: unsafe_deserialization.java.object_stream
    ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(written));
    Tags tags = (Tags) in.readObject();
    // ok: unsafe_deserialization.java.named_types
    Object card = new Yaml().load(text);
  }
}
