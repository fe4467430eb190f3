"""What Word files need, and nothing about surveys."""
