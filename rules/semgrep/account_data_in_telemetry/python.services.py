"""Card data at feature flags, search, language models, tickets and free-text metadata."""

import anthropic
import ldclient
import mlflow
import optimizely
import stripe
from algoliasearch.search_client import SearchClient
from elasticsearch import Elasticsearch, helpers
from flagsmith import Flagsmith
from jira import JIRA
from ldclient import Context
from openai import OpenAI

llm = OpenAI()
claude = anthropic.Anthropic()
es = Elasticsearch("https://search.shop.example")
jira = JIRA("https://tickets.shop.example")
flagsmith = Flagsmith(environment_key="")


def flags(user, card, pan):
    # ruleid: account_data_in_telemetry.python.flags
    context = Context.builder(user.id).set("card_number", card.number).build()
    # ruleid: account_data_in_telemetry.python.flags
    ldclient.get().track("paid", user.id, data={"card_number": pan})
    # ruleid: account_data_in_telemetry.python.flags
    flagsmith.get_identity_flags(user.id, traits={"card_number": pan})
    # ok: account_data_in_telemetry.python.flags
    flagsmith.get_identity_flags(user.id, traits={"brand": card.brand, "last4": pan[-4:]})
    # ok: account_data_in_telemetry.python.flags
    return ldclient.get().variation("new-card-number-form", context, False)


def search(index, card, pan, cvv, order):
    # ruleid: account_data_in_telemetry.python.search
    index.save_object({"objectID": order.id, "card_number": card.number})
    # ruleid: account_data_in_telemetry.python.search
    index.partial_update_objects([{"objectID": order.id, "note": f"paid with {pan}"}])
    # ruleid: account_data_in_telemetry.python.search
    es.update(index="orders", id=order.id, body={"doc": {"card_number": pan}})
    # ruleid: account_data_in_telemetry.python.search
    helpers.bulk(es, [{"_index": "orders", "card_number": pan}])
    # ok: account_data_in_telemetry.python.search
    index.save_object({"objectID": order.id, "card": mask_pan(card.number)})
    # ok: account_data_in_telemetry.python.search
    es.update(index="orders", id=order.id, body={"doc": {"last4": pan[-4:], "token": card.token}})


def services(card, pan, cvv, order):
    # ruleid: account_data_in_telemetry.python.service
    llm.chat.completions.create(model="small", messages=[{"role": "user", "content": f"Is {pan} stolen?"}])
    # ruleid: account_data_in_telemetry.python.service
    claude.messages.create(model="small", max_tokens=9, messages=[{"role": "user", "content": card.number}])
    # ruleid: account_data_in_telemetry.python.service
    mlflow.log_param("card", pan)
    # ruleid: account_data_in_telemetry.python.service
    jira.create_issue(project="PAY", summary="Declined", description=f"Card {pan}, code {cvv}")
    # ruleid: account_data_in_telemetry.python.service
    stripe.PaymentIntent.create(amount=order.total, currency="eur", metadata={"card_number": pan})
    # ruleid: account_data_in_telemetry.python.service
    stripe.Customer.modify(order.customer, description="Pays with " + card.number)
    # ok: account_data_in_telemetry.python.service
    stripe.PaymentMethod.create(type="card", card={"number": pan, "cvc": cvv})
    # ok: account_data_in_telemetry.python.service
    stripe.PaymentIntent.create(amount=order.total, currency="eur", metadata={"order": order.id})
    # ok: account_data_in_telemetry.python.service
    jira.create_issue(project="PAY", summary="Declined", description=f"Card ending in {pan[-4:]}")
    # ok: account_data_in_telemetry.python.service
    llm.chat.completions.create(model="small", messages=[{"role": "user", "content": redact(pan)}])
