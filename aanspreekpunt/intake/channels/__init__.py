"""One folder for each channel, with all that is its own; a new one is copied from the nearest."""
