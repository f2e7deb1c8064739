"""Signs beside the names of matters, of Tabler Icons (MIT); ``sprite.py`` makes the file."""
