"""The campaign: a survey opened from the model, its list of people, invitations, reminders, close.

`platform` is what a campaign asks of the survey platform beyond reading answers.
"""
