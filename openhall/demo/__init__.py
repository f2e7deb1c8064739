"""演示: the demo city and the simulator, which drives the real acts day by day."""
