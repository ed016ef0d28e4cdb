"""The parts pages are made of. They show values they are given and say what a person wished."""
