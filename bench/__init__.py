"""Measurements, each against raw SQL on the same tables in the same run. See `docs/benchmarks.md`."""
