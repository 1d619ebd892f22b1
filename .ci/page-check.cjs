// Opens pages in headless Chromium and lets axe-core look at each of them as different readers see it.
//   NODE_PATH=…/node_modules node page-check.cjs FILE...
// Status 0: nothing found; 1: a violation; 2: nothing could be looked at.
'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// 320 CSS pixels is the width at which WCAG 1.4.10 asks that nothing needs scrolling sideways.
const READERS = [
  { name: 'wide, light', width: 1200, colorScheme: 'light', forcedColors: 'none' },
  { name: 'wide, dark', width: 1200, colorScheme: 'dark', forcedColors: 'none' },
  { name: 'narrow, light', width: 320, colorScheme: 'light', forcedColors: 'none' },
  { name: 'narrow, dark', width: 320, colorScheme: 'dark', forcedColors: 'none' },
  { name: 'wide, forced colours', width: 1200, colorScheme: 'dark', forcedColors: 'active' },
];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function look(context, file) {
  const own = pathToFileURL(path.resolve(file)).href;
  const strangers = new Set();
  const findings = [];
  const page = await context.newPage();
  await page.route('**/*', (route) => {
    const url = route.request().url();
    if (url === own) return route.continue();
    // The published page is one file: whatever else it asks for is a defect, and is not fetched.
    strangers.add(url);
    return route.abort();
  });
  for (const reader of READERS) {
    await page.setViewportSize({ width: reader.width, height: 900 });
    await page.emulateMedia({ colorScheme: reader.colorScheme, forcedColors: reader.forcedColors, reducedMotion: 'reduce' });
    await page.goto(own, { waitUntil: 'load' });
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wider > 0) findings.push(`${reader.name}: the page is ${wider} pixels wider than the window`);
    await page.evaluate(axe);
    const result = await page.evaluate((tags) => axe.run(document, { runOnly: tags }), TAGS);
    for (const violation of result.violations) {
      const at = violation.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ');
      findings.push(`${reader.name}: ${violation.id} [${violation.impact}] ${violation.help}, ${violation.nodes.length} times: ${at}`);
    }
    if (result.passes.length === 0) findings.push(`${reader.name}: axe has looked at nothing`);
    const open = result.incomplete.map((check) => `${check.id} ${check.nodes.length}`).join(', ');
    console.log(`${file}, ${reader.name}: ${result.violations.length} violations, ${result.passes.length} passes` +
      (open ? `, for a person to judge: ${open}` : ''));
  }
  for (const url of strangers) findings.push(`asks for ${url.slice(0, 120)}`);
  await page.close();
  return findings;
}

async function main(files) {
  if (files.length === 0) throw new Error('no page given');
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'page-check-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  let found = 0;
  try {
    for (const file of files) {
      for (const finding of await look(context, file)) {
        found += 1;
        console.log(`  ${finding}`);
      }
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
