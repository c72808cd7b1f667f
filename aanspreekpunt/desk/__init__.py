"""The screens of the people who answer."""
