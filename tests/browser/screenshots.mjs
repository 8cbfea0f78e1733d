// screenshots.mjs: pictures of every page of the demo edition, to be looked at: 
//     node tests/browser/screenshots.mjs [FOLDER [PART-OF-A-NAME]]        VIGIE_URL=… of a server that runs already
// Those of the README: pngquant --quality 60-90, into docs/images.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { browser, serve } from './product.mjs';

const folder = process.argv[2] ?? 'screenshots';
const only = process.argv[3] ?? '';
mkdirSync(folder, { recursive: true });

const WIDE = { width: 1280, height: 860 };
const WIDER = { width: 1440, height: 900 };
const NARROW = { width: 320, height: 680 };
const shots = [
  ['front-fr-light', '/?lang=fr&theme=light', WIDE],
  ['front-fr-light-scroll', '/?lang=fr&theme=light', WIDE, true],
  ['front-en-dark', '/?lang=en&theme=dark', WIDE],
  ['search-empty-fr', '/search?lang=fr&theme=light', WIDE],
  ['search-fr-light', '/search?q=barrage+%C3%A9vacuation&lang=fr&theme=light', WIDE],
  ['search-fr-light-full', '/search?q=barrage&lang=fr&theme=light', WIDE, true],
  ['search-none', '/search?q=zzzz&lang=fr&theme=light', WIDE],
  ['article-fr-light', '/search?q=titre:fissure&lang=fr&theme=light', WIDE, true, 'h2 a'],
  ['article-en-dark', '/search?q=lang:en+valmorane&lang=en&theme=dark', WIDE, false, 'h2 a'],
  ['quotes-fr-light', '/quotes?lang=fr&theme=light', WIDE],
  ['story-fr-light', '/?lang=fr&theme=light', WIDE, true, '.top li:nth-child(2) a'],
  ['sources-fr-light', '/sources?lang=fr&theme=light', WIDE],
  ['sources-starter-en-dark', '/sources?starter=1&lang=en&theme=dark', WIDE, true],
  ['sources-320', '/sources?lang=fr&theme=light', NARROW, true],
  ['add-en-light', '/add?lang=en&theme=light', WIDE],
  ['article-full-en-dark', '/search?q=armorlines&lang=en&theme=dark', WIDE, true, 'h2 a'],
  ['about-fr', '/about?lang=fr&theme=light', WIDE, true],
  ['front-320', '/?lang=fr&theme=light', NARROW],
  ['search-320', '/search?q=barrage&lang=fr&theme=light', NARROW, true],
  ['front-1440-fr', '/?lang=fr&theme=light', WIDER],
  ['search-1440-en-dark', '/search?q=barrage&lang=en&theme=dark', WIDER],
  ['search-narrowed-fr', '/search?q=barrage&date=2026-11-06&source=agence-ponant.example&lang=fr&theme=light', WIDE],
  ['article-1440-fr', '/search?q=titre:fissure&lang=fr&theme=light', WIDER, false, 'h2 a'],
  ['article-editions-en', '/search?q=source:lasentinelle.example+direct&lang=en&theme=light', WIDE, true, 'h2 a'],
  ['quotes-en-dark', '/quotes?q=speaker:Castaing&lang=en&theme=dark', WIDE],
  ['quotes-320', '/quotes?lang=fr&theme=light', NARROW, true],
  ['story-320', '/?lang=fr&theme=light', NARROW, true, '.top li:nth-child(2) a'],
  ['error-fr', '/nulle-part?lang=fr&theme=light', WIDE],
  ['article-320', '/search?q=titre:fissure&lang=fr&theme=light', NARROW, false, 'h2 a'],
];

const vigie = process.env.VIGIE_URL ? { url: process.env.VIGIE_URL, stop() {} }
  : await serve(undefined, '', ['--no-collect']);  // the sources below are shown, not asked
vigie.vigie?.('source', 'import', '--starter');
const chromium = await browser();
for (const [name, address, viewport, fullPage = false, follow = ''] of shots) {
  if (!name.includes(only)) continue;
  const context = await chromium.newContext({ viewport, locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(vigie.url + address);
  if (follow) await page.locator(follow).first().click();
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
  await context.close();
}
await chromium.close();
await vigie.stop();
