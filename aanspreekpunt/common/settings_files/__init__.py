"""Files that an administrator writes: read with the line of each value, and checked field by field."""
