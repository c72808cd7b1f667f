"""Tests of the pages for residents, through their addresses."""
