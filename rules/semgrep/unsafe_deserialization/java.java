package shop.cards;

class CardCache {
  Object read(byte[] bytes) throws Exception {
    // ruleid: unsafe_deserialization.java.object_stream
    ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes));
    return in.readObject();
  }

  Object filtered(byte[] bytes) throws Exception {
    // ok: unsafe_deserialization.java.object_stream
    ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes));
    in.setObjectInputFilter(ObjectInputFilter.Config.createFilter("shop.cards.*;!*"));
    return in.readObject();
  }

  void mappers(ObjectMapper mapper, Map<String, Object> config) {
    // ruleid: unsafe_deserialization.java.named_types
    mapper.enableDefaultTyping();
    // ruleid: unsafe_deserialization.java.named_types
    mapper.activateDefaultTyping(LaissezFaireSubTypeValidator.instance, ObjectMapper.DefaultTyping.NON_FINAL);
    // ok: unsafe_deserialization.java.named_types
    mapper.activateDefaultTyping(validator, ObjectMapper.DefaultTyping.NON_FINAL);
    // ruleid: unsafe_deserialization.java.named_types
    config.put(JsonDeserializer.TRUSTED_PACKAGES, "*");
    // ok: unsafe_deserialization.java.named_types
    config.put(JsonDeserializer.TRUSTED_PACKAGES, "shop.cards");
  }

  Object yaml(String text) {
    // ruleid: unsafe_deserialization.java.named_types
    return new Yaml().load(text);
  }

  Object safeYaml(String text) {
    // ok: unsafe_deserialization.java.named_types
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }

  Object xml(String text) {
    // ruleid: unsafe_deserialization.java.named_types
    XStream xstream = new XStream(new DomDriver());
    return xstream.fromXML(text);
  }

  Object safeXml(String text) {
    // ok: unsafe_deserialization.java.named_types
    XStream xstream = new XStream(new DomDriver());
    xstream.allowTypes(new Class[] {Receipt.class});
    return xstream.fromXML(text);
  }

  Payment json(ObjectMapper mapper, String text) throws Exception {
    // ok: unsafe_deserialization.java.named_types
    return mapper.readValue(text, Payment.class);
  }
}
