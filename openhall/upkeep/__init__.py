"""运行维护: whether the machine can go on keeping the records, for who runs it.

Room on the disk, the database, the clock, the log, the worker, what failed. One list of looks, read
by ``openhall doctor``, by the operator's desk and, each minute, by a job that calls the operators
before a disk is full. No personal data: an operator need not read any.
"""
