"""What the readers of XML recordings share: elements by local name, numbers, samples, times."""
