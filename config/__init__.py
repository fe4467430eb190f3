"""What a programme changes: models, studies, settings, words. Knows nobody else in the house."""
