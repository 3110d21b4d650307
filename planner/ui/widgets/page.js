// What Streamlit leaves unsaid to screen readers and keyboards: the language in which to pronounce the page,
// that the list of pages is one and which page this is, and a way past it. And what Streamlit says by itself
// in fields and lists, in the language of the page.
(told) => {
  document.documentElement.lang = told.language;
  // One for all runs of the page; `said` holds per node what Streamlit said and what stands there instead.
  const own = (window.hechtOwn ??= { said: new WeakMap(), words: {}, waits: false, wanted: null });
  const pages = document.querySelector(".st-key-pages");
  pages?.setAttribute("role", "navigation");
  pages?.setAttribute("aria-label", told.pages);
  const mark = () => {
    const links = pages?.querySelectorAll("a");
    if (!links?.length) return pages?.isConnected && setTimeout(mark, 100); // they come a moment later
    links.forEach((link, at) => {
      if (at === told.here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
    arrive(links);
  };
  // A click on a page that meets a look at a run on its way to the server can get lost there: the look still
  // names the page of before. Whoever is on that one when it is drawn goes where they wanted once more.
  const arrive = (links) => {
    const wanted = own.wanted;
    if (!wanted) return;
    if (wanted.at === told.here || wanted.tries > 2 || performance.now() - wanted.since > 10_000) own.wanted = null;
    else {
      wanted.tries += 1;
      links[wanted.at]?.click();
    }
  };
  if (pages) pages.onclick = (event) => {
    const at = [...pages.querySelectorAll("a")].indexOf(event.target.closest("a"));
    if (!event.isTrusted || at < 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (at === told.here && !own.wanted) return; // they are there already, and may go on from here
    own.wanted = { at, since: performance.now(), tries: 0 };
  };
  mark();
  const skip = document.querySelector("[data-testid=stSkipToContent]");
  if (skip) {
    skip.textContent = told.skip;
    skip.onclick = (event) => {
      event.preventDefault();
      event.stopPropagation();
      document.getElementById("content")?.focus();
    };
  }

  const BUTTONS = "[data-testid=stMain] :is(button, [role=button])[aria-label]";
  const TEXTS = "[data-testid=stFileUploaderDropzone], [data-testid=InputInstructions], [role=listbox], "
    + "[data-testid=stDownloadButton]";
  const BORDER = ":small[]"; // keeps an address in a name from becoming a link: nothing to say aloud
  own.words = told.own;
  const here = (english) => {
    if (Object.hasOwn(own.words, english)) return own.words[english];
    for (const [start, end] of [["Remove ", ""], ["Help for ", ""], ["", " per file"]]) {
      const known = own.words[`${start}{}${end}`];
      if (known && english.startsWith(start) && english.endsWith(end))
        return known.replace("{}", () => english.slice(start.length, english.length - end.length));
    }
    return english;
  };
  const put = (node, now, write) => {
    const before = own.said.get(node);
    const english = before?.shown === now ? before.english : now;
    const shown = here(english);
    if (shown !== now) write(shown);
    if (shown !== english) own.said.set(node, { english, shown });
  };
  const translate = () => {
    own.waits = false;
    for (const place of document.querySelectorAll(TEXTS)) {
      const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode;
        put(text, text.nodeValue, (words) => { text.nodeValue = words; });
      }
    }
    for (const named of document.querySelectorAll(`[aria-label*="${BORDER}"]`))
      named.setAttribute("aria-label", named.getAttribute("aria-label").replaceAll(BORDER, ""));
    for (const button of document.querySelectorAll(BUTTONS))
      put(button, button.getAttribute("aria-label"), (words) => button.setAttribute("aria-label", words));
  };
  own.translate = translate;
  if (!own.seen) {
    own.seen = new MutationObserver(() => {
      if (!own.waits) {
        own.waits = true;
        requestAnimationFrame(() => own.translate());
      }
    });
    own.seen.observe(document.body, { childList: true, subtree: true });
    // What opens at a press stands at the end of the page: whoever pressed with the keyboard goes there, and back.
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.("[data-testid=stPopover] button");
      if (!button || event.detail) return; // with a mouse
      const enter = (tries) => {
        const inside = document.querySelector(
          "[data-testid=stPopoverBody] :is(a[href], button, input, textarea):not(:disabled)"
        );
        if (!inside) return tries && requestAnimationFrame(() => enter(tries - 1));
        inside.focus();
        inside.closest("[data-testid=stPopoverBody]").addEventListener("keydown", (key) => {
          if (key.key === "Escape") requestAnimationFrame(() => button.focus());
        });
      };
      requestAnimationFrame(() => enter(60));
    });
  }
  translate();
}
