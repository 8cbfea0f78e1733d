// vigie.js: what the pages gain from a script; without it they lack nothing but this. Keys: / j k o v g ?, and the
// button that says how many dispatches arrived since the page was made.
const items = [...document.querySelectorAll('[data-item]')];
let chosen = -1;

function choose(step) {
  if (items.length === 0) return;
  chosen = Math.min(Math.max(chosen + step, 0), items.length - 1);
  const link = items[chosen].querySelector('h2 a, h3 a');
  link.focus();
  items[chosen].scrollIntoView({ block: 'nearest' });
}

const keys = {
  '/': () => { const box = document.getElementById('q'); box.focus(); box.select(); },
  j: () => choose(1),
  k: () => choose(-1),
  o: () => document.activeElement?.closest('[data-item]')?.querySelector('h2 a, h3 a')?.click(),
  v: () => document.querySelector('a[data-original]')?.click(),
  g: () => location.assign('/'),
  '?': () => location.assign('/about#keys'),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest('input, textarea, select, [contenteditable]')) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

for (const [place, item] of items.entries()) item.addEventListener('focusin', () => { chosen = place; });

const news = document.getElementById('news');
if (news) {
  const arrived = new Set();
  const show = () => {
    const count = arrived.size;
    if (count === 0) return;
    const number = count.toLocaleString(document.documentElement.lang);
    news.textContent = `${number}\u00a0${count > 1 ? news.dataset.many : news.dataset.one}`;
    news.hidden = false;
    document.title = `(${number}) ${document.title.replace(/^\(.*?\) /, '')}`;
  };
  const events = new EventSource(`/events?after=${news.dataset.after}`);
  events.addEventListener('news', (event) => {
    for (const article of JSON.parse(event.data).articles) arrived.add(article.id);
    show();
  });
  events.addEventListener('reset', () => { arrived.add(''); show(); });
  addEventListener('pagehide', () => events.close());
}
