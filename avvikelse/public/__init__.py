"""The only room open to the street: a unit's link and the receipt code of one who reported without a name."""
