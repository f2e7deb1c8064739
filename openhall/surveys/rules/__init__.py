"""What a survey must be, which answers count, and what is reckoned from them."""
