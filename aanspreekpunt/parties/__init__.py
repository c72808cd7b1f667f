"""People and organisations, as far as they made themselves known."""
