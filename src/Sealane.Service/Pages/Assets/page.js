// Reads the page again when the service says that something has changed. Without it everything works by reloading.
(() => {
  const source = document.body.dataset.events;
  if (!source || !window.EventSource) return;
  const events = new EventSource(source);
  let due = 0;
  const again = async () => {
    due = 0;
    const main = document.getElementById('main');
    // Whoever is filling in a form is not disturbed.
    if (main.contains(document.activeElement) && document.activeElement.matches('input, textarea, select')) return later();
    const reply = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!reply.ok) return;
    const read = new DOMParser().parseFromString(await reply.text(), 'text/html');
    const big = main.querySelector('.big')?.textContent, now = read.querySelector('.big')?.textContent;
    const open = main.querySelector('details')?.open, at = [...main.querySelectorAll('a, button, summary, [tabindex]')].indexOf(document.activeElement);
    main.replaceChildren(...read.getElementById('main').childNodes);
    if (open) main.querySelector('details')?.setAttribute('open', '');
    if (at >= 0) main.querySelectorAll('a, button, summary, [tabindex]')[at]?.focus();
    if (big !== now) document.getElementById('news').textContent = now;
    document.title = read.title;
    if (read.body.dataset.events !== source) events.close();
  };
  const later = () => { due ||= setTimeout(again, 700); };
  for (const kind of ['change', 'step', 'still']) events.addEventListener(kind, later);
  events.addEventListener('end', () => { later(); events.close(); });
})();
