# Errors at the edge: what went wrong and what to do next. Keys begin with report-.
