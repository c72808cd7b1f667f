"""Everything that changes answers, local values and proposals."""
