// A name on a card can be dragged with a mouse: onto another card to move there, onto a name there to swap.
// The menu at the name stays what it is, for a click, for the keyboard and for touch.
() => {
  if (window.hechtDrag) return;
  window.hechtDrag = true;
  const NAME = '[class*="st-key-members_"] [class*="st-key-name_"]';
  const CARD = '[class*="st-key-group_"]';
  const FAR = 6; // pixels from where it was pressed: less is a click
  const EDGE = 60; // pixels from where the page scrolls along
  let held = null;

  const key = (node) => [...(node?.classList ?? [])].find((one) => one.startsWith("st-key-")) ?? "";
  const mark = (over, how) => {
    if (held.over === over && held.how === how) return;
    if (held.over) delete held.over.dataset.hechtOver;
    if (over) over.dataset.hechtOver = how;
    Object.assign(held, { over, how });
  };
  const target = (x, y) => {
    const below = document.elementFromPoint(x, y);
    const card = below?.closest(CARD);
    if (!card || card === held.card) return {};
    return { card, name: below.closest(NAME) };
  };
  const begin = () => {
    const ghost = document.createElement("div");
    ghost.className = "hecht-held";
    ghost.setAttribute("aria-hidden", "true");
    ghost.textContent = held.name.querySelector("button p")?.firstChild?.textContent ?? "";
    document.body.append(ghost);
    document.documentElement.dataset.hechtDragging = "";
    held.ghost = ghost;
    scroll();
  };
  const scroll = () => {
    if (!held?.ghost) return;
    const content = document.querySelector("[data-testid=stMainBlockContainer]");
    const bar = document.querySelector("[data-testid=stBottom]")?.getBoundingClientRect().top ?? innerHeight;
    const way = held.y < EDGE ? -12 : held.y > Math.min(bar, innerHeight) - EDGE ? 12 : 0;
    if (way) for (const one of [content, content?.parentElement]) one?.scrollBy(0, way); // one of them scrolls
    requestAnimationFrame(scroll);
  };
  const end = () => {
    if (!held) return;
    mark(null);
    held.ghost?.remove();
    delete document.documentElement.dataset.hechtDragging;
    held = null;
  };
  addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0 || event.ctrlKey) return;
    const name = event.target.closest?.(NAME);
    if (name) held = { name, card: name.closest(CARD), x: event.clientX, y: event.clientY, fromX: event.clientX, fromY: event.clientY };
  }, true);
  addEventListener("pointermove", (event) => {
    if (!held) return;
    if (event.buttons === 0) return end(); // let go outside of the window
    Object.assign(held, { x: event.clientX, y: event.clientY });
    if (!held.ghost && Math.hypot(held.x - held.fromX, held.y - held.fromY) < FAR) return;
    if (!held.ghost) begin();
    held.ghost.style.translate = `${held.x + 12}px ${held.y + 8}px`;
    const { card, name } = target(held.x, held.y);
    mark(name ?? card ?? null, name ? "swap" : "move");
  }, true);
  addEventListener("pointerup", (event) => {
    if (!held?.ghost) return end();
    const { card, name } = target(event.clientX, event.clientY);
    const drop = { who: key(held.name), card: key(card), onto: key(name) };
    end();
    const click = (pressed) => {
      pressed.stopPropagation();
      pressed.preventDefault();
    };
    addEventListener("click", click, { capture: true, once: true }); // it would open a menu
    setTimeout(() => removeEventListener("click", click, true));
    if (card) window.hechtOwn.write("dropped", drop);
  }, true);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !held?.ghost) return;
    event.stopPropagation();
    end();
  }, true);
  addEventListener("pointercancel", end, true);
  addEventListener("blur", end);
  addEventListener("dragstart", (event) => held && event.preventDefault(), true);
}
