# What the account sends to people. Keys begin with notice-.
