import puppeteer from 'puppeteer-core';
import fs from 'node:fs';
const [, , base, token, out] = process.argv;
const axe = fs.readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const b = await puppeteer.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
const p = await b.newPage();
p.on('console', m => console.log('console:', m.type(), m.text()));
p.on('pageerror', e => console.log('error:', e.message));
for (const w of [1280, 390]) {
  await p.setViewport({ width: w, height: 900 });
  await p.goto(base + '/login');
  if (await p.$('#token')) { await p.type('#token', token); await p.keyboard.press('Enter'); await p.waitForNavigation(); }
  for (const path of ['/', '/links/sydney', '/links/sydney/history', '/runs/1', '/audit']) {
    await p.goto(base + path);
    await p.evaluate(axe).catch(e => console.log('axe', e.message));
    const r = await p.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
    console.log(w, path, r.violations.length, r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target).join(' ')).join('\n'));
    await p.screenshot({ path: `${out}/${w}${path.replaceAll('/', '_')}.png`, fullPage: false });
  }
}
await b.close();
