"""What other systems use: every question and contact of the municipality, over the standard interfaces."""
