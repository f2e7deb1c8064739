"""The printed guide: what hangs in the hall and what people take along. 行政许可法 30."""
