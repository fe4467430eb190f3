"""What the scripts that first draw the Word templates share; not used at render."""
