"""What each staff screen answers."""
