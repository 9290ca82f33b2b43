"""Foreign clients around the served sandbox. Python 3 of Debian, standard library and python3-requests only."""
