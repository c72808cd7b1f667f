"""What the figures say: which questions the desk could answer itself, and what came of letting it."""
