"""工作台: the officials' door: a queue for each desk, every legal effect an act. 75号 二(一)."""
