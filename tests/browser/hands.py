"""Two ways to use a page: with a mouse, or with nothing but a keyboard."""

FAR = 500


class Mouse:
    """Points at things."""

    def use(self, it):
        it.click()

    def write(self, it, words):
        it.fill(words)

    def pick(self, it):
        it.check()


class Keyboard:
    """Goes from stop to stop, and never touches what it has not come to."""

    def go(self, it):
        for _ in range(FAR):
            if it.evaluate("it => it === document.activeElement"):
                return
            it.page.keyboard.press("Tab")
        raise AssertionError(f"The keyboard does not come to {it}.")

    def use(self, it):
        self.go(it)
        it.page.keyboard.press("Enter")

    def write(self, it, words):
        self.go(it)
        it.page.keyboard.type(words)

    def pick(self, it):
        self.go(it.locator("xpath=ancestor::fieldset").get_by_role("radio", checked=True))
        while not it.is_checked():
            it.page.keyboard.press("ArrowDown")


HANDS = {"mouse": Mouse(), "keyboard": Keyboard()}
