"""What happens to questions in the demo, told through the same operations as on the screens."""
