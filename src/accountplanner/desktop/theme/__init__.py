"""How the program looks: colours, sizes and type by role, and the switch between schemes."""
