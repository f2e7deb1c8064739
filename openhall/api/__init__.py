"""接口: the programs' door: the bank's callback and open data. Parse, one act or query, answer."""
