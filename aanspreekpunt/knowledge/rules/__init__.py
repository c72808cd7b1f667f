"""What may be said and done about the text of an answer without asking anyone: plain Python."""
