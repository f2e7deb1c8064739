"""What is written: changes for the nodes, versions of the rules, answers and judgements."""
