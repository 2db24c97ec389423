"""The web server: worker processes, connections, shares of threads, and the store of pages.

waitress reads requests and writes responses in a loop of its own, outside of the threads that answer. A client that
sends or reads slowly holds no thread.
"""
