"""What may be said about the text of an answer without asking anyone: plain Python."""
