// Where the keyboard is after an action: what had the focus may be gone, or may not be pressed again, and a
// browser then goes back to the top of everything. Here it goes to what took its place, or else to what is near.
() => {
  const own = (window.hechtFocus ??= { last: null, seen: null });
  if (own.seen) return;
  const ABLE = "a[href], button, summary, input, textarea, [tabindex='0'], [role=combobox], [role=spinbutton]";
  const able = (one) => one && !one.disabled && one.checkVisibility() && !one.closest("[inert], [aria-hidden=true]");
  const keyOf = (one) => [...one.classList].find((name) => name.startsWith("st-key-"));
  const within = (place) => [...place.querySelectorAll(ABLE)].filter(able);

  // What to look for later: the same part by its key, then every part around it, and which one in it this was.
  const remember = (one) => {
    const main = one.closest("[data-testid=stMain]");
    const all = main ? within(main) : [];
    const around = [];
    for (let part = one.parentElement; part && part !== main && part !== document.body; part = part.parentElement)
      around.push({ part, place: all.filter((each) => part.contains(each)).indexOf(one) });
    const keyed = around.find(({ part }) => keyOf(part));
    own.last = { one, around, key: keyed && keyOf(keyed.part), place: keyed?.place };
  };
  const next = ({ one, around, key, place }) => {
    if (one.isConnected && able(one)) return one;
    const same = key && document.querySelector(`.${CSS.escape(key)}`);
    const again = same ? within(same) : [];
    if (again.length) return again[Math.min(Math.max(place, 0), again.length - 1)];
    for (const { part, place } of around) {
      if (!part.isConnected || part.matches("[data-testid=stMainBlockContainer]")) continue;
      const now = within(part);
      // Not to be pressed any more, it is still in its place: what comes after it.
      const after = now.find((each) => one.isConnected
        && one.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (after ?? now[place]) return after ?? now[place];
    }
    return document.getElementById("content");
  };
  const mend = () => {
    own.waits = false;
    const idle = document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]");
    if (!own.last || !idle || document.activeElement !== document.body) return;
    next(own.last)?.focus({ preventScroll: own.pointed });
  };

  document.addEventListener("focusin", ({ target }) => {
    if (target !== document.body) remember(target);
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    // Left on purpose, by a click beside everything, or taken away? That is known once it is gone.
    if (!relatedTarget) setTimeout(() => {
      if (own.last?.one === target && target.isConnected && able(target) && document.hasFocus()) own.last = null;
    });
  });
  document.addEventListener("pointerdown", () => { own.pointed = true; }, true);
  document.addEventListener("keydown", () => { own.pointed = false; }, true);
  own.seen = new MutationObserver(() => {
    if (own.waits) return;
    own.waits = true;
    requestAnimationFrame(() => requestAnimationFrame(mend)); // what takes its place is drawn by then
  });
  own.seen.observe(document.body, {
    childList: true, subtree: true, attributeFilter: ["disabled", "data-test-script-state"],
  });
}
