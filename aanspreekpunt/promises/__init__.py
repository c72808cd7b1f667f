"""What we said we would do, by when and by whom: handing over, calling back, and keeping it."""
