// vigie.js: what the pages gain from a script; without it they lack nothing but this: keys, the button that says how
// many dispatches arrived since the page was made, narrowing by dragging over the histogram, and suggestions.
const $ = (selector) => document.querySelector(selector);

// ---- keys: / j k o v m s g ? ----

const items = [...document.querySelectorAll('[data-item]')];
let chosen = -1;

function choose(step) {
  if (items.length === 0) return;
  chosen = Math.min(Math.max(chosen + step, 0), items.length - 1);
  items[chosen].querySelector('h2 a, h3 a').focus();
  items[chosen].scrollIntoView({ block: 'nearest' });
}

const keys = {
  '/': () => { const box = $('#q'); box.focus(); box.select(); },
  j: () => choose(1),
  k: () => choose(-1),
  o: () => document.activeElement?.closest('[data-item]')?.querySelector('h2 a, h3 a')?.click(),
  v: () => $('a[data-original]')?.click(),
  m: () => $('.pager a[rel="next"]')?.click(),
  s: () => location.assign('/sources'),
  g: () => location.assign('/'),
  '?': () => location.assign('/about#keys'),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
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

// ---- news that arrive while the page is open wait behind a button: nothing moves under the reader ----

const news = $('#news');
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
  const listen = () => {
    const events = new EventSource(`/events?after=${news.dataset.after}`);
    events.addEventListener('news', (event) => {
      for (const article of JSON.parse(event.data).articles) arrived.add(article.id);
      show();
    });
    events.addEventListener('reset', () => { arrived.add(''); show(); });
    addEventListener('pagehide', () => events.close(), { once: true });
  };
  listen();
  addEventListener('pageshow', (event) => { if (event.persisted) listen(); });  // the back button kept the page
}

// ---- histogram: dragging from one bar to another narrows to what lies between ----

function brush(svg) {
  const bars = [...svg.querySelectorAll('a')];
  let first = null;
  let last = null;
  const bar_at = (event) => {
    const box = svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
    const left = (bar) => Number(bar.querySelector('.slot').getAttribute('x'));
    return Math.max(bars.findLastIndex((bar) => left(bar) <= x), 0);
  };
  const mark = () => {
    const [low, high] = [Math.min(first, last), Math.max(first, last)];
    svg.classList.toggle('brushing', first !== last);
    for (const [place, bar] of bars.entries()) {
      bar.querySelector('.bar').classList.toggle('in', first !== last && place >= low && place <= high);
    }
  };
  svg.addEventListener('dragstart', (event) => event.preventDefault());
  svg.addEventListener('pointerdown', (event) => {
    if (event.button === 0) first = last = bar_at(event);
  });
  addEventListener('pointermove', (event) => {
    if (first === null) return;
    last = bar_at(event);
    mark();
  });
  addEventListener('pointercancel', () => { first = last = null; });
  addEventListener('pointerup', () => {
    const [from, to] = [Math.min(first, last), Math.max(first, last)];
    const moved = first !== null && from !== to;
    first = last = null;
    if (!moved) return;
    const address = new URL(location.href);
    for (const name of ['page', 'from', 'to', 'lang', 'theme']) address.searchParams.delete(name);
    address.searchParams.set('date', `${bars[from].dataset.period}/${bars[to].dataset.period}`);
    location.assign(address);
  });
}
const histogram = $('[data-histogram]');
if (histogram) brush(histogram);

// ---- suggestions for the word being typed, as a list box (WAI-ARIA combobox) ----

function suggest(box) {
  const list = document.createElement('ul');
  list.id = 'suggestions';
  list.className = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', box.labels[0].textContent);
  list.hidden = true;
  box.after(list);
  const set = (name, value) => box.setAttribute(name, value);
  set('role', 'combobox');
  set('aria-autocomplete', 'list');
  set('aria-controls', list.id);
  set('aria-expanded', 'false');

  let active = -1;
  let waiting = 0;
  let asked = null;
  const close = () => {
    list.hidden = true;
    active = -1;
    set('aria-expanded', 'false');
    box.removeAttribute('aria-activedescendant');
  };
  const move = (to) => {
    active = (to + list.children.length) % list.children.length;
    for (const [place, option] of [...list.children].entries()) option.setAttribute('aria-selected', place === active);
    set('aria-activedescendant', list.children[active].id);
  };
  const take = (option) => {
    if (option.dataset.article) {
      location.assign(`/article/${encodeURIComponent(option.dataset.article)}`);
      return;
    }
    box.value = option.dataset.query;
    close();
    box.form.requestSubmit();
  };
  const show = (suggestions) => {
    list.replaceChildren(...suggestions.map(({ text, query, kind, id }, place) => {
      const option = document.createElement('li');
      option.id = `suggestion-${place}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      option.dataset.query = query;
      option.dataset.kind = kind;
      if (id) option.dataset.article = id;
      option.textContent = text;
      option.addEventListener('pointerdown', (event) => { event.preventDefault(); take(option); });
      return option;
    }));
    if (suggestions.length === 0 || document.activeElement !== box) return close();
    active = -1;
    list.hidden = false;
    set('aria-expanded', 'true');
  };
  box.addEventListener('input', () => {
    clearTimeout(waiting);
    asked?.abort();
    if (box.value.trim().length < 2) return close();
    waiting = setTimeout(async () => {
      asked = new AbortController();
      const address = `/api/v1/suggest?q=${encodeURIComponent(box.value)}`;
      const answer = await fetch(address, { signal: asked.signal }).catch(() => null);
      if (answer?.ok) show((await answer.json()).suggestions);
    }, 120);
  });
  box.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    if (event.key === 'ArrowDown') move(active + 1);
    else if (event.key === 'ArrowUp') move(active < 0 ? list.children.length - 1 : active - 1);
    else if (event.key === 'Enter' && active >= 0) take(list.children[active]);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
  box.addEventListener('blur', close);
}
if ($('#q')) suggest($('#q'));
