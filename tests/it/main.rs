//! All tests of the program as one binary.
