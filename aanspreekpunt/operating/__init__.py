"""Starting, checking, backing up and restoring an installation: the one command."""
