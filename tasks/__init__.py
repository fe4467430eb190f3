"""The steps of a study: plain functions, data in, data out."""
