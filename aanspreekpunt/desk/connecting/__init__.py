"""The forms with which a functional administrator opens the door to other systems."""
