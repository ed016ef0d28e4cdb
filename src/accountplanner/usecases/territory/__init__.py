"""The parts of the sample territory; `usecases.sample_territory` puts them together."""
