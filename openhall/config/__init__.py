"""The roof: settings, addresses and commands. It wires every room and is imported by none."""
