"""The ways in by which others bring questions: each channel is one folder under `channels`."""
