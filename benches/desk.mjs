// benches/desk.mjs URL FILE [KEYS]
//
// From key to page, measured in Chromium at an open desk: a character is typed into a paragraph whose page is in
// sight; the clock runs from the key's event to the frame after the page's new picture has taken the old one's
// place. Prints the median and the slowest tenth in ms. benches/desk.sh opens the desk and finds the packages.

import { chromium } from "playwright-core";

const [url, file, keys = "20"] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.JIANBAO_TEST_CHROMIUM ?? "chromium" });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(300_000);
  await page.goto(url);
  await page.waitForSelector(".welcome");
  await page.evaluate((name) => sessionStorage.setItem("file", name), file);
  await page.reload();
  const settled = () => page.waitForFunction(() => document.querySelector(".sheet") && document.querySelector(".pages .status")?.textContent && !document.querySelector(".pages .status.draft"));
  await settled();
  const speeches = await page.$$(".outline li.speech button");
  await speeches[Math.min(3, speeches.length - 1)].click();
  await page.waitForSelector(".here");
  for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "End", "ArrowLeft", "ArrowLeft"]) await page.keyboard.press(key);
  await page.waitForTimeout(1500);
  await page.evaluate(() => {
    window.times = [];
    let begun = 0;
    addEventListener("keydown", () => (begun = performance.now()), true);
    new MutationObserver(() => {
      if (!begun) return;
      const from = begun;
      begun = 0;
      requestAnimationFrame(() => requestAnimationFrame(() => window.times.push(performance.now() - from)));
    }).observe(document.querySelector(".stage"), { subtree: true, attributes: true, attributeFilter: ["data-shown"] });
  });
  for (let k = 0; k < Number(keys); k++) {
    const count = await page.evaluate(() => window.times.length);
    await page.keyboard.press(k % 2 === 0 ? "a" : "Backspace");
    await page.waitForFunction((n) => window.times.length > n, count);
    // As somebody types who reads what he types: the settled pages come in between.
    await page.waitForTimeout(k % 4 === 3 ? 1500 : 150);
  }
  const times = (await page.evaluate(() => window.times)).sort((a, b) => a - b);
  const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))]);
  console.log(JSON.stringify({ keys: times.length, median: at(0.5), slowest_tenth: at(0.9), all: times.map(Math.round) }));
} finally {
  await browser.close();
}
