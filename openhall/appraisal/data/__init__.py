"""What the programme brings: the rules of rating, by the day from which they are in force."""
