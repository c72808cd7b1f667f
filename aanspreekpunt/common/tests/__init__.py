"""Tests of the small things every floor uses."""
