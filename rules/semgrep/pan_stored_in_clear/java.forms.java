package shop.payments;

@Entity(tableName = "cards")
class RoomCard {
  // ruleid: pan_stored_in_clear.java.column
  String cardNumber;
  // ok: pan_stored_in_clear.java.column
  String cardToken;
  // ok: pan_stored_in_clear.java.column
  String cardNumberLast4;
}

interface CardMapper {
  // ruleid: pan_stored_in_clear.java.mapper
  @Insert("insert into cards (holder, number) values (#{holder}, #{cardNumber})")
  void insert(Card card);

  // ok: pan_stored_in_clear.java.mapper
  @Insert("insert into cards (holder, token) values (#{holder}, #{cardToken})")
  void insertToken(Card card);

  // ok: pan_stored_in_clear.java.mapper
  @Insert("insert into cards (holder, number) values (#{holder}, #{encryptedCardNumber})")
  void insertEncrypted(Card card);
}

class Stores {
  void keep(String cardNumber, SharedPreferences prefs, DSLContext dsl) throws Exception {
    SharedPreferences.Editor editor = prefs.edit();
    // ruleid: pan_stored_in_clear.java.store
    editor.putString("card", cardNumber);
    // ruleid: pan_stored_in_clear.java.store
    collection.updateOne(eq("id", 1), Updates.set("card", cardNumber));
    // ruleid: pan_stored_in_clear.java.store
    item.put("card", AttributeValue.builder().s(cardNumber).build());
    // ruleid: pan_stored_in_clear.java.store
    dsl.insertInto(CARDS).set(CARDS.NUMBER, cardNumber).execute();
    // ruleid: pan_stored_in_clear.java.store
    printer.printRecord("7", cardNumber);
    ContentValues row = new ContentValues();
    // ruleid: pan_stored_in_clear.java.store
    row.put("card", cardNumber);
    // ruleid: pan_stored_in_clear.java.store
    redisCommands.set("card:7", cardNumber);
    // ok: pan_stored_in_clear.java.store
    editor.putString("card", tokenizer.tokenize(cardNumber));
    // ok: pan_stored_in_clear.java.store
    dsl.insertInto(CARDS).set(CARDS.NUMBER, cipher.encrypt(cardNumber)).execute();
    // ok: pan_stored_in_clear.java.store
    redisCommands.set("card:7", cardNumber.substring(cardNumber.length() - 4));
  }
}
