// Where the keyboard is after an action: what had the focus may be gone, or may not be pressed again, and a
// browser then goes back to the top of everything. Here it goes to what took its place, or else to what is near.
() => {
  const own = (window.hechtFocus ??= { last: null, seen: null });
  if (own.seen) return;
  const ABLE = "a[href], button, summary, input, textarea, [tabindex='0'], [role=combobox], [role=spinbutton]";
  const able = (one) => one && !one.disabled && one.checkVisibility() && !one.closest("[inert], [aria-hidden=true]");
  const keyOf = (one) => [...one.classList].find((name) => name.startsWith("st-key-"));
  const within = (place) => [...place.querySelectorAll(ABLE)].filter(able);

  // What to look for later: the same part by its key, then every part around it.
  const remember = (one) => {
    const around = [];
    for (let part = one.parentElement; part && !part.matches("[data-testid=stMain], body"); part = part.parentElement)
      around.push(part);
    const keyed = around.map(keyOf).find(Boolean);
    const place = keyed ? within(document.querySelector(`.${CSS.escape(keyed)}`)).indexOf(one) : -1;
    own.last = { one, around, keyed, place };
  };
  const next = ({ one, around, keyed, place }) => {
    if (one.isConnected && able(one)) return one;
    const same = keyed && document.querySelector(`.${CSS.escape(keyed)}`);
    const again = same ? within(same) : [];
    if (again.length) return again[Math.min(Math.max(place, 0), again.length - 1)];
    for (const part of around) {
      if (!part.isConnected || part.matches("[data-testid=stMainBlockContainer]")) continue;
      const near = within(part);
      const after = near.find((each) => one.isConnected
        && one.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (after ?? near[0]) return after ?? near[0];
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
    // Left on purpose, not taken away: by a click beside everything, or with Escape.
    if (!relatedTarget && target.isConnected && able(target) && document.hasFocus()) own.last = null;
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
