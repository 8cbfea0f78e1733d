// axe-core on every page, in both languages and themes, with the tags wcag2a to wcag22aa: no violation.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { violations } from './axe.mjs';
import { browser, serve } from './product.mjs';

let vigie;
let chromium;
before(async () => { [vigie, chromium] = await Promise.all([serve(), browser()]); });
after(async () => { await chromium?.close(); await vigie?.stop(); });

// The stories' addresses are theirs to know: the first that the front page names, if any.
async function addresses() {
  const front = await (await fetch(vigie.url)).text();
  const story = front.match(/href="(\/story\/[^"]+)"/)?.[1];
  const rows = vigie.vigie('latest', '--json', '--limit', '80').trim().split('\n').map((line) => JSON.parse(line));
  const in_language = (language) => rows.find((row) => row.language === language)?.id;
  return ['/', '/?page=2', '/search', '/search?q=barrage', '/search?q=zzzzz', '/search?q=barrage*+NEAR',
    '/search?q=barrage&source=radiogalene.example&date=2026-11', '/quotes', '/quotes?q=zzzz', '/sources', '/add', '/about', '/nope',
    ...['fr', 'en', 'ar'].map((language) => `/article/${in_language(language)}`), ...(story ? [story] : [])];
}

for (const theme of ['light', 'dark']) {
  for (const language of ['fr', 'en']) {
    test(`every page, ${language}, ${theme}`, async () => {
      const context = await chromium.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: true });
      const page = await context.newPage();
      for (const address of await addresses()) {
        const separator = address.includes('?') ? '&' : '?';
        await page.goto(`${vigie.url}${address}${separator}lang=${language}&theme=${theme}`);
        await page.evaluate(() => { for (const closed of document.querySelectorAll('details')) closed.open = true; });
        assert.deepEqual(await violations(page), [], address);
      }
      await context.close();
    });
  }
}

test('narrow pages, open suggestions, what was understood of an upload', async () => {
  const context = await chromium.newContext({ viewport: { width: 320, height: 640 }, bypassCSP: true });
  const page = await context.newPage();
  for (const address of ['/', '/search?q=barrage', '/add', '/about']) {
    await page.goto(vigie.url + address);
    assert.deepEqual(await violations(page), [], address);
  }
  await page.goto(vigie.url);
  await page.locator('#q').pressSequentially('barr');
  await page.locator('#suggestions [role=option]').first().waitFor({ state: 'visible' });
  await page.keyboard.press('ArrowDown');
  assert.deepEqual(await violations(page), [], 'suggestions');
  await page.goto(`${vigie.url}/add`);
  await page.locator('#text').fill('Un titre pour un texte collé\n\nLe texte est assez long pour que quelque chose en soit retenu.');
  await page.locator('.add > button').click();
  await page.locator('.outcome').waitFor();
  assert.deepEqual(await violations(page), [], 'upload');
  await context.close();
});
