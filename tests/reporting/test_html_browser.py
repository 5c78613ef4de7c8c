"""The HTML report in a real browser: it works, can be used by all, and keeps quiet."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reporting.browser import Opened, chromium, open_file, processor_seconds
from reporting.html_pages import ATTACK, hostile, long_thread, page_of

from classifier.thread import Thread

if TYPE_CHECKING:
    from conftest import MakeLabels
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    with chromium() as started:
        yield started


@pytest.fixture
def report(browser: "Browser", forum: Thread, tmp_path: Path) -> Iterator[Opened]:
    """The report of the forum page, which must not complain and not ask for anything."""
    file = tmp_path / "report.html"
    file.write_text(page_of(forum), encoding="utf-8")
    opened = open_file(browser, file)
    yield opened
    opened.page.context.close()
    assert opened.said == []
    assert [url for url in opened.requested if not url.startswith("data:")] == [file.as_uri()]


@pytest.fixture
def filters(report: Opened) -> Opened:
    assert report.shown_replies() == ["r1", "r2", "r3", "r4", "r5"]
    return report


def test_every_chart_is_drawn(report: Opened) -> None:
    charts = report.page.locator("figure.chart")
    assert charts.count() == 5
    for chart in charts.all():
        box = chart.locator("svg").first.bounding_box()
        assert box is not None
        assert box["width"] > 300
        assert box["height"] > 50
    bar = report.page.locator(".chart.stances rect.against").first.bounding_box()
    middle = report.page.locator(".chart.stances line.axis").bounding_box()
    assert bar is not None
    assert middle is not None
    assert bar["width"] > 50
    assert bar["x"] + bar["width"] == pytest.approx(middle["x"], abs=2)


def test_label_and_target_are_filtered_together(filters: Opened) -> None:
    filters.page.select_option("select[name=label]", label="against")
    assert filters.shown_replies() == ["r1", "r2"]
    filters.page.select_option("select[name=target]", label="the article")
    assert filters.shown_replies() == ["r1"]
    assert filters.texts(".shown") == ["1 of 5 replies shown"]
    filters.page.click("button[type=reset]")
    # A form tells of its reset before it is reset, so the page follows a moment later.
    filters.page.locator(".reply:visible").nth(4).wait_for()
    assert filters.shown_replies() == ["r1", "r2", "r3", "r4", "r5"]


def test_withheld_labels_and_disagreement_with_the_baseline_are_found(filters: Opened) -> None:
    filters.page.select_option("select[name=label]", label="a label withheld")
    assert filters.shown_replies() == ["r2", "r4"]
    filters.page.select_option("select[name=label]", label="baseline disagrees")
    assert filters.shown_replies() == ["r1", "r3", "r5"]


def test_author_and_certainty_are_filtered(filters: Opened) -> None:
    filters.page.select_option("select[name=author]", label="ana")
    assert filters.shown_replies() == ["r1", "r3"]
    filters.page.select_option("select[name=author]", label="anybody")
    filters.page.fill("input[name=sure]", "95")
    assert filters.shown_replies() == ["r2", "r3", "r5"]


def test_replies_are_sorted_and_put_back(filters: Opened) -> None:
    filters.page.select_option("select[name=order]", "length")
    assert filters.shown_replies() == ["r1", "r4", "r5", "r2", "r3"]
    filters.page.select_option("select[name=order]", "incivility")
    assert filters.shown_replies()[0] == "r1"
    filters.page.click("button[type=reset]")
    assert filters.shown_replies() == ["r1", "r2", "r3", "r4", "r5"]


def test_a_chip_filters_by_its_label(filters: Opened) -> None:
    filters.page.click("#r1 .chip.uncivil")
    assert filters.shown_replies() == ["r1"]
    filters.page.click("#r1 .chip.uncivil")
    assert len(filters.shown_replies()) == 5
    filters.page.click("#r2 .chip.against")
    assert filters.shown_replies() == ["r2"]
    assert filters.page.input_value("select[name=target]") != ""


def test_a_label_says_how_sure_it_is_on_hover_and_on_focus(report: Opened) -> None:
    chip, tip = report.page.locator("#r1 .chip").first, report.page.locator("#r1 .tip").first
    assert not tip.is_visible()
    chip.hover()
    assert tip.is_visible()
    assert "insult 90%" in tip.inner_text()
    report.page.keyboard.press("Escape")
    assert not tip.is_visible()
    report.page.mouse.move(0, 0)
    report.page.locator("#r1").focus()
    report.page.keyboard.press("Tab")
    report.page.keyboard.press("Tab")
    report.page.keyboard.press("Tab")
    assert tip.is_visible()


def test_keys_walk_through_the_replies_and_can_be_switched_off(report: Opened) -> None:
    def focused() -> object:
        return report.page.evaluate("document.activeElement.id")

    for _ in range(2):
        report.page.keyboard.press("j")
    assert focused() == "r2"
    report.page.keyboard.press("k")
    assert focused() == "r1"
    report.page.keyboard.press("a")
    assert report.page.locator("details.article").get_attribute("open") is not None
    report.page.uncheck("input[name=keys]")
    report.page.locator("#r1").focus()
    report.page.keyboard.press("j")
    assert focused() == "r1"


def test_a_deep_link_shows_a_reply_that_is_filtered_out(report: Opened) -> None:
    report.page.select_option("select[name=author]", label="ben")
    assert report.shown_replies() == ["r2"]
    report.page.evaluate("location.hash = 'r5'")
    report.page.wait_for_function("!document.getElementById('r5').hidden")
    assert report.page.locator("#r5").bounding_box() is not None


def test_a_quote_of_the_article_opens_it(report: Opened) -> None:
    report.page.click("#r4 .answers a")
    report.page.wait_for_function("document.querySelector('details.article').open")


def test_right_to_left_words_run_right_to_left(report: Opened) -> None:
    direction = "e => getComputedStyle(e).direction"
    assert report.page.locator("#r5 .words").evaluate(direction) == "rtl"
    assert report.page.locator("#r1 .words").evaluate(direction) == "ltr"


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_width_needs_scrolling_sideways(report: Opened, width: int) -> None:
    report.page.set_viewport_size({"width": width, "height": 800})
    assert report.page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_can_be_read_without_scripts(
    browser: "Browser", forum: Thread, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_text(page_of(forum), encoding="utf-8")
    opened = open_file(browser, file, java_script_enabled=False)
    assert opened.shown_replies() == ["r1", "r2", "r3", "r4", "r5"]
    assert not opened.page.locator("form.filters").is_visible()
    assert opened.page.locator("figure.chart svg").first.is_visible()
    opened.page.click("details.article summary")
    assert opened.page.locator("details.article .words").is_visible()
    opened.page.context.close()


def test_print_leaves_out_what_only_a_screen_can_do(report: Opened) -> None:
    report.page.emulate_media(media="print")
    assert not report.page.locator("form.filters").is_visible()
    assert report.page.locator("#r1 .chip").first.is_visible()
    assert len(report.page.pdf()) > 10_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(
    browser: "Browser", forum: Thread, discussion: Thread, tmp_path: Path, *, scheme: str
) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="needs pip install axe-playwright-python"
    )
    pages = {"light": ((forum,), (forum, discussion)), "dark": ((forum,),)}
    for threads in pages[scheme]:
        file = tmp_path / "report.html"
        file.write_text(page_of(*threads), encoding="utf-8")
        opened = open_file(browser, file, color_scheme=scheme)
        opened.page.evaluate(
            "for (const each of document.querySelectorAll('details')) each.open = 1"
        )
        found = axe.Axe().run(opened.page).response["violations"]
        opened.page.context.close()
        grave = [each for each in found if each["impact"] in {"serious", "critical"}]
        told = [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in grave]
        assert told == []


def test_an_index_opens_the_thread_that_it_links_and_sorts(
    browser: "Browser", forum: Thread, discussion: Thread, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_text(page_of(forum, discussion), encoding="utf-8")
    opened = open_file(browser, file)
    assert opened.shown_replies() == []
    opened.page.click("table.comparison a[href='#t2']")
    opened.page.wait_for_function("document.getElementById('t2').open")
    assert opened.shown_replies() == ["t2-r1", "t2-r2", "t2-r3", "t2-r4"]
    opened.page.click("table.comparison button:text('Replies')")
    opened.page.click("table.comparison button:text('Replies')")
    assert opened.texts("table.comparison tbody td:nth-child(2)") == ["4", "5"]
    assert opened.said == []
    opened.page.context.close()


def test_a_long_thread_opens_at_once(
    browser: "Browser", labels: "MakeLabels", tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_text(page_of(long_thread(labels)), encoding="utf-8")
    took = min(processor_seconds(browser, file) for _ in range(3))
    assert 0 < took < 0.8, "in seconds; 0.3 on a slow server core, a window without a page 0.05"


def test_a_hostile_page_is_shown_as_text(
    browser: "Browser", labels: "MakeLabels", tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_text(page_of(hostile(ATTACK, labels)), encoding="utf-8")
    opened = open_file(browser, file)
    for chip in opened.page.locator(".chip").all()[:4]:
        chip.hover()
    opened.page.select_option("select[name=order]", "length")
    opened.page.keyboard.press("j")
    assert opened.said == []
    assert [url for url in opened.requested if not url.startswith("data:")] == [file.as_uri()]
    assert opened.page.locator("script").count() == 1
    assert opened.page.locator("img").count() == 0
    shown = opened.page.locator(".reply .words").first.inner_text()
    assert re.sub(r"\s+", " ", shown).startswith("</title></style></script><script>alert(1)")
    assert "{{ 7 * 7 }}" in shown
    opened.page.context.close()
