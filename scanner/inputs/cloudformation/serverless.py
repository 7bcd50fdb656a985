"""SAM's `Globals`: what all functions, APIs, tables … of a template have in common.

A mapping is merged key by key, a list is added in front, anything else is what the resource says.
https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
"""

from __future__ import annotations

from dataclasses import replace

from scanner.inputs.cloudformation.values import Budget, Val

PREFIX = "AWS::Serverless::"


def merged(shared: Val, own: Val, budget: Budget) -> Val:
    """A resource's properties with those of `Globals` for its kind."""
    if not budget.spend(len(shared.data) if isinstance(shared.data, dict | list) else 1):
        return own
    if isinstance(shared.data, dict) and isinstance(own.data, dict):
        data = dict(shared.data)
        for key, value in own.data.items():
            data[key] = merged(data[key], value, budget) if key in data else value
        return replace(own, data=data)
    if isinstance(shared.data, list) and isinstance(own.data, list):
        return replace(own, data=[*shared.data, *own.data])
    return own
