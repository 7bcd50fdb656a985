"""An API with its own answer to what does not validate."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel

# ok: pan_in_error_message.python.validation
app = FastAPI()


class Charge(BaseModel):
    card_number: str
    cvv: str


@app.exception_handler(RequestValidationError)
def refused(request, error):
    return {"fields": [e["loc"][-1] for e in error.errors()]}
