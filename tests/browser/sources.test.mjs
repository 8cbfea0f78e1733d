// The page of sources: a site is looked at, chosen from, watched, paused and removed, with and without JavaScript; lists go
// in and out; an address is fetched from the upload page. The site is a server of this test on loopback.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

import { violations } from './axe.mjs';
import { browser, invented_page, serve } from './product.mjs';

const HOSTILE = '<img src=x onerror=window.pwned=1>';

let vigie;
let chromium;
let site;
let origin;
before(async () => {
  site = createServer((request, response) => {
    const pages = {
      '/': ['text/html', '<!doctype html><title>Le Phare</title><link rel="alternate" type="application/rss+xml" href="/fil.xml">'
        + '<link rel="alternate" type="application/rss+xml" href="/sport.xml"><p>Un journal.</p>'],
      '/fil.xml': ['application/rss+xml', `<rss version="2.0"><channel><title>Le fil du Phare</title><link>${origin}/</link>`
        + '<item><title>La digue tient</title><link>/digue</link></item></channel></rss>'],
      '/sport.xml': ['application/rss+xml', '<rss version="2.0"><channel><title>&lt;img src=x onerror=window.pwned=1&gt;</title>'
        + `<link>javascript:window.pwned=1</link><item><title>x</title><link>${origin}/absente</link></item></channel></rss>`],
      '/digue': ['text/html; charset=utf-8', invented_page('La digue tient bon')],
      '/page': ['text/html; charset=utf-8', invented_page('Une page allée chercher')],
    };
    const [type, body] = pages[request.url] ?? [];
    response.writeHead(body ? 200 : 404, { 'Content-Type': type ?? 'text/plain' });
    response.end(body);
  });
  await new Promise((settle) => { site.listen(0, '127.0.0.1', settle); });
  origin = `http://127.0.0.1:${site.address().port}`;
  [vigie, chromium] = await Promise.all([serve([], '', ['--allow-private', '--delay', '0']), browser()]);
});
after(async () => {
  await chromium?.close();
  await vigie?.stop();
  site?.closeAllConnections();
  site?.close();
});

async function with_page(options, steps) {
  const context = await chromium.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  try {
    await steps(page);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

const rows = () => vigie.vigie('source', 'list', '--json').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
const accept = (page, text) => page.locator('.done', { hasText: text }).waitFor();

test('what a site offers is shown, chosen from, watched and read', () => with_page({}, async (page) => {
  await page.goto(vigie.url);
  await page.keyboard.press('s');
  await page.waitForURL('**/sources');
  assert.equal(await page.locator('nav [aria-current=page]').innerText(), 'Sources');
  assert.ok(await page.locator('.starter input[type=checkbox]').count() >= 15);
  await page.locator('#url').fill(origin);
  await page.keyboard.press('Enter');
  await page.locator('.found .choices li').first().waitFor();
  assert.match(await page.locator('.found .choices li').first().innerText(), /Le fil du Phare/);
  assert.ok(await page.locator('.found .choices input').first().isChecked());
  assert.deepEqual(rows(), []);
  await page.locator('.found input').nth(2).check();
  await page.locator('.found form > button').click();
  await accept(page, 'Ajouté');
  assert.equal(await page.locator('.source').count(), 2);
  for (let tries = 0; tries < 480 && rows()[0].articles === 0; ++tries) await page.waitForTimeout(250);
  await page.goto(`${vigie.url}/sources`);
  const row = page.locator('.source', { hasText: 'Le fil du Phare' });
  assert.match(await row.innerText(), /à jour/);
  assert.match(await row.locator('.health').innerText(), /Articles\s*1/);
  await page.goto(`${vigie.url}/`);
  assert.equal(await page.locator('.dispatch h3', { hasText: 'La digue tient bon' }).count(), 1);
}));

test('without JavaScript sources are paused, asked, taken up again and removed', () => with_page({ javaScriptEnabled: false }, async (page) => {
  await page.goto(`${vigie.url}/sources`);
  const row = page.locator('.source', { hasText: 'Le fil du Phare' });
  await row.getByRole('button', { name: 'Suspendre' }).click();
  await accept(page, 'en pause');
  assert.equal(rows()[0].paused, true);
  await row.getByRole('button', { name: 'Reprendre' }).click();
  await accept(page, 'de nouveau');
  await row.getByRole('button', { name: 'Consulter' }).click();
  await accept(page, 'consultée');
  const other = page.locator('.source').filter({ hasText: '/sport.xml' });
  await other.locator('summary').click();
  await other.getByRole('button', { name: 'Retirer la source' }).click();
  await accept(page, 'ses articles restent');
  assert.equal(rows().length, 1);
  await page.locator('#url').fill(`${origin}/absente`);
  await page.locator('.watch button').click();
  assert.match(await page.locator('.found').innerText(), /le site n’a rien à cette adresse/);
  await page.locator('.as-is select').selectOption({ label: 'page de liens' });
  await page.locator('.as-is button').click();
  await accept(page, 'Ajouté');
  assert.deepEqual(rows().map(({ kind }) => kind), ['feed', 'page']);
}));

test('lists of addresses go in and out, and hostile names stay text', () => with_page({}, async (page) => {
  await page.goto(`${vigie.url}/sources`);
  const escaped = HOSTILE.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  await page.locator('#file').setInputFiles({ name: 'liste.opml', mimeType: 'text/x-opml', buffer: Buffer.from(
    `<opml><body><outline type="rss" text="${escaped}" xmlUrl="${origin}/liste" htmlUrl="javascript:window.pwned=1"/></body></opml>`) });
  await page.locator('.lists button').click();
  await accept(page, 'Ajouté');
  assert.equal(await page.locator('.source h3', { hasText: HOSTILE }).count(), 1);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.deepEqual(await page.evaluate(() => [...document.links].filter(({ protocol }) => !/^https?:$/.test(protocol)).length), 0);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.lists a').first().click()]);
  assert.equal(download.suggestedFilename(), 'vigie.opml');
}));

test('an address alone is fetched from the upload page', () => with_page({}, async (page) => {
  await page.goto(`${vigie.url}/add`);
  await page.locator('#url').fill(`${origin}/page`);
  await page.locator('.add > button').click();
  await page.locator('.outcome').waitFor();
  assert.match(await page.locator('.outcome h3').innerText(), /Une page allée chercher/);
  await page.locator('#url').fill(`${origin}/rien`);
  await page.locator('.add > button').click();
  assert.match(await page.locator('.outcome .notice').innerText(), /le site n’a rien à cette adresse/);
}));

for (const theme of ['light', 'dark']) {
  for (const language of ['fr', 'en']) {
    test(`nothing stands in anybody's way, ${language}, ${theme}`, async () => {
      const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
      const page = await context.newPage();
      for (const address of ['/sources', '/sources?starter=1', '/sources?done=added&n=3']) {
        await page.goto(`${vigie.url}${address}${address.includes('?') ? '&' : '?'}lang=${language}&theme=${theme}`);
        await page.evaluate(() => { for (const closed of document.querySelectorAll('details')) closed.open = true; });
        assert.deepEqual(await violations(page), [], address);
      }
      for (const given of [origin, `${origin}/rien`]) {
        await page.locator('#url').fill(given);
        await page.locator('.watch button').click();
        await page.locator('.found').waitFor();
        assert.deepEqual(await violations(page), [], given);
        await page.setViewportSize({ width: 320, height: 640 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= 320, `${wide} pixels wide`);
        await page.setViewportSize({ width: 1280, height: 900 });
      }
      await context.close();
    });
  }
}
