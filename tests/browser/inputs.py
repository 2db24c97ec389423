"""Two ways to use a page: with a mouse, or with a keyboard alone."""

MAX_TAB_STOPS = 500
FOCUS_STATE = """element =>
    element.isConnected ? element === document.activeElement ? "focused" : "elsewhere" : "removed"
"""


class Mouse:
    """Clicks, fills in and checks elements."""

    def use(self, element):
        element.click()

    def write(self, element, text):
        element.fill(text)

    def pick(self, element):
        element.check()


class Keyboard:
    """Moves from tab stop to tab stop, and uses only the element that has the focus."""

    def focus(self, element):
        handle = element.element_handle()  # to search the page for it at every stop takes much longer
        for _ in range(MAX_TAB_STOPS):
            state = handle.evaluate(FOCUS_STATE)
            if state == "focused":
                return
            if state == "removed":  # htmx has put a new list in its place
                handle = element.element_handle()
            element.page.keyboard.press("Tab")
        raise AssertionError(f"The Tab key does not reach {element}.")

    def use(self, element):
        self.focus(element)
        element.page.keyboard.press("Enter")

    def write(self, element, text):
        self.focus(element)
        element.page.keyboard.type(text)

    def pick(self, element):
        self.focus(element)
        element.page.keyboard.press("Space")


INPUTS = {"mouse": Mouse(), "keyboard": Keyboard()}
