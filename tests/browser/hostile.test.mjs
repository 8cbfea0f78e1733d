// What strangers write, on every road into a page: article fields, feeds, queries, addresses, uploads. Nothing executes,
// nothing is loaded from elsewhere, and the content security policy has nothing to report.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { browser, serve } from './product.mjs';

// Each would set window.pwned, or ask for an address, where it is taken for anything but text.
const CORPUS = [
  '<script>window.pwned=1</script>',
  '"><script>window.pwned=1</script>',
  "'><svg/onload=window.pwned=1>",
  '<img src=x onerror=window.pwned=1>',
  '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
  '</title><script>window.pwned=1</script>',
  '</textarea><script>window.pwned=1</script>',
  '" autofocus onfocus="window.pwned=1',
  "' onmouseover='window.pwned=1",
  '<a href="javascript:window.pwned=1">x</a>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=window.pwned=1&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=window.pwned=1>">',
  '{{page_title}}{{{page_words}}}{{&page_words}}{{>head}}',
  '<!--<img src="--><img src=x onerror=window.pwned=1//">',
  '<style>@import "https://elsewhere.example/x.css";</style>',
  '<link rel=stylesheet href=https://elsewhere.example/x.css>',
  '<meta http-equiv=refresh content="0;url=https://elsewhere.example/">',
  '<base href=https://elsewhere.example/>',
  '<form action=https://elsewhere.example/><button>x</button></form>',
  '\u2028\u2029</script><script>window.pwned=1</script>',
  '&lt;script&gt;window.pwned=1&lt;/script&gt;',
  '&#60;img src=x onerror=window.pwned=1&#62;',
  '%3Cscript%3Ewindow.pwned=1%3C/script%3E',
  ']]><script xmlns="http://www.w3.org/1999/xhtml">window.pwned=1</script>',
];

const rows = CORPUS.map((text, number) => JSON.stringify({
  id: `hostile-${number}`, url: number % 2 ? 'javascript:window.pwned=1' : 'https://hostile.example/"onclick="x',
  source: text, lang: number % 3 ? 'fr' : '"><script>window.pwned=1</script>', published: '2026-11-20T08:00:00+01:00',
  title: `guet ${text}`, lede: text, body: `« ${text} », a déclaré Anne Perrin.\n${text}`, authors: [text, text], tags: [text] }));

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const feed = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title>${CORPUS.map((text, number) =>
  `<item><guid>f${number}</guid><link>https://feed.example/${number}</link><title>guet ${escaped(text)}</title>`
  + `<description>${escaped(text)} et une phrase assez longue pour que le lecteur la garde.</description></item>`).join('')}</channel></rss>`;

let vigie;
let chromium;
let context;
let page;
const reports = [];
before(async () => {
  [vigie, chromium] = await Promise.all([serve([]), browser()]);
  vigie.vigie('ingest', vigie.file('hostile.jsonl', `${rows.join('\n')}\n`), vigie.file('hostile.xml', feed));
  context = await chromium.newContext({ locale: 'fr-FR' });
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => { console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`); });
  });
  page = await context.newPage();
  page.on('console', (message) => { if (/CSP|Content Security/.test(message.text())) reports.push(message.text()); });
  page.on('dialog', (dialog) => { reports.push('a dialog'); dialog.dismiss(); });
  page.on('request', (request) => { if (!request.url().startsWith(vigie.url)) reports.push(`asked ${request.url()}`); });
});
after(async () => { await chromium?.close(); await vigie?.stop(); });

async function harmless(address) {
  await page.goto(vigie.url + address);
  const found = await page.evaluate(() => ({
    pwned: window.pwned,
    scripts: document.scripts.length,
    handlers: [...document.querySelectorAll('*')].flatMap((node) => [...node.attributes].map(({ name }) => name))
      .filter((name) => name.startsWith('on')),
    links: [...document.links].map(({ protocol }) => protocol).filter((protocol) => !/^https?:$/.test(protocol)),
    foreign: document.querySelectorAll('img, iframe, object, embed, base, style, main form[action^="http"]').length,
  }));
  assert.deepEqual(found, { pwned: undefined, scripts: 1, handlers: [], links: [], foreign: 0 }, address);
}

test('articles and feeds whose every field is hostile', async () => {
  for (const address of ['/', '/?page=2', '/search?q=guet', '/search?q=guet&sort=date&page=2', '/quotes', '/about']) await harmless(address);
  for (let number = 0; number < CORPUS.length; ++number) await harmless(`/article/hostile-${number}`);
});

test('hostile words in every parameter of every page', async () => {
  for (const text of CORPUS) {
    const given = encodeURIComponent(text);
    await harmless(`/search?q=${given}&source=${given}&language=${given}&person=${given}&date=${given}&from=${given}`);
    await harmless(`/quotes?q=${given}&lang=${given}&theme=${given}&page=${given}`);
  }
});

test('hostile addresses', async () => {
  for (const text of CORPUS) await harmless(`/nope/${encodeURIComponent(text)}?x=${encodeURIComponent(text)}`);
});

test('hostile uploads', async () => {
  for (const text of [CORPUS[0], CORPUS[3], CORPUS[6], CORPUS[10]]) {
    await page.goto(`${vigie.url}/add`);
    await page.locator('#text').fill(`<html><title>${text}</title><h1>guet ${text}</h1><p>${text} Une phrase.</p></html>`);
    await page.locator('#file').setInputFiles({ name: `${text.replaceAll('/', '')}.html`, mimeType: 'text/html', buffer: Buffer.from(`<p>${text}`) });
    await page.locator('.add > button').click();
    await page.locator('.outcome').first().waitFor();
    assert.equal(await page.evaluate(() => window.pwned), undefined);
  }
});

test('suggestions made of hostile names', async () => {
  await page.goto(vigie.url);
  await page.locator('#q').pressSequentially('script');
  await page.locator('#suggestions [role=option]').first().waitFor({ state: 'visible' });
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.equal(await page.locator('#suggestions script, #suggestions img').count(), 0);
});

test('feeds are text to a browser', async () => {
  for (const address of ['/rss', '/search.rss?q=guet', '/search.rss?q=%3Cscript%3Ewindow.pwned=1%3C/script%3E', '/api/v1/search?q=%3Cscript%3E',
    '/api/v1/articles/hostile-0', '/api/v1/suggest?q=%3Cscript%3E']) {
    const response = await page.request.get(vigie.url + address);
    assert.doesNotMatch(response.headers()['content-type'], /html/, address);
    assert.equal(response.headers()['x-content-type-options'], 'nosniff', address);
    assert.match(response.headers()['content-security-policy'], /default-src 'none'/, address);
  }
});

test('the content security policy had nothing to report, and nothing was asked of other hosts', () => {
  assert.deepEqual(reports, []);
});
