"""What an agent fills in while somebody is on the line, from the first key to the receipt."""
