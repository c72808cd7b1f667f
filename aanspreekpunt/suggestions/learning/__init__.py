"""Learning labels from texts: no Django, no database, no clock; the same examples give the same model."""
