"""Pages people hand around: laid out once as plain shapes, written as PDF here, painted alike by the window."""
