"""The VNG standards Klantinteracties and Contactgegevens, translated to and from our own register."""
