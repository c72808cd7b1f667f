"""What a promise means in time: deadlines, windows, reminders and urgency, in plain Python."""
