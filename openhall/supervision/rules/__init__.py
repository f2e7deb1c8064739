"""What supervision knows of the law: facts in, signals out. Pure."""
