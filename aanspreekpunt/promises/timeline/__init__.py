"""What happened to a question, in plain words: complete for staff, and as the resident reads it."""
