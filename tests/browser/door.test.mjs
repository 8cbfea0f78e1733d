// The password: nothing is seen before it, everything after it, nothing again after leaving.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { violations } from './axe.mjs';
import { browser, invented_page, serve } from './product.mjs';

const PASSWORD = 'la lanterne du vieux môle';

let vigie;
let chromium;
before(async () => { [vigie, chromium] = await Promise.all([serve(undefined, PASSWORD), browser()]); });
after(async () => { await chromium?.close(); await vigie?.stop(); });

test('a reader enters, reads, adds and leaves', async () => {
  const context = await chromium.newContext({ locale: 'fr-FR', bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${vigie.url}/search?q=barrage`);
  assert.equal(new URL(page.url()).pathname, '/login');
  assert.equal(await page.locator('.hit').count(), 0);
  assert.deepEqual(await violations(page), []);
  await page.locator('#password').fill('autre chose');
  await page.keyboard.press('Enter');
  await page.locator('[role=alert]').waitFor();
  assert.deepEqual(await violations(page), []);
  await page.locator('#password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?q=barrage');
  assert.ok(await page.locator('.hit').count() > 0);
  await page.goto(`${vigie.url}/add`);
  await page.locator('#text').fill(invented_page('Une dépêche ajoutée derrière la porte'));
  await page.locator('.add > button').click();
  assert.match(await page.locator('.outcome h3').innerText(), /derrière la porte/);
  await page.locator('.foot form button').click();
  await page.waitForURL('**/login**');
  await page.goto(vigie.url);
  assert.equal(new URL(page.url()).pathname, '/login');
  await context.close();
});
