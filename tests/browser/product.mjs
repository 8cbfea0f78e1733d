// product.mjs: what the browser tests share: the binary with a data directory of its own and the demo edition in it, and
// Debian's Chromium with a profile of its own. Environment: VIGIE (the binary), CHROMIUM, VIGIE_BROWSER_MODULES (where
// tools/browser_tests put the packages of package.json).
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const BINARY = process.env.VIGIE ?? join(ROOT, 'build/release/vigie');
const MODULES = process.env.VIGIE_BROWSER_MODULES ?? join(ROOT, 'build/browser');
export const packages = createRequire(join(MODULES, 'package.json'));
const { chromium } = packages('playwright-core');

const ENVIRONMENT = { ...process.env, TZ: 'Europe/Paris', LC_ALL: 'C.UTF-8', VIGIE_DATA: '' };
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--lang=fr'];

const PATIENCE_MS = 120_000;  // a machine may be busy with other things

// A running `vigie serve` over `inputs`, behind `password` if one is given, with `flags`; stop() ends it with SIGTERM and throws unless
// it went well.
export async function serve(inputs = [join(ROOT, 'demo/edition')], password = '', flags = []) {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-browser-'));
  const data = join(folder, 'data');
  const vigie = (command, ...rest) => {
    const verb = command === 'source' ? [rest.shift()] : [];  // the verb stands before its options
    const done = spawnSync(BINARY, [command, ...verb, '--data', data, ...rest], { env: ENVIRONMENT, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`vigie ${command} ${rest.join(' ')}: ${done.status}\n${done.stderr}`);
    return done.stdout;
  };
  if (inputs.length > 0) vigie('ingest', ...inputs);
  if (password) spawnSync(BINARY, ['serve', '--data', data, '--set-password'], { env: ENVIRONMENT, input: `${password}\n` });
  const child = spawn(BINARY, ['serve', '--data', data, '--listen', '127.0.0.1:0', ...flags],
    { env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((settle) => { child.once('exit', (code) => settle(code)); });
  const first = await Promise.race([
    new Promise((settle) => { createInterface({ input: child.stdout }).once('line', settle); }),
    ended.then((code) => { throw new Error(`vigie serve ended with ${code}`); })]);
  return {
    url: first.match(/http:\/\/\S+?(?=\/?$)/)[0],
    vigie,
    // Writes a file for `vigie ingest`; gives its path.
    file(name, content) {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    async stop() {
      child.kill('SIGTERM');
      const code = await ended;
      rmSync(folder, { recursive: true, force: true });
      if (code !== 0) throw new Error(`vigie serve ended with ${code}`);
    },
  };
}

export async function browser() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const launched = await chromium.launch({ executablePath, headless: true, args: FLAGS, timeout: PATIENCE_MS });
  const made = launched.newContext.bind(launched);
  launched.newContext = async (options) => {
    const context = await made(options);
    context.setDefaultTimeout(PATIENCE_MS);
    return context;
  };
  return launched;
}

// A plain invented article page.
export function invented_page(title, paragraph = '') {
  const more = ['Les riverains de la commune ont appris la nouvelle au petit matin, par un coup de téléphone de la mairie.',
    'La situation devrait revenir à la normale dans la soirée, a indiqué la capitainerie aux journalistes présents.',
    'Une réunion est prévue lundi avec les professionnels, qui demandent depuis des mois que des travaux soient engagés.'];
  return `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>${title}</title></head><body><article>`
    + `<h1>${title}</h1>${[paragraph, ...more].map((text) => `<p>${text}</p>`).join('\n')}</article></body></html>`;
}
