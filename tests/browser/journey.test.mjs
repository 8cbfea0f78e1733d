// What people do with the pages: look, search, narrow, read, go back, wait for news, add, with and without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { browser, invented_page, serve } from './product.mjs';

let vigie;
let chromium;
before(async () => { [vigie, chromium] = await Promise.all([serve(), browser()]); });
after(async () => { await chromium?.close(); await vigie?.stop(); });

// A test with a page of its own; anything the page logs as an error fails it.
function journey(name, options, steps) {
  test(name, async () => {
    const context = await chromium.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 800 }, ...options });
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
  });
}

const at = (page) => new URL(page.url());

journey('a first visit shows the latest news in French', {}, async (page) => {
  const response = await page.goto(vigie.url);
  assert.equal(response.status(), 200);
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
  assert.equal(await page.locator('h1').innerText(), 'Dernières infos');
  assert.ok(await page.locator('.dispatch').count() >= 20);
  assert.match(await page.locator('.day h2').first().innerText(), /^(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s\d+(er)?\s[a-zéû]+\s\d{4}$/i);
});

journey('searching needs nothing but the keyboard', {}, async (page) => {
  await page.goto(vigie.url);
  await page.keyboard.press('/');
  await page.keyboard.type('barrage');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?**');
  assert.equal(at(page).searchParams.get('q'), 'barrage');
  assert.ok(await page.locator('.hit mark').count() > 0);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const second = page.locator('.hit').nth(1).locator('h2 a');
  assert.ok(await second.evaluate((link) => link === document.activeElement));
  const title = await second.innerText();
  await page.keyboard.press('o');
  await page.waitForURL('**/article/**');
  assert.equal(await page.locator('h1').innerText(), title);
});

journey('the histogram narrows by a bar, and by dragging over several', {}, async (page) => {
  await page.goto(`${vigie.url}/search?q=barrage`);
  const total = async () => Number((await page.locator('.total strong').innerText()).match(/\d+/)[0]);
  const all = await total();
  const bars = page.locator('.histogram a');
  assert.ok(await bars.count() > 2);
  await bars.first().locator('.slot').click();
  await page.waitForURL('**date=**');
  assert.ok(await total() < all);
  assert.equal(await page.locator('.understood .chips a').count(), 1);
  await page.goBack();
  const first = await bars.nth(0).locator('.slot').boundingBox();
  const last = await bars.nth(2).locator('.slot').boundingBox();
  await page.mouse.move(first.x + first.width / 2, first.y + 20);
  await page.mouse.down();
  await page.mouse.move(last.x + last.width / 2, last.y + 20, { steps: 5 });
  assert.equal(await page.locator('.histogram .bar.in').count(), 3);
  await page.mouse.up();
  await page.waitForURL('**date=**');
  assert.match(at(page).searchParams.get('date'), /^\d{4}-\d\d-\d\d\/\d{4}-\d\d-\d\d$/);
  assert.ok(await total() < all);
});

journey('facets narrow, chips widen, the address is the whole state', {}, async (page) => {
  await page.goto(`${vigie.url}/search?q=barrage`);
  const before = await page.locator('.total strong').innerText();
  await page.locator('#narrow .facet a', { hasText: 'radiogalene.example' }).first().click();
  await page.waitForURL('**source=radiogalene.example**');
  const narrowed = await page.locator('.total strong').innerText();
  assert.notEqual(narrowed, before);
  await page.reload();
  assert.equal(await page.locator('.total strong').innerText(), narrowed);
  await page.locator('.understood .chips a').click();
  await page.waitForURL((url) => !url.searchParams.has('source'));
  assert.equal(await page.locator('.total strong').innerText(), before);
});

journey('reading and coming back finds the place again', {}, async (page) => {
  await page.goto(`${vigie.url}/search?q=barrage`);
  const link = page.locator('.hit h2 a').nth(8);
  await link.scrollIntoViewIfNeeded();
  const place = await page.evaluate(() => scrollY);
  assert.ok(place > 100);
  await link.click();
  await page.waitForURL('**/article/**');
  assert.ok((await page.locator('.prose').innerText()).length > 200);
  assert.match(await page.locator('a[data-original]').getAttribute('rel'), /noopener/);
  await page.goBack();
  await page.waitForURL('**/search?**');
  await page.waitForFunction((wanted) => Math.abs(scrollY - wanted) < 50, place);
});

journey('news that arrive while reading wait behind a button and move nothing', {}, async (page) => {
  await page.goto(vigie.url);
  await page.evaluate(() => {
    window.shift = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; })
      .observe({ type: 'layout-shift', buffered: true });
    scrollTo(0, 400);
  });
  await page.waitForTimeout(300);
  const headline = page.locator('.dispatch h3').nth(6);
  const was = await headline.boundingBox();
  vigie.vigie('ingest', vigie.file('arrivee.html', invented_page('Une péniche bloque le canal de Tournebroche')));
  const button = page.locator('#news');
  await button.waitFor({ state: 'visible', timeout: 60000 });
  assert.match(await button.innerText(), /^1\u00a0nouvelle dépêche$/);
  assert.match(await page.title(), /^\(1\) /);
  assert.deepEqual(await headline.boundingBox(), was);
  assert.ok(await page.evaluate(() => window.shift) < 0.001);
  await button.click();
  await page.waitForLoadState();
  assert.equal(await page.locator('.dispatch h3', { hasText: 'Tournebroche' }).count(), 1);
});

