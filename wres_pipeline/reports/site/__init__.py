"""The pages of a return: the public site and the internal edition."""
