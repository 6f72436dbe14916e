# The full screen: titles, columns, hints, empty lists, dialogs. Keys begin with the screen's name.
