"""Plans: what `terraform show -json` prints of a saved plan (or of a state) is read as what will be deployed.

    look.py            whether a file is one, and which declarations it names
    match.py           which root module a plan was made from
    document.py        the text -> resources, variables, configuration, each with where it stands
    configuration.py   what the plan says about the code it was made from: arguments written, references
    overlay.py         a planned value over what the code says: unknown, sensitive, computed, places
    places.py          where a value of a plan stands: in the code, else in the plan itself
    unit.py            a plan and the code it was made from -> one Unit

Format: https://developer.hashicorp.com/terraform/internals/json-format
"""
