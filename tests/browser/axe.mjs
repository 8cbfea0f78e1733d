// axe.mjs: what axe-core finds wrong with a page under the tags wcag2a to wcag22aa. The page's context must bypass its
// content security policy, which would keep axe out as it keeps everybody out.
import { packages } from './product.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const axe = packages('axe-core').source;

export async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate((tags) => window.axe.run({ runOnly: { type: 'tag', values: tags } }), TAGS);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(' | ')}`);
}
