"""What the screens of answers, local values and proposals are made of."""
