// What Streamlit leaves unsaid to screen readers and keyboards: the language in which to pronounce the page,
// that the list of pages is one and which page this is, and a way past it. And what Streamlit says by itself
// in fields and lists, in the language of the page.
(told) => {
  document.documentElement.lang = told.language;
  // Whoever chose another language than their browser's finds it again after a reload.
  const kept = document.cookie.split("; ").find((one) => one.startsWith(`${told.cookie}=`))?.split("=")[1];
  if ((kept ?? told.browser) !== told.language)
    document.cookie = `${told.cookie}=${told.language}; path=/; max-age=31536000; samesite=lax`
      + (location.protocol === "https:" ? "; secure" : "");
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

  // What it says by itself has a name of its own or stands in one of these; nothing of the coordinator's does.
  const NAMED = "[aria-label]:not([role^=graphics], canvas)";
  const BUILT_IN = "button, a, input[type=file], [role=button], [role=group], [role=navigation], [role=spinbutton], [role=toolbar], "
    + "[data-testid=stSelectboxVirtualDropdown]";
  const TEXTS = "[data-testid=stFileUploaderDropzone], [data-testid=InputInstructions], [role=listbox], "
    + "[data-testid=stDownloadButton], [role=tooltip], [data-testid=stTooltipContent], "
    + "[data-testid=stDataFrameColumnMenu], [id^=react-aria-description]";
  const MARKED = /\\([^a-zA-Z0-9\s])|\*\*|:material\/\w+:\s*|:small\[\]/g; // a sign that is meant, bold, an icon, a border
  const DAY = /^(?:[A-Z][a-z]+, )?([A-Z][a-z]+ \d{1,2}, \d{4})$/;
  own.words = told.own;
  own.open = Object.entries(told.own).flatMap(([english, words]) => {
    const [start, end] = english.split("{}");
    return end === undefined ? [] : [{ start, end, words }];
  });
  const day = (text) => {
    const found = DAY.exec(text);
    return found ? new Date(found[1]).toLocaleDateString(told.language, { dateStyle: "long" }) : text;
  };
  const here = (english) => {
    if (Object.hasOwn(own.words, english)) return own.words[english];
    for (const { start, end, words } of own.open)
      if (english.length > start.length + end.length && english.startsWith(start) && english.endsWith(end))
        return words.replace("{}", () => day(english.slice(start.length, english.length - end.length)));
    return day(english);
  };
  const put = (node, now, said, write) => {
    const before = own.said.get(node);
    const english = before?.shown === now ? before.english : now;
    const shown = said(english);
    if (shown !== now) write(shown);
    if (shown !== english) own.said.set(node, { english, shown });
  };
  const translate = () => {
    own.waits = false;
    for (const place of document.querySelectorAll(TEXTS)) {
      const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode;
        put(text, text.nodeValue, here, (words) => { text.nodeValue = words; });
      }
    }
    // An icon stands beside words that say the same.
    for (const icon of document.querySelectorAll("[aria-label$=' icon']")) {
      if (icon.getAttribute("aria-label") !== `${icon.textContent.trim()} icon`) continue; // drawn by its name
      icon.removeAttribute("aria-label");
      icon.removeAttribute("role");
      icon.setAttribute("aria-hidden", "true");
    }
    for (const named of document.querySelectorAll(NAMED)) {
      const bare = (name) => name.replace(MARKED, (_, sign) => sign ?? "");
      const said = named.matches(BUILT_IN) ? (name) => here(bare(name)) : bare;
      put(named, named.getAttribute("aria-label"), said, (name) => named.setAttribute("aria-label", name));
    }
  };
  // What is wider or higher than its place can be scrolled with the keyboard too.
  const reach = () => {
    for (const place of document.querySelectorAll(
      "[data-testid=stTable] div:has(> table), [data-testid=stCode] pre"
    )) {
      const more = place.scrollWidth > place.clientWidth || place.scrollHeight > place.clientHeight;
      if (more && getComputedStyle(place).overflow !== "visible") place.tabIndex = 0;
    }
  };
  own.translate = () => {
    translate();
    reach();
  };
  if (!own.seen) {
    own.seen = new MutationObserver(() => {
      if (!own.waits) {
        own.waits = true;
        requestAnimationFrame(() => own.translate());
      }
    });
    window.addEventListener("resize", () => own.translate());
    own.seen.observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-label"] });
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
  own.translate();
}
