"""Invitations and reminders: who receives what, when, once only, and what became of each mail.

`rules` chooses (pure), `sending` sends through the platform and the store's ledger of mails.
"""
