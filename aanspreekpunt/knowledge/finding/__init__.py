"""Finding what somebody means, in Dutch as people type it. Plain Python: no Django, no database."""
