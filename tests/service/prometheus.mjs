// A real Prometheus reads a fleet with a link that is clear: the alarms are well formed and behave as their own tests say, every rule and
// every panel of the dashboard finds figures, and the alarm of a clear link goes off.
import { spawn, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const rules = path.join(root, 'deploy/prometheus/sealane.rules.yml');
const pause = time => new Promise(done => setTimeout(done, time));
const freePort = () => new Promise(done => {
  const server = net.createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => done(port)); });
});
const promtool = (...words) => execFileSync('/usr/bin/promtool', words, { stdio: 'pipe', encoding: 'utf8' });

export async function watchedByPrometheus(base, token, home, is) {
  is('promtool finds the rules well formed', promtool('check', 'rules', rules).includes('SUCCESS'));
  is('the alarms behave as told', promtool('test', 'rules', path.join(import.meta.dirname, 'alerts.test.yml')).includes('SUCCESS'));

  const at = `http://127.0.0.1:${await freePort()}`;
  fs.writeFileSync(`${home}/token`, token, { mode: 0o600 });
  fs.writeFileSync(`${home}/prometheus.yml`, JSON.stringify({
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [rules],
    scrape_configs: [{ job_name: 'sealane', authorization: { credentials_file: `${home}/token` },
      static_configs: [{ targets: [new URL(base).host] }] }],
  }));
  const prometheus = spawn('/usr/bin/prometheus', [`--config.file=${home}/prometheus.yml`, `--storage.tsdb.path=${home}/tsdb`,
    `--web.listen-address=${new URL(at).host}`, '--log.level=error'], { stdio: ['ignore', 'inherit', 'inherit'] });
  const ask = async what => (await (await fetch(`${at}/api/v1/${what}`)).json()).data;
  const value = async query => (await ask(`query?query=${encodeURIComponent(query)}`))?.result ?? [];
  const until = async (what, holds) => {
    for (let tries = 0; ; tries++) {
      try { const found = await holds(); if (found) return found; } catch (error) { if (tries > 200) throw error; }
      if (tries > 200) throw new Error(`Prometheus: ${what} did not come`);
      await pause(150);
    }
  };
  try {
    // Two readings, so that there is a rate.
    await until('the second reading', async () => (await value('count_over_time(sealane_watch_sweeps_total{kind="full"}[1m])'))[0]?.value[1] >= 2);
    const alarm = await until('the alarm of a clear link', async () =>
      (await ask('alerts')).alerts.find(one => one.labels.alertname === 'SealaneLinkClear' && one.state === 'firing'));
    is('it names the link', alarm.annotations.summary.startsWith('sydney: '), alarm.annotations.summary);
    const wrong = (await ask('rules')).groups.flatMap(group => group.rules).filter(rule => rule.health !== 'ok');
    is('every rule can be evaluated', wrong.length === 0, wrong.map(rule => `${rule.name}: ${rule.health} ${rule.lastError ?? ''}`).join('; '));
    const board = JSON.parse(fs.readFileSync(path.join(root, 'deploy/grafana/sealane.json'), 'utf8'));
    const asked = board.panels.flatMap(panel => panel.targets.map(target => [panel.title, target.expr.replaceAll('$link', '.*')]));
    const empty = [];
    for (const [title, expr] of asked) if ((await value(expr)).length === 0) empty.push(title);
    is(`every panel of ${asked.length} finds figures`, asked.length > 15 && empty.length === 0, empty.join(', '));
  } finally {
    const ended = new Promise(done => prometheus.on('exit', done));
    prometheus.kill('SIGTERM');
    await ended;
  }
}
