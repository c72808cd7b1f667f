"""How mail programs mark what is quoted and what is signature, in the languages in which they do so."""
