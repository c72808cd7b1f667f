"""Dutch words: how a text falls apart into them, and what is the same word in another form."""
