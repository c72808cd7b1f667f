"""The questions people ask and the answers in plain Dutch."""
