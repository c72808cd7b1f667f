"""What a question is probably about and which team answers it, learned from what was asked before."""
