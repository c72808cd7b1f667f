"""Settings, addresses and the way in for web servers: knows all, decides nothing."""
