package shop.payments;

import org.junit.jupiter.api.Test;

// The documents of a test are its own.
class CardDocumentTest {
  @Test
  void parses() throws Exception {
    // ok: injection.java.xml
    Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream);
  }
}
