"""Reading answers, local values, proposals and the work they make."""
