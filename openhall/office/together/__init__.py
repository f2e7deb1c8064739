"""Joint handling on the desk: the lead's queue, a unit's notices, one matter with its acts."""
