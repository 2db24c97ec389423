"""Pages of long work load themselves again until it is done."""

RELOAD_SECONDS = 2


def reloaded_soon(response, address):
    """Let a browser load the page at an address in a moment: this one, as it is by then."""
    response["Refresh"] = f"{RELOAD_SECONDS}; url={address}"
    return response
