# What happened to a ticket, as its history tells it. Keys begin with event-.
