"""Who works for the municipality: teams, employees, what each may do, and when a team is open."""
