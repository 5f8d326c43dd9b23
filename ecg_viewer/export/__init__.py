"""Exports: pages true to scale, pictures, tables, maps, annotations, benchmarks, all with provenance."""
