"""How questions come in on channels other than our own screens: mail first, each next one a folder beside it."""
