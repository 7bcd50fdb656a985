"""Card numbers in files, caches, sessions, queues, documents and SQL parameters."""

import csv
import json
import pickle
from pathlib import Path

import redis
from django.core.cache import cache

r = redis.Redis()


def caches(pan, card, order_id):
    # ruleid: pan_stored_in_clear.python.store
    r.set(f"order:{order_id}", pan)
    # ruleid: pan_stored_in_clear.python.store
    r.setex("card", 300, json.dumps({"number": card.number}))
    # ruleid: pan_stored_in_clear.python.store
    r.hset("card", mapping={"card_number": pan, "brand": "visa"})
    # ruleid: pan_stored_in_clear.python.store
    cache.set(f"card:{order_id}", {"card_number": card.primary}, 60)
    # ruleid: pan_stored_in_clear.python.store
    r.incr(f"attempts:{pan}")
    # ruleid: pan_stored_in_clear.python.store
    cache.set(f"velocity:{card.card_number}", 1, timeout=3600)
    # ruleid: pan_stored_in_clear.python.store
    r.sadd("seen", pan)
    # ok: pan_stored_in_clear.python.store
    r.set("card", vault.tokenize(pan))
    # ok: pan_stored_in_clear.python.store
    r.set("card", fernet.encrypt(pan.encode()))
    # ok: pan_stored_in_clear.python.store
    r.incr(f"attempts:{hmac.new(key, pan.encode(), 'sha256').hexdigest()}")
    # ok: pan_stored_in_clear.python.store
    r.set("last4", pan[-4:])
    # ok: pan_stored_in_clear.python.store
    r.set("card", {"bin": pan[:6], "last4": pan[-4:]})
    # ok: pan_stored_in_clear.python.store
    r.set("card", mask(pan))
    # ok: pan_stored_in_clear.python.store
    r.set("valid", luhn_valid(pan))
    # ok: pan_stored_in_clear.python.store
    r.get(f"card:{card.token}")
    # ok: pan_stored_in_clear.python.store
    r.set("gift", gift_card_number)
    # ok: pan_stored_in_clear.python.store
    r.set("encrypted", card.encrypted_pan)


def sessions(request, response, pan):
    # ruleid: pan_stored_in_clear.python.store
    request.session["card_number"] = request.POST["card_number"]
    # ruleid: pan_stored_in_clear.python.store
    session["payment"] = {"pan": pan, "amount": 10}
    # ruleid: pan_stored_in_clear.python.store
    response.set_cookie("card", pan)
    # ruleid: pan_stored_in_clear.python.store
    st.session_state["card_number"] = pan
    # ok: pan_stored_in_clear.python.store
    request.session["card_last4"] = request.POST["card_number"][-4:]
    # ok: pan_stored_in_clear.python.store
    request.session["card_token"] = create_token(request.POST["card_number"])
    # ok: pan_stored_in_clear.python.store
    context["card_number"] = pan


def files(path, pan, cards):
    with open(path, "a", encoding="utf-8") as out:
        # ruleid: pan_stored_in_clear.python.store
        out.write(f"{pan};{len(cards)}\n")
        writer = csv.writer(out)
        for card in cards:
            # ruleid: pan_stored_in_clear.python.store
            writer.writerow([card.id, card.card_number])
            # ok: pan_stored_in_clear.python.store
            writer.writerow([card.id, card.masked_number, card.card_number[-4:]])
        # ruleid: pan_stored_in_clear.python.store
        json.dump([{"pan": c.pan} for c in cards], out)
    with open(path, "wb") as dump:
        # ruleid: pan_stored_in_clear.python.store
        pickle.dump({"card_number": pan}, dump)
        # ok: pan_stored_in_clear.python.store
        dump.write(gpg.encrypt(pan))
    # ruleid: pan_stored_in_clear.python.store
    Path("card.txt").write_text(pan)
    frame = pd.DataFrame([{"card_number": c.card_number} for c in cards])
    # ruleid: pan_stored_in_clear.python.store
    frame.to_csv("cards.csv")
    # ok: pan_stored_in_clear.python.store
    socket_writer.write(pan)
    # ok: pan_stored_in_clear.python.store
    writer.writerow(["card_number", "brand"])


