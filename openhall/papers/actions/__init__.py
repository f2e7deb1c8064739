"""What is done with papers: given, handed out, worded, sealed, taken back."""
