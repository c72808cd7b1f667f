"""What machines say by mail: that a mail failed, arrived or was read, that somebody is away, that a list sent it."""
