"""Disclosure control of finished reports: an attacker of our own tries them before they leave."""
