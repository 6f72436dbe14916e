# The command line: what commands print besides data. Keys begin with cli-.
