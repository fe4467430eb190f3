"""Which result goes where in which report."""
