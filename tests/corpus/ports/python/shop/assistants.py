"""What other services are told: feature flags, and a language model that sorts complaints."""

import openai
from flagsmith import Flagsmith

flags = Flagsmith(environment_key=None)
model = openai.OpenAI()


def shown(user, card, pan):
    return flags.get_identity_flags(user.id, traits={"brand": card.brand})


def complained(text, pan):
    return model.chat.completions.create(model="small", messages=[{"role": "user", "content": text}])
