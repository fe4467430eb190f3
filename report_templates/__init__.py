"""The Word templates that staff restyle, and the scripts that first drew them."""
