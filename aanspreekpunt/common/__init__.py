"""Small things without a subject of their own that every floor may use."""
