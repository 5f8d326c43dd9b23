"""Windows, painting and worker threads: listens to `state`, calls `render`."""
