"""One module an operation, by resource, in the manner of openapi-python-client."""
