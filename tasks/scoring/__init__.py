"""From clean answers to collective results: positions, agreement, profiles, cycle, disclosure."""