journey('suggestions complete what is typed, and the arrows choose', {}, async (page) => {
  await page.goto(vigie.url);
  await page.locator('#q').pressSequentially('barr');
  const options = page.locator('#suggestions [role=option]');
  await options.first().waitFor({ state: 'visible' });
  assert.equal(await page.locator('#q').getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('ArrowDown');
  const chosen = options.first();
  assert.equal(await chosen.getAttribute('aria-selected'), 'true');
  assert.equal(await page.locator('#q').getAttribute('aria-activedescendant'), await chosen.getAttribute('id'));
  const query = await chosen.getAttribute('data-query');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?**');
  assert.equal(at(page).searchParams.get('q'), query);
  assert.ok(await page.locator('.hit').count() > 0);
});

journey('text pasted in is kept, and shown with where each part came from', {}, async (page) => {
  await page.goto(`${vigie.url}/add`);
  await page.locator('#text').fill(invented_page('Le phare de Bréhaut rallumé après trois ans'));
  await page.locator('#url').fill('https://gazette-brehaut.example/phare');
  await page.locator('.add > button').click();
  await page.locator('.outcome').waitFor();
  assert.match(await page.locator('.outcome .tongue').innerText(), /nouveau/);
  const rows = page.locator('.understood-fields tbody tr');
  assert.match(await rows.nth(0).innerText(), /Titre\s+Le phare de Bréhaut rallumé après trois ans/);
  assert.ok((await rows.nth(0).locator('td').nth(1).innerText()).length > 3);
  assert.match(await page.locator('.understood-fields').innerText(), /gazette-brehaut\.example/);
  await page.locator('.outcome h3 a').click();
  assert.equal(await page.locator('h1').innerText(), 'Le phare de Bréhaut rallumé après trois ans');
});

journey('a file dropped on the form is kept', {}, async (page) => {
  await page.goto(`${vigie.url}/add`);
  await page.locator('#file').setInputFiles([
    { name: 'une.html', mimeType: 'text/html', buffer: Buffer.from(invented_page('Première page déposée au guichet')) },
    { name: 'deux.jsonl', mimeType: 'application/json',
      buffer: Buffer.from('{"id":"depot-1","title":"Deuxième dépôt au guichet","body":"Un corps de texte."}\n{"rien":1}\n') }]);
  await page.locator('.add > button').click();
  await page.locator('.outcome').first().waitFor();
  assert.equal(await page.locator('.outcome').count(), 3);
  assert.equal(await page.locator('.outcome .notice').count(), 1);  // the second line holds nothing to keep
});

journey('language and theme are switched and remembered', {}, async (page) => {
  await page.goto(vigie.url);
  await page.locator('.switches a[hreflang=en]').click();
  assert.equal(await page.locator('h1').innerText(), 'Latest news');
  await page.locator('.switches a', { hasText: 'dark' }).click();
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await paper();
  await page.goto(`${vigie.url}/about`);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.equal(await paper(), dark);
  await page.locator('.switches a', { hasText: 'light' }).click();
  assert.notEqual(await paper(), dark);
});

journey('without JavaScript nothing is missing but comfort', { javaScriptEnabled: false }, async (page) => {
  await page.goto(vigie.url);
  await page.locator('#q').fill('barrage');
  await page.locator('.find button').click();
  assert.ok(await page.locator('.hit').count() > 3);
  await page.locator('.narrow summary').first().click();
  await page.locator('.narrow details .facet a').last().click();
  await page.waitForURL('**date=**');
  await page.locator('.hit h2 a').first().click();
  assert.ok((await page.locator('.prose').innerText()).length > 100);
  await page.goto(`${vigie.url}/search?q=barrage&from=2026-11-05&to=2026-11-06`);
  assert.ok(await page.locator('.hit').count() > 1);
  await page.goto(`${vigie.url}/add`);
  await page.locator('#text').fill(invented_page('Ajout sans script au bord de la Vergne'));
  await page.locator('.add > button').click();
  assert.match(await page.locator('.outcome h3').innerText(), /bord de la Vergne/);
  await page.goto(`${vigie.url}/?page=2`);
  assert.ok(await page.locator('.dispatch').count() > 5);
});

journey('at 320 pixels nothing is cut and nothing scrolls sideways', { viewport: { width: 320, height: 640 } }, async (page) => {
  const article = `/article/${JSON.parse(vigie.vigie('latest', '--json', '--limit', '1').split('\n')[0]).id}`;
  for (const address of ['/', '/search', '/search?q=barrage', '/quotes', '/sources', '/add', '/about', article]) {
    for (const language of ['fr', 'en']) {
      const separator = address.includes('?') ? '&' : '?';
      await page.goto(`${vigie.url}${address}${separator}lang=${language}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 320, `${address} in ${language} is ${wide} pixels wide`);
    }
  }
});

journey('pages of results stay where they were while news arrives', {}, async (page) => {
  const words = (n) => Array.from({ length: 24 }, (_, k) => (n * 7919 + k * 104729 + n * k * 31).toString(36)).join(' ');
  const rows = (from, count, day) => Array.from({ length: count }, (_, i) => JSON.stringify({
    id: `maree-${from + i}`, url: `https://fil.example/maree/${from + i}`, source: 'fil.example', lang: 'fr',
    published: `2026-10-${day}T${String(i % 24).padStart(2, '0')}:${String(10 + from % 40).padStart(2, '0')}:00+01:00`,
    title: `Zostère numéro ${from + i}`, body: `La zostère. ${words(from + i)}.` }))
    .join('\n');
  vigie.vigie('ingest', vigie.file('zostere.jsonl', rows(0, 45, '05')));
  const titles = () => page.locator('.hit h2').allInnerTexts();
  for (const sort of ['', '&sort=date']) {
    await page.goto(`${vigie.url}/search?q=zost%C3%A8re+titre:num%C3%A9ro${sort}`);
    const first = await titles();
    assert.equal(first.length, 20);
    vigie.vigie('ingest', vigie.file('more.jsonl', rows(sort ? 200 : 100, 15, '28')));
    await page.locator('.pager a[rel="next"]').click();
    await page.waitForURL('**page=2**');
    const second = await titles();
    await page.locator('.pager a[rel="next"]').click();
    await page.waitForURL('**page=3**');
    const all = [...first, ...second, ...await titles()];
    const before = sort ? 60 : 45;
    assert.equal(new Set(all).size, all.length, 'none twice');
    assert.equal(all.length, Math.min(before, 60), 'none missing');
    await page.goBack();
    assert.deepEqual(await titles(), second);
  }
});
