"""The pages where residents ask and follow their question."""
