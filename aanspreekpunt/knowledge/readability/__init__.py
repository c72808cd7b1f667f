"""How easy an answer reads: its level, the reasons for it, and what an editor can change."""
