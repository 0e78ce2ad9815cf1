"""The registry, the queries and the peers of the conflict bench."""
