"""Letters and mails on their way out, every attempt, and how each ended."""
