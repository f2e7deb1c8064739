"""Processes that are begun again when they die: the web workers, and the worker beside them."""
