"""Every failure of the platform at every call: what staff read, what is kept and not doubled."""
