"""工作日: the working-day calendar as data, and its arithmetic. A3, 行政许可法 82."""
