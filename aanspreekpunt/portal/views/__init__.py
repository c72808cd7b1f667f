"""The pages for residents."""
