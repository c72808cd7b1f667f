"""How the standard wants to be spoken to: fields and their limits, filters, pages, expanding, errors, the document."""
