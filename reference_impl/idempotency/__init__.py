"""Done once, however often it is sent: what payments and charges at a processor have in common.

Each part keeps its own record, with its own states, under a unique (tenant, key). How a key looks, what makes two
requests the same one, and the error when they are not, is here.
"""
