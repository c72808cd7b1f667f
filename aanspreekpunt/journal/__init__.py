"""What happened, when and by whom, and what of it the resident sees."""
