"""工作台: the officials' door, a queue for each desk; every legal effect is an act. 成办发〔2003〕75号 二(一)."""

