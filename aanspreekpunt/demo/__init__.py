"""A fictional municipality that looks alive, and bulk loads for measuring."""
