// desk.mjs URL FOLDER OUT TEXT PYTHON
//
// A typist's day at the desk of URL, which is open over FOLDER, in Chromium: a text is pasted, looked over, mended,
// set, taken home, sent out, merged and made again; then every view in both sizes and languages, with axe-core.
// What is taken home and pictures of every view go to OUT. The first thing that is not as it should be ends it with
// a sentence and exit 1. node finds its packages by the file's own folder, so tests/tools/desk.sh copies it there.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [url, folder, out, textFile, python] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const origin = new URL(url).origin;
const wrong = [];

function must(condition, sentence) {
  if (!condition) throw new Error(sentence);
}

const browser = await chromium.launch({
  executablePath: process.env.JIANBAO_TEST_CHROMIUM ?? "chromium",
});
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true, locale: "zh-CN" });
context.setDefaultTimeout(90_000);

function watch(page) {
  page.on("console", (m) => {
    // What the desk refuses, and should, the browser reports too.
    if (m.type() === "error" && !/status of (409|413|422)/.test(m.text())) wrong.push(`console: ${m.text()}`);
  });
  page.on("pageerror", (e) => wrong.push(`script: ${e.message}`));
  page.on("request", (r) => {
    if (!r.url().startsWith(origin) && !/^(data|blob):/.test(r.url())) wrong.push(`asks ${r.url()}`);
  });
}

const editorText = (page) => page.evaluate(() => document.querySelector(".cm-content").cmTile.root.view.state.doc.toString());
const settled = async (page) => {
  await page.waitForFunction(() => document.querySelector(".pages .status")?.textContent && !document.querySelector(".pages .status.draft") && document.querySelector(".sheet"), null);
};
const saved = (page) => page.waitForFunction(() => document.querySelector(".save.saved"));
const until = async (test, sentence, limit = 60_000) => {
  for (const end = Date.now() + limit; Date.now() < end; ) {
    if (await test()) return;
    await new Promise((go) => setTimeout(go, 50));
  }
  throw new Error(sentence);
};
const looks = (page) => page.$$eval(".sheet[data-page]", (all) => all.map((s) => s.dataset.hash));

