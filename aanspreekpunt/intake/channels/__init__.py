"""One folder for each channel."""
