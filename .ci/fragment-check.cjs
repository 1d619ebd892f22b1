// Puts fragments into a page with a rude style sheet, and compares every computed style of every kind of element: the fragment must
// look as in a page without one, and the page as without the fragment.
//   NODE_PATH=…/node_modules node fragment-check.cjs HOST_PAGE FRAGMENT...
// Status 0: neither touches the other; 1: one does; 2: nothing could be looked at.
'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { chromium } = require('playwright-core');

const PLACE = '<!-- fragment -->';

// Runs in the page: the computed styles of the elements on one side of the border, with those of ::before and ::after where these
// are drawn. Of elements that no selector of the two style sheets tells apart (the cells of a table, the bars of a chart), one is
// looked at: all have the same names above them, and are a first, a last or a middle child.
function styles(ofFragment) {
  const root = document.getElementById('bilan');
  const elements = [...document.body.querySelectorAll('*')].filter((element) =>
    ofFragment ? root.contains(element) : !(root && root.contains(element)) && element.id !== 'colonne');
  const named = (element) => `${element.localName}.${element.getAttribute('class') ?? ''}`;
  const keys = new Map();
  const key = (element) => {
    if (!element || element === document.body) return '';
    if (!keys.has(element)) {
      const place = `${element.previousElementSibling ? '' : '<'}${element.nextElementSibling ? '' : '>'}`;
      keys.set(element, `${key(element.parentElement)}/${named(element)}${element.getAttribute('scope') ?? ''}${place}`);
    }
    return keys.get(element);
  };
  const seen = new Set();
  return elements.filter((element) => !seen.has(key(element)) && seen.add(key(element))).map((element) => ({
    name: named(element),
    style: [null, '::before', '::after'].map((part) => {
      const style = getComputedStyle(element, part);
      if (part && style.content === 'none') return { content: 'none' };
      return Object.fromEntries([...style].map((property) => [property, style.getPropertyValue(property)]));
    }),
  }));
}

function differences(expected, found) {
  const texts = new Set(expected.length === found.length ? [] : [`${expected.length} elements, then ${found.length}`]);
  expected.forEach((element, place) => element.style.forEach((style, part) => {
    for (const [property, value] of Object.entries(style)) {
      const now = found[place]?.style[part][property];
      if (now !== value) texts.add(`${element.name}${['', '::before', '::after'][part]} ${property}: ${value} becomes ${now}`);
    }
  }));
  return [...texts];
}

async function look(context, host, fragment) {
  const page = await context.newPage();
  const see = async (html, ofFragment, width) => {
    await page.setViewportSize({ width, height: 900 });
    await page.setContent(html, { waitUntil: 'load' });
    await page.evaluate(() => document.fonts.ready);
    return page.evaluate(styles, ofFragment);
  };
  const rude = host.replace(PLACE, () => fragment);
  const plain = host.replace(/<style>[^]*<\/style>/, '').replace(PLACE, () => fragment);
  const findings = [];
  for (const width of [1200, 400]) {
    const narrower = (html) => html.replace('width: 820px', width > 820 ? 'width: 820px' : 'width: 340px; margin: 0; padding: 0; left: 0');
    const suffered = differences(await see(narrower(plain), true, width), await see(narrower(rude), true, width));
    const leaked = differences(await see(narrower(host), false, width), await see(narrower(rude), false, width));
    findings.push(...suffered.map((text) => `${width}: the page changes the fragment: ${text}`));
    // The page is as long as what stands in it.
    findings.push(...leaked.filter((text) => !/ (height|block-size|perspective-origin|transform-origin|top|bottom|inset-block)/.test(text))
      .map((text) => `${width}: the fragment changes the page: ${text}`));
  }
  await page.close();
  return findings;
}

async function main([hostFile, ...files]) {
  if (files.length === 0) throw new Error('no fragment given');
  const host = fs.readFileSync(hostFile, 'utf8');
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'fragment-check-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  let found = 0;
  try {
    for (const file of files) {
      const findings = await look(context, host, fs.readFileSync(file, 'utf8'));
      found += findings.length;
      console.log(`${file}: ${findings.length} styles touched`);
      for (const finding of findings.slice(0, 40)) console.log(`  ${finding}`);
    }
  } finally {
    await context.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
  return found ? 1 : 0;
}

main(process.argv.slice(2)).then(
  (status) => { process.exitCode = status; },
  (error) => { console.error(`cannot look: ${error.message}`); process.exitCode = 2; },
);
