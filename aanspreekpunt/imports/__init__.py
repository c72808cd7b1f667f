"""What is remembered of registers that were copied: how far, what came of it, and what was refused."""
