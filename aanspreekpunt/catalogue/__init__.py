"""What residents come for: products and services, and the form that belongs to each."""
