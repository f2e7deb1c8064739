"""OpenHall 阳光政务: open government for a whole city, after 成办发〔2003〕75号.

Read ``docs/map.md`` for the rooms and the direction in which they may import.
"""