async function accessible(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  for (const v of violations) wrong.push(`${name}: ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
}

try {
  const page = await context.newPage();
  watch(page);
  await page.goto(url);
  must(!page.url().includes("token"), "the token stays in the address");

  // New: the text is pasted.
  const text = readFileSync(textFile, "utf8").replaceAll("\r\n", "\n");
  await page.waitForSelector(".welcome");
  await accessible(page, "welcome");
  await page.screenshot({ path: join(out, "welcome.png") });
  await page.fill("#new-name", "今日简报");
  await page.fill("#new-text", text);
  await page.click(".welcome .primary");
  await page.waitForSelector(".cm-content");
  await settled(page);
  const file = join(folder, "今日简报.md");
  must(existsSync(file), "no file was made of what was pasted");

  // The doubled word is seen.
  await page.waitForSelector(".findings li");
  must((await page.$$eval(".findings li", (all) => all.map((l) => l.textContent))).some((t) => t.includes("不止一遍")), "the doubled word is not told");
  await page.waitForSelector(".cm-lintRange");
  await page.click(".findings .why >> nth=0");
  await page.waitForSelector("dialog .rule p");
  await accessible(page, "rule");
  await page.keyboard.press("Escape");
  await until(async () => (await page.$("dialog")) === null, "Escape does not close the page of a rule");

  // A comma is mended, and it is undone.
  const before = await editorText(page);
  must(before === readFileSync(file, "utf8"), "the editor and the file differ");
  await page.click(".findings li:has-text('半角') .fix");
  await until(async () => (await editorText(page)) !== before, "the fix changes nothing");
  await page.click(".source .bar button >> nth=0");
  await until(async () => (await editorText(page)) === before, "undo does not bring the text back");
  // All marks at once are shown before they are changed.
  await page.click(".source .bar button:has-text('标点规范')");
  await page.waitForSelector("dialog .changes li");
  await accessible(page, "marks");
  await page.click("dialog .primary");
  await until(async () => (await editorText(page)) !== before, "the marks are not changed");
  await until(() => readFileSync(file, "utf8") !== before, "what was changed is not on disk within two seconds", 2_000);
  await settled(page);

  // An input method: what is composed is text once, and the findings wait.
  const start = await editorText(page);
  const cdp = await context.newCDPSession(page);
  await page.click(".outline li.speech button >> nth=0");
  await page.keyboard.press("End");
  await cdp.send("Input.imeSetComposition", { text: "xin", selectionStart: 3, selectionEnd: 3 });
  await page.waitForTimeout(900);
  await cdp.send("Input.imeSetComposition", { text: "新", selectionStart: 1, selectionEnd: 1 });
  await cdp.send("Input.insertText", { text: "新" });
  await until(async () => (await editorText(page)).length === start.length + 1, "what was composed is not there once");
  must((await editorText(page)).replace("新\n", "\n") === start || (await editorText(page)).length === start.length + 1, "what was composed is elsewhere");
  await page.keyboard.press("Control+z");
  await until(async () => (await editorText(page)) === start, "what was composed cannot be undone");

  // The pages: to the text and back.
  await settled(page);
  await page.click(".outline li.speech button >> nth=2");
  // The mark goes with a page that is laid out anew.
  const shown = () => page.evaluate(() => Number(document.querySelector(".here")?.closest(".sheet")?.dataset.page ?? 0));
  await until(async () => (await shown()) > 1, "the page of the third speech is not shown");
  for (const mode of ["spread", "booklet", "ebook", "single"]) {
    await page.selectOption(".pages select", mode);
    if (mode === "ebook") await page.waitForFunction(() => document.querySelector(".phone")?.shadowRoot?.textContent.length > 1000);
    if (mode === "ebook") {
      const order = await page.evaluate(() => [...document.querySelector(".phone").shadowRoot.querySelectorAll("h1,h2")].map((e) => e.textContent));
      must(order.findIndex((t) => t.includes("索引")) > order.length / 2, `the e-book's order: ${order.join(" | ")}`);
    }
    else await page.waitForSelector(".sheet img[src]", { state: "attached" });
    await page.screenshot({ path: join(out, `pages-${mode}.png`) });
  }

  // Set: the number of the issue; the pages follow.
  await page.keyboard.press("Alt+2");
  await page.waitForSelector("#set-briefing-number");
  await settled(page);
  const old = await looks(page);
  await page.fill("#set-briefing-name", "槐江政协简报");
  await page.keyboard.press("Tab");
  await page.fill("#set-briefing-number", "12");
  await page.keyboard.press("Tab");
  await until(() => existsSync(join(folder, "jianbao.toml")) && readFileSync(join(folder, "jianbao.toml"), "utf8").includes('number = "12"'), "the number is not in jianbao.toml");
  await until(async () => (await looks(page))[0] !== old[0], "the cover does not follow");
  await page.screenshot({ path: join(out, "set.png") });
  await settled(page);

  // Take: three files.
  const take = async (prefix) => {
    await page.waitForSelector(".take .files a");
    for (const link of await page.$$(".take .files a")) {
      const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
      await download.saveAs(join(out, `${prefix}.${download.suggestedFilename().split(".").at(-1)}`));
    }
  };
  await page.keyboard.press("Alt+3");
  await page.click(".take .primary");
  await page.waitForSelector(".take table");
  await take("first");
  const ticks = await page.$$eval(".take tbody tr", (rows) => rows.map((r) => `${r.className} ${r.textContent}`));
  must(ticks.length > 20, `${ticks.length} ticks`);
  const failed = ticks.filter((t) => !t.startsWith("ok"));
  must(failed.length === 0, `not proved: ${failed.join("; ")}`);
  const [zip] = await Promise.all([page.waitForEvent("download"), page.click(".take a.button")]);
  await zip.saveAs(join(out, "all.zip"));
  await accessible(page, "take, done");
  await page.screenshot({ path: join(out, "take.png"), fullPage: true });

  // An excerpt goes out, and two copies come back.
  await page.fill("#part-speeches", "1");
  await page.click(".take fieldset >> nth=1 >> button");
  await page.waitForFunction(() => document.querySelectorAll(".take .files a").length === 1);
  await take("excerpt");
  const edit = `
import sys, docx
source, text, first, second = sys.argv[1:]
text = open(text, encoding="utf-8").read()
for target, word in ((first, "甲单位改的话"), (second, "乙单位改的话")):
    document = docx.Document(source)
    # Not the sentences that go out with an excerpt.
    body = [p for p in document.paragraphs if len(p.text) > 40 and p.text[:8] in text]
    run = next(r for r in body[0].runs if len(r.text) > 10)
    run.text = run.text[:-1] + word + run.text[-1]
    if target == first:
        run = next(r for r in body[1].runs if len(r.text) > 10)
        run.text = run.text[:-1] + "只有一家改" + run.text[-1]
    document.save(target)
`;
  const copies = [join(out, "甲.docx"), join(out, "乙.docx")];
  execFileSync(python, ["-c", edit, join(out, "excerpt.docx"), file, ...copies]);
  await page.keyboard.press("Alt+4");
  await page.setInputFiles("#copies", copies);
  await page.waitForSelector(".conflict");
  must(await page.$eval(".merge .primary", (b) => b.disabled), "a conflict may be passed over");
  await accessible(page, "merge, conflict");
  await page.screenshot({ path: join(out, "merge.png"), fullPage: true });
  for (const conflict of await page.$$(".conflict")) {
    const sides = await conflict.$$(".side");
    for (const side of sides) if ((await side.textContent()).includes("乙单位改的话")) await (await side.$("input")).check();
  }
  await page.click(".merge .primary");
  await page.waitForSelector(".merge .done");
  const merged = readFileSync(file, "utf8");
  must(merged.includes("乙单位改的话") && merged.includes("只有一家改") && !merged.includes("甲单位改的话") && !merged.includes("<<<<<<<"), "the merge is not what was chosen");
  await page.keyboard.press("Alt+1");
  await until(async () => (await editorText(page)) === merged, "the editor does not show what was merged");
  await page.keyboard.press("Alt+3");
  await page.click(".take .primary");
  await page.waitForFunction(() => document.querySelectorAll(".take .files a").length === 3);
  await page.waitForSelector(".take table");
  await take("second");

  // Two tabs, and another program.
  await page.keyboard.press("Alt+1");
  const other = await context.newPage();
  watch(other);
  await other.goto(`${origin}/`);
  await other.waitForSelector(".cm-content");
  await until(async () => (await editorText(other)) === merged, "the other tab has another text");
  await page.click(".cm-content");
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("<!-- 甲 -->\n");
  await saved(page);
  await until(async () => (await editorText(other)).startsWith("<!-- 甲 -->"), "the other tab does not see what was saved");
  await other.close();
  writeFileSync(file, readFileSync(file, "utf8").replace("甲", "别处"));
  await until(async () => (await editorText(page)).startsWith("<!-- 别处 -->"), "what another program wrote is not seen");

  // History brings it back.
  await page.click(".source .bar button:has-text('历史')");
  await page.waitForSelector("dialog .files li");
  await accessible(page, "history");
  await page.click("dialog .files li:last-child button");
  await until(async () => (await editorText(page)) === before, "the first version does not come back");
  await until(() => readFileSync(file, "utf8") === before, "and is not on disk", 5_000);

  // Files that are none: each its sentence.
  for (const [name, bytes] of [
    ["bad.docx", Buffer.from("PK\u0003\u0004 no archive")],
    ["old.doc", Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(4096)])],
    ["large.docx", Buffer.alloc(65 << 20)],
  ]) {
    await page.click(".top .file");
    if (bytes.length < 50 << 20) await page.setInputFiles("#bring", { name, mimeType: "application/octet-stream", buffer: bytes });
    else {
      const path = join(out, name);
      writeFileSync(path, bytes);
      await page.setInputFiles("#bring", path);
    }
    await page.waitForFunction(() => (document.querySelector("dialog .error")?.textContent.length ?? 0) > 8);
    await accessible(page, `after ${name}`);
    await page.keyboard.press("Escape");
  }

  // Every view in both sizes and languages.
  for (const [width, height] of [[1280, 800], [390, 844]]) {
    for (const lang of ["zh-CN", "en"]) {
      await page.setViewportSize({ width, height });
      await page.evaluate((tag) => localStorage.setItem("lang", tag), lang);
      await page.goto(`${origin}/#write`);
      await page.reload();
      await page.waitForSelector(".cm-content");
      await page.waitForSelector(".findings li", { state: "attached" });
      for (const [key, view] of [["1", "write"], ["2", "set"], ["3", "take"], ["4", "merge"]]) {
        await page.keyboard.press(`Alt+${key}`);
        await page.waitForTimeout(400);
        await accessible(page, `${view} ${width} ${lang}`);
        await page.screenshot({ path: join(out, `${view}-${width}-${lang}.png`) });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
        must(!wide, `${view} ${width} ${lang} is wider than the screen`);
      }
    }
  }
  await page.keyboard.press("Alt+1");
  for (const n of [1, 3]) {
    await page.click(`.parts button:nth-child(${n})`);
    await page.waitForTimeout(300);
    await accessible(page, `part ${n}`);
    await page.screenshot({ path: join(out, `part-${n}-390.png`) });
  }
  must(wrong.length === 0, wrong.join("\n"));
  console.log("a day at the desk: done");
} catch (error) {
  const page = context.pages()[0];
  await page?.screenshot({ path: join(out, "failed.png") }).catch(() => undefined);
  console.error(`${error.stack}\n${wrong.join("\n")}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
