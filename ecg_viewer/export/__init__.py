"""What leaves the program: pages true to scale, pictures, tables, maps, annotations, benchmarks - with provenance."""
