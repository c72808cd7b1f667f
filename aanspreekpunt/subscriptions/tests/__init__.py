"""Tests of `subscriptions`."""
