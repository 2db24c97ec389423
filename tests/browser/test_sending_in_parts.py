"""A large file is sent in parts: what has arrived is kept when the line breaks, and the rest follows."""

import re

from playwright.sync_api import expect

from pkportal.exchange.uploads import MAX_UPLOAD_SIZE
from tests.browser.pages import PARTS

SLOW = 30_000  # milliseconds for ten megabytes on a busy machine
HURRY = "const wait = setTimeout; window.setTimeout = (work, time) => wait(work, time / 100);"
ROW = f"kfor,ITA,2004,{'a long note ' * 4000}\n"
LARGE_FILE = ("mission,country,as_of,note\n" + ROW * (MAX_UPLOAD_SIZE // len(ROW) + 1)).encode()


def test_lost_line_is_tried_again_then_said_and_the_rest_of_the_file_follows_until_it_is_thrown_away(page_of):
    page, sent = page_of("Data manager"), []

    def lose_some(route):
        sent.append(int(re.search(rb'name="start"\s+(\d+)', route.request.post_data_buffer)[1]))
        is_lost = len(sent) in {1, 3, 4, 5}
        route.abort("connectionreset") if is_lost else route.continue_()

    page.route(f"**{PARTS}", lose_some)
    page.add_init_script(HURRY)
    page.goto("/admin/missions/contribution/import/")
    page.set_input_files("[name=file]", {"name": "large.csv", "mimeType": "text/csv", "buffer": LARGE_FILE})
    preview = page.get_by_role("button", name="Preview the changes")
    preview.click()
    status = page.locator(".sending")
    expect(status).to_contain_text("The line is broken. What has arrived is kept", timeout=SLOW)
    assert 0 < float(page.get_by_role("progressbar", name="Sent").get_attribute("value")) < 50
    preview.click()
    page.wait_for_url("**/contribution/import/*/")

    first, second, third = sorted({*sent})
    assert sent == [first, first, second, second, second, second, third]
    expect(page.get_by_text("large.csv").first).to_be_visible()
    page.get_by_role("button", name=re.compile("hrow")).first.click()
    expect(page.get_by_text("thrown away").first).to_be_visible(timeout=SLOW)
