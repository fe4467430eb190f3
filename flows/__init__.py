"""What staff trigger: flows and the `maturity` command; wiring only."""
