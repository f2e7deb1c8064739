"""What a kiosk shows and what its machine asks."""
