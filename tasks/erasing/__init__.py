"""Erasing people from the files that staff hold, and the certificate of it."""
