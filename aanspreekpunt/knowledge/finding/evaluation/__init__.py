"""Measures how well the search finds, on any collection with questions of which the right answer is known."""
