"""What a page is made from, noted while it is made; what a change touches, said by triggers."""
