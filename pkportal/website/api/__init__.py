"""The API: what the public lists and files hold, a page at a time, as JSON for programs; for reading only."""

API_PATH = "/api/v1/"
DOCS_PATH = f"{API_PATH}docs"
