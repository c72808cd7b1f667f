"""Tests of the staff screens, through their addresses."""
