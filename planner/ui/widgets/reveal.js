// Gives the keyboard to what an action was about, once it is drawn, and brings what came of it into view.
(told) => {
  const by = ([name, id]) => {
    const part = document.querySelector("." + CSS.escape(name));
    return part?.querySelector("button:enabled, input:enabled") ?? document.getElementById(id) ?? part;
  };
  const own = (window.hechtReveal ??= {});
  if (own.turn === told.turn) return; // the page was drawn once more
  own.turn = told.turn;
  let tries = 0;
  const look = () => {
    if (own.turn !== told.turn) return; // something else is to be seen by now
    const focus = by(told.focus);
    const busy = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "running";
    if ((!focus || busy) && (tries += 1) < 100) return setTimeout(look, 50); // it comes a moment later
    if (!focus) return;
    if (!focus.matches("button, input")) focus.tabIndex = -1;
    focus.focus({ preventScroll: true });
    const [name] = told.see;
    (document.querySelector("." + CSS.escape(name)) ?? by(told.see) ?? focus).scrollIntoView({ block: "nearest" });
  };
  setTimeout(look, 50);
}
