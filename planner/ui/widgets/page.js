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
  // What somebody did to a part that is drawn here, in a field that nobody sees.
  own.write ??= (key, said) => {
    const field = document.querySelector(`.st-key-${key} input`);
    if (!field) return;
    const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    write.call(field, JSON.stringify({ ...said, when: Date.now() })); // the same once more is said once more
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
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
  };
  own.here = told.here;
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
    // A click on a page that meets a look at a run on its way to the server can get lost there: the look still
    // names the page of before. Whoever is still on that one when all is at rest goes where they wanted once more.
    const CALM = 4; // looks in a row at which nothing is worked on
    const PAGE_LINK = "a[data-testid=stPageLink-NavLink]";
    const arrive = () => {
      const { wanted } = own;
      const state = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState;
      wanted.calm = state === "notRunning" ? wanted.calm + 1 : 0;
      if (wanted.calm === CALM) {
        const links = wanted.from === own.here && wanted.tries < 3 ? [...document.querySelectorAll(PAGE_LINK)] : [];
        const again = links.find((link) => link.getAttribute("href") === wanted.href);
        if (!again) {
          own.wanted = null;
          return;
        }
        Object.assign(wanted, { calm: 0, tries: wanted.tries + 1 });
        again.click();
      }
      wanted.look = setTimeout(arrive, 200);
    };
    own.go = (href) => {
      own.wanted = { href, from: own.here, tries: 0, calm: 0 };
      arrive();
    };
    document.addEventListener("click", (event) => {
      if (!event.isTrusted) return;
      clearTimeout(own.wanted?.look); // whoever goes on where they are wants no other page any more
      own.wanted = null;
      const href = event.target.closest?.(PAGE_LINK)?.getAttribute("href");
      const path = (address) => address?.split("?")[0];
      const here = document.querySelector(".st-key-pages a[aria-current]")?.getAttribute("href");
      if (href && path(href) !== path(here) && !event.ctrlKey && !event.metaKey && !event.shiftKey) own.go(href);
    }, true);
    // A list of which several can be chosen closes at each choice: it lay over what came of it. Who types goes on.
    const LIST = "[data-testid=stMultiSelectDropdown]";
    const open = () => document.querySelector("[data-testid=stMultiSelect] [role=combobox][aria-expanded=true]");
    const close = () => {
      const [input, field] = [open(), open()?.closest("[data-testid=stMultiSelect]")];
      const chosen = () => field.querySelectorAll("[data-tag]").length;
      const before = field && chosen();
      const look = (tries) => {
        if (chosen() > before && open() === input)
          input.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
        own.closes = tries && setTimeout(look, 50, tries - 1); // it may open once more as the choice is drawn
      };
      if (field) look(12);
    };
    document.addEventListener("pointerdown", ({ target }) => {
      clearTimeout(own.closes);
      if (target.closest?.(LIST)) close();
    }, true);
    document.addEventListener("keydown", ({ key, isTrusted, target }) => {
      if (!isTrusted) return;
      clearTimeout(own.closes);
      if (key === "Enter" && target === open()) close();
    }, true);
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
