"""What a payment service reads back: sessions, tasks, fraud models."""

import hmac
import pickle

import joblib
import numpy as np
import torch
import yaml
from celery import Celery


def read(cache, path, request, key):
    # ruleid: unsafe_deserialization.python.pickle
    card_session = pickle.loads(cache.get("session"))
    # ruleid: unsafe_deserialization.python.pickle
    fraud_model = joblib.load(path)
    # ruleid: unsafe_deserialization.python.pickle
    weights = np.load(path, allow_pickle=True)
    # ruleid: unsafe_deserialization.python.pickle
    model = torch.load(path)
    # ok: unsafe_deserialization.python.pickle
    model = torch.load(path, weights_only=True)
    # ok: unsafe_deserialization.python.pickle
    weights = np.load(path)
    # ok: unsafe_deserialization.python.pickle
    payment = json.loads(request.body)
    # ok: unsafe_deserialization.python.pickle
    return pickle.loads(pickle.dumps(payment))


def signed(blob, signature, key):
    if not hmac.compare_digest(signature, hmac.new(key, blob, "sha256").digest()):
        raise ValueError("signature")
    # ok: unsafe_deserialization.python.pickle
    return pickle.loads(blob)


def settings(stream):
    # ruleid: unsafe_deserialization.python.yaml
    merchants = yaml.load(stream)
    # ruleid: unsafe_deserialization.python.yaml
    merchants = yaml.load(stream, Loader=yaml.Loader)
    # ok: unsafe_deserialization.python.yaml
    merchants = yaml.load(stream, Loader=yaml.SafeLoader)
    # ok: unsafe_deserialization.python.yaml
    return yaml.safe_load(stream)


# ruleid: unsafe_deserialization.python.setting
SESSION_SERIALIZER = "django.contrib.sessions.serializers.PickleSerializer"
# ruleid: unsafe_deserialization.python.setting
app = Celery("payments", task_serializer="pickle")
# ruleid: unsafe_deserialization.python.setting
CELERY_ACCEPT_CONTENT = ["json", "pickle"]
# ok: unsafe_deserialization.python.setting
CELERY_TASK_SERIALIZER = "json"
# ok: unsafe_deserialization.python.setting
FORMAT = "pickle"


def model_of(payments, manifest, features):
    if tuple(manifest.features) != features:
        raise ValueError("made for other features")
    # ruleid: unsafe_deserialization.python.pickle
    return joblib.load(io.BytesIO(payments.files["classifier"]))


def checked_model_of(payments, content, wanted):
    if hashlib.sha256(content).hexdigest() != wanted:
        raise ValueError("another model")
    # ok: unsafe_deserialization.python.pickle
    return joblib.load(io.BytesIO(content))
