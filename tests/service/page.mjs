// The page of the service in headless Chromium: a link is built, broken, caught and mended by keyboard; axe-core judges
// every page at 1280 and 390 pixels by WCAG 2.2 AA.
import { spawn, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { watchedByPrometheus } from './prometheus.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const sealane = path.join(root, 'artifacts/bin/Sealane.Cli/debug/sealane');
const example = path.join(root, 'examples/sydney.yaml');
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'sealane-page-'));
const axe = fs.readFileSync(path.join(import.meta.dirname, 'node_modules/axe-core/axe.min.js'), 'utf8');
const patience = 60_000;
let passed = 0, failed = 0, looked = 0;
const is = (what, holds, detail = '') => {
  if (holds) passed++; else { failed++; console.log(`failed: ${what}${detail && `: ${detail}`}`); }
};

const service = spawn(sealane, ['serve', `--data=${home}/data`, `--sandbox=${home}/worlds`, '--port=0', '--single-operator'],
  { cwd: home, stdio: ['ignore', 'pipe', 'inherit'] });
const base = await new Promise((found, lost) => {
  let text = '';
  service.stdout.on('data', more => { text += more; const at = text.match(/Serving at (http:\S+?),/); if (at) found(at[1]); });
  service.on('exit', code => lost(new Error(`the service ended with ${code}: ${text}`)));
});
const token = fs.readFileSync(`${home}/data/tokens`, 'utf8').trim().split('\n').pop().split(' ')[2];
const browser = await puppeteer.launch({
  executablePath: '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage();
const troubles = [];
page.on('console', message => { if (message.type() === 'error') troubles.push(message.text()); });
page.on('pageerror', error => troubles.push(error.message));

// As somebody without a mouse: Tab until the thing is reached, then Enter.
const press = async (word, leads = true) => {
  for (let i = 0; i < 400; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(word => document.activeElement?.textContent.trim().startsWith(word)
      && document.activeElement.matches('a, button, summary'), word)) {
      const gone = leads ? page.waitForNavigation({ timeout: patience }) : null;
      await page.keyboard.press('Enter');
      return gone;
    }
  }
  throw new Error(`'${word}' cannot be reached by keyboard on ${page.url()}`);
};
const until = (text, selector = '.big') => page.waitForFunction((text, selector) =>
  document.querySelector(selector)?.textContent.includes(text), { timeout: patience }, text, selector);
const judge = async () => {
  for (const width of [1280, 390]) {
    await page.setViewport({ width, height: 900 });
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document,
      { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
    looked += found.passes.length;
    is(`axe-core at ${width} on ${page.url()}`, found.violations.length === 0,
      found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.target).join(' ')}`).join('; '));
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
    is(`nothing beyond ${width} on ${page.url()}`, wide <= width, `${wide}`);
    if (process.env.SEALANE_SHOTS) {
      await page.screenshot({ path: `${process.env.SEALANE_SHOTS}/${width}${new URL(page.url()).pathname.replaceAll('/', '_')}-${passed}.png` });
    }
  }
  await page.setViewport({ width: 1280, height: 900 });
};
const change = async (word, judged) => {
  await press(word);
  await until('waiting');
  if (judged) await judge();
  await press('Approve');
  // The page hears of the end by itself.
  await until('done');
};

try {
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(base);
  is('who is not known is led to the door', page.url().startsWith(`${base}/login`));
  await judge();
  await page.type('#token', token);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await judge();
  await page.focus('#spec');
  await page.evaluate(text => { document.getElementById('spec').value = text; }, fs.readFileSync(example, 'utf8'));
  await press('Add');
  is('the link is kept', page.url() === `${base}/links/sydney`);
  await until('down');
  await change('Ask for apply', true);
  await judge();
  await page.goto(`${base}/links/sydney`);
  await until('encrypted');
  is('the mark says it without colour', (await page.$eval('.big', one => one.textContent)).includes('✓ encrypted'));
  is('the picture is there', await page.$('svg[role=img]') !== null);
  await judge();
  for (let tries = 0; ; tries++) {
    try {
      execFileSync(sealane, ['sandbox', 'break', example, 'open-aws-to-azure', `--sandbox=${home}/worlds`], { stdio: 'pipe' });
      break;
    } catch (busy) { if (tries === 20) throw busy; await new Promise(done => setTimeout(done, 250)); }
  }
  await press('Verify now');
  await until('✗ clear');
  await judge();
  await page.goto(base);
  await until('clear', 'tbody td');
  await watchedByPrometheus(base, token, home, is);
  await page.goto(`${base}/links/sydney`);
  await change('Ask for apply');
  await page.goto(`${base}/links/sydney`);
  await until('encrypted');
  await page.goto(`${base}/links/sydney/trace`);
  await page.type('#from', '10.1.1.10');
  await page.type('#to', '10.2.1.10');
  await press('Trace');
  is('a packet is followed', (await page.$eval('.way', one => one.textContent)).includes('encrypted'));
  await judge();
  for (const where of ['/links/sydney/history', '/audit']) {
    await page.goto(base + where);
    await judge();
  }
  is('the log is whole', await page.goto(`${base}/audit`).then(() => page.$eval('main p', one => one.textContent.startsWith('✓ Whole'))));
  const plain = await browser.newPage();
  await plain.setJavaScriptEnabled(false);
  await plain.goto(`${base}/links/sydney`);
  is('without a script the page says the same', (await plain.$eval('.big', one => one.textContent)).includes('encrypted'));
  is('axe-core looked at something', looked > 200, `${looked}`);
  is('the browser complains of nothing', troubles.length === 0, troubles.join('; '));
} catch (error) {
  is('the way through', false, `${error.stack} at ${page.url()}`);
} finally {
  await browser.close();
  const ended = new Promise(done => service.on('exit', done));
  service.kill('SIGTERM');
  is('SIGTERM ends it in order', await ended === 0);
  fs.rmSync(home, { recursive: true, force: true });
}
console.log(`service: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