def queues(pan, channel, producer, sqs):
    # ruleid: pan_stored_in_clear.python.store
    charge.delay(card_number=pan, amount=10)
    # ruleid: pan_stored_in_clear.python.store
    charge.apply_async(args=[pan])
    # ruleid: pan_stored_in_clear.python.store
    sqs.send_message(QueueUrl=URL, MessageBody=json.dumps({"pan": pan}))
    # ruleid: pan_stored_in_clear.python.store
    producer.send("payments", value={"card": {"number": pan}})
    # ruleid: pan_stored_in_clear.python.store
    channel.basic_publish(exchange="", routing_key="q", body=pan)
    # ok: pan_stored_in_clear.python.store
    producer.send("payments", value={"token": tokenize(pan), "last4": pan[-4:]})
    # ok: pan_stored_in_clear.python.store
    charge.delay(card_token=token)


def documents(collection, table, cursor, session, pan, value, card):
    # ruleid: pan_stored_in_clear.python.store
    collection.insert_one({"card_number": value, "brand": "visa"})
    # ruleid: pan_stored_in_clear.python.store
    collection.update_one({"_id": 1}, {"$set": {"card_number": pan}})
    # ruleid: pan_stored_in_clear.python.store
    table.put_item(Item={"id": "1", "pan": pan})
    # ruleid: pan_stored_in_clear.python.store
    cursor.execute("INSERT INTO cards (token, pan) VALUES (%s, %s)", ("t", pan))
    sql = "UPDATE cards SET number = %s WHERE id = %s"
    # ruleid: pan_stored_in_clear.python.store
    cursor.execute(sql, (card.number, card.id))
    # ruleid: pan_stored_in_clear.python.store
    cursor.execute(f"INSERT INTO cards (pan) VALUES ('{pan}')")
    # ruleid: pan_stored_in_clear.python.store
    session.execute(text("INSERT INTO cards (pan) VALUES (:pan)"), {"pan": pan})
    # ok: pan_stored_in_clear.python.store
    cursor.execute("INSERT INTO cards (pan) VALUES (%s)", (encrypt(pan),))
    # ok: pan_stored_in_clear.python.store
    cursor.execute("INSERT INTO cards (pan) VALUES (pgp_sym_encrypt(%s, %s))", (pan, key))
    # ok: pan_stored_in_clear.python.store
    cursor.execute("SELECT id FROM cards WHERE pan_hmac = %s", (mac(pan),))
    # ok: pan_stored_in_clear.python.store
    collection.insert_one({"card_number": mask(pan), "brand": "visa"})
    # ok: pan_stored_in_clear.python.store
    collection.insert_one({"card_number": masked})
    # ok: pan_stored_in_clear.python.store
    collection.find_one({"card_number": {"$exists": True}})
    # ok: pan_stored_in_clear.python.store
    collection.insert_one({"pan_ciphertext": aead_encrypt(pan)})
    # ok: pan_stored_in_clear.python.store
    Card.objects.create(card_number=pan)
    # ok: pan_stored_in_clear.python.store
    requests.post(PROCESSOR, json={"card_number": pan})


def schema(cursor):
    cursor.execute(
        """
        CREATE TABLE cards (
            id UUID PRIMARY KEY,
            -- ruleid: pan_stored_in_clear.python.sql
            card_number VARCHAR(19) NOT NULL,
            pan_ciphertext BYTEA,
            pan_last4 CHAR(4)
        )
        """
    )
    # ruleid: pan_stored_in_clear.python.sql
    cursor.execute("ALTER TABLE cards ADD COLUMN pan TEXT")
    # ruleid: pan_stored_in_clear.python.sql
    cursor.execute('create table if not exists "cards" ("id" int, "pan" bigint)')
    # ok: pan_stored_in_clear.python.sql
    cursor.execute("CREATE TABLE cards (id INT, pan BYTEA, card_token TEXT)")
    # ok: pan_stored_in_clear.python.sql
    cursor.execute("CREATE TABLE cards (id INT, masked_card_number TEXT)")
    # ok: pan_stored_in_clear.python.sql
    cursor.execute("CREATE TABLE cards (id INT, card_number CHAR(4))")
    # ok: pan_stored_in_clear.python.sql
    cursor.execute("ALTER TABLE cards DROP COLUMN card_number")
    # ok: pan_stored_in_clear.python.sql
    cursor.execute("SELECT pan FROM cards")
