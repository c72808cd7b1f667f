"""A question and its contacts, from the first word until it is settled."""
