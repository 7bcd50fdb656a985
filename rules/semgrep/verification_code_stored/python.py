"""Files, caches, sessions, cookies, queues, documents."""

import csv
import hashlib
import json
import pickle

import boto3
import redis
from django.core.cache import cache
from flask import session

r = redis.Redis()


def caches(cvv, payment, order_id):
    # ruleid: verification_code_stored.python.store
    r.set(f"order:{order_id}", cvv)
    # ruleid: verification_code_stored.python.store
    r.setex(f"order:{order_id}", 300, payment.cvv)
    # ruleid: verification_code_stored.python.store
    r.hset(f"order:{order_id}", mapping={"cvv": cvv, "amount": 10})
    # ruleid: verification_code_stored.python.store
    r.hset(f"order:{order_id}", "cvv", payment["cvv"])
    # ruleid: verification_code_stored.python.store
    cache.set(f"order:{order_id}", {"token": payment.token, "cvv": cvv}, timeout=60)
    # ruleid: verification_code_stored.python.store
    cache.set("code", hashlib.sha256(cvv.encode()).hexdigest())
    # ruleid: verification_code_stored.python.encrypted
    cache.set("code", fernet.encrypt(cvv.encode()))
    encrypted = kms.encrypt(Plaintext=cvv)
    # ruleid: verification_code_stored.python.encrypted
    r.set("code", encrypted)
    # ruleid: verification_code_stored.python.store
    self.redis_client.set("payment", json.dumps({"card": {"cvc": cvv}}))
    # ok: verification_code_stored.python.store
    cache.set("payment", {"token": payment.token, "cvv_result": payment.cvv_result})
    # ok: verification_code_stored.python.store
    cache.set("payment", {"token": payment.token, "cvv": "***"})
    # ok: verification_code_stored.python.store
    cache.set("payment", {"token": tokenize(payment.number, cvv)})
    # ok: verification_code_stored.python.store
    cache.set("has_code", bool(cvv))
    # ok: verification_code_stored.python.store
    cache.set("has_code", cvv is not None)
    # ok: verification_code_stored.python.store
    cache.set("length", len(cvv))
    # ok: verification_code_stored.python.store
    cache.set("ok", processor.authorize(payment.token, cvv).approved)
    # ok: verification_code_stored.python.store
    cache.set("payment", gateway.charge(amount=10, cvv=cvv))
    # ok: verification_code_stored.python.store
    event.set(cvv)


def sessions(request, response, cvv):
    # ruleid: verification_code_stored.python.store
    session["cvv"] = request.form["cvv"]
    # ruleid: verification_code_stored.python.store
    request.session["card"] = {"number": request.POST["number"], "cvc": request.POST["cvc"]}
    # ruleid: verification_code_stored.python.store
    request.session["checkout"] = {"code": request.POST.get("cvv", "")}
    # ruleid: verification_code_stored.python.store
    response.set_cookie("payment", cvv, httponly=True, secure=True)
    # ok: verification_code_stored.python.store
    request.session["card_token"] = vault.store(request.POST["number"])
    # ok: verification_code_stored.python.store
    context["cvv"] = cvv
    # ok: verification_code_stored.python.store
    payload = {"cvv": cvv}
    # ok: verification_code_stored.python.store
    answer = requests.post(PROCESSOR, json=payload)
    # ok: verification_code_stored.python.store
    request.session["amount"] = payload["amount"]
    return answer


def files(path, cvv, rows, cards):
    with open(path, "a") as out:
        # ruleid: verification_code_stored.python.store
        out.write(f"{cvv}\n")
        writer = csv.writer(out)
        # ruleid: verification_code_stored.python.store
        writer.writerow(["visa", cvv])
        # ok: verification_code_stored.python.store
        writer.writerow(["card number", "cvv"])
        # ruleid: verification_code_stored.python.store
        json.dump({"cvv": cvv}, out)
    log = open("/var/log/payments.log", "a")
    # ruleid: verification_code_stored.python.store
    log.write("code " + cvv)
    with open(path, "wb") as dump:
        # ruleid: verification_code_stored.python.store
        pickle.dump([card.cvv for card in cards], dump)
    # ruleid: verification_code_stored.python.store
    Path("code.txt").write_text(cvv)
    # ok: verification_code_stored.python.store
    terminal.write(cvv)
    # ok: verification_code_stored.python.store
    json.dump({"cvv_result": rows[0].cvv_result}, log)


def queues(order_id, cvv, channel, producer):
    # ruleid: verification_code_stored.python.store
    charge_card.delay(order_id, cvv)
    # ruleid: verification_code_stored.python.store
    charge_card.apply_async(kwargs={"order": order_id, "cvv": cvv}, countdown=10)
    # ruleid: verification_code_stored.python.store
    boto3.client("sqs").send_message(QueueUrl=URL, MessageBody=json.dumps({"cvv": cvv}))
    message = {"order": order_id}
    message["cvv"] = cvv
    # ruleid: verification_code_stored.python.store
    producer.send("payments", message)
    # ruleid: verification_code_stored.python.store
    channel.basic_publish(
        exchange="",
        routing_key="payments",
        body=json.dumps({"cvv": cvv}),
    )
    # ok: verification_code_stored.python.store
    charge_card.delay(order_id, token)
    # ok: verification_code_stored.python.store
    producer.send("payments", {"order": order_id, "cvv_present": bool(cvv)})


def documents(table, collection, cursor, cvv, code):
    # ruleid: verification_code_stored.python.store
    collection.insert_one({"token": "t", "cvv": code})
    # ruleid: verification_code_stored.python.store
    collection.update_one({"_id": 1}, {"$set": {"cvv": code}})
    # ruleid: verification_code_stored.python.store
    table.put_item(Item={"id": {"S": "1"}, "cvv": {"S": cvv}})
    # ruleid: verification_code_stored.python.store
    cursor.execute("INSERT INTO payments VALUES (%s, %s)", ("t", cvv))
    # ruleid: verification_code_stored.python.store
    cursor.execute(f"INSERT INTO payments VALUES ('t', '{cvv}')")
    # ok: verification_code_stored.python.store
    cursor.execute("INSERT INTO payments VALUES (%s, %s)", ("t", cvv == expected))
    # ok: verification_code_stored.python.store
    collection.insert_one({"token": "t", "cvv_result": code})
    # ok: verification_code_stored.python.store
    collection.update_one({"_id": 1}, {"$unset": {"cvv": 1}})
    # ok: verification_code_stored.python.store
    collection.insert_one({"checked": "cvv"})
