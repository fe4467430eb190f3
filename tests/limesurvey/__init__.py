"""What concerns the conversation with LimeSurvey as a whole."""
