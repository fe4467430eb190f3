"""The survey platform: what we ask of it, LimeSurvey, the sandbox, the comparison with the model."""
