"""Two ways to use a page: with a mouse, or with nothing but a keyboard."""

import re

FAR = 500


class Mouse:
    """Points at things."""

    def use(self, it):
        it.click()

    def write(self, it, words):
        it.fill(words)

    def choose(self, it, label):
        option = it.get_by_role("option", name=re.compile(f"^{label}"))
        it.select_option(option.get_attribute("value"))


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

    def choose(self, it, label):
        self.go(it)
        it.page.keyboard.type(label)


HANDS = {"mouse": Mouse(), "keyboard": Keyboard()}
