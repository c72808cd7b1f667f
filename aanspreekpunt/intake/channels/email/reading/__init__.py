"""From the bytes of a mail to what a person would see of it: plain Python, without database, clock or settings."""
