"""Aanspreekpunt: one point of contact, where every question is answered at once, or promised and kept."""
