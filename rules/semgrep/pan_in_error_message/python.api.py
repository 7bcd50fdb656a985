"""An API that lets the framework answer what does not validate."""

from fastapi import FastAPI
from pydantic import BaseModel

# ruleid: pan_in_error_message.python.validation
app = FastAPI()


class Charge(BaseModel):
    card_number: str
    cvv: str
    amount: int
