"""What tests of edits that mean nothing share: an edit by its name, applied to a text."""

from __future__ import annotations

from scanner.validation.edits import KINDS, Kind
from scanner.validation.edits.names import Names
from scanner.validation.edits.text import Edited

MANIFESTS = """\
# Two of them.
kind: Service
metadata: {name: shop}
spec:
  type: ClusterIP
  ports:
    - port: 80
      name: "web"
  names: [a, b]
---
kind: Secret
data:
  note: |
    one
      two
"""

TERRAFORM = """\
resource "aws_db_instance" "shop" {
  engine              = "postgres"
  publicly_accessible = true
  tags = {
    a = "b"
  }
}

resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}
"""


def kind(spoken: str, name: str) -> Kind:
    return next(one for one in KINDS[spoken] if one.name == name)


def edited(spoken: str, name: str, text: str, names: Names) -> Edited:
    result = kind(spoken, name).edit(text, names)
    assert isinstance(result, Edited), f"{name} has no place in it"
    return result


def parts(spoken: str, name: str, text: str, names: Names) -> list[Edited]:
    result = kind(spoken, name).edit(text, names)
    assert isinstance(result, list)
    return result
