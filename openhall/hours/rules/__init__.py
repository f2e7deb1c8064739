"""A week of opening: read, written, compared, asked for a day: pure."""
