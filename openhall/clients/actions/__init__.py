"""Keys issued, exchanged, ended; webhooks set up, told, sent again, ended."""
