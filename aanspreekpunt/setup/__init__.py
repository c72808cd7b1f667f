"""The whole organisation, set up from one file."""
