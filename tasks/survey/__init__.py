"""The survey platform: LimeSurvey, the sandbox, and the comparison with the model."""
