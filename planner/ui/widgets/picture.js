// The picture of rules and groups is one stop of the keyboard: arrows go from cell to cell, and Enter or a click
// tells the server which cell is meant.
() => {
  if (window.hechtPicture) return;
  window.hechtPicture = true;
  const GRID = ".hecht-picture [role=grid]", CELL = "td[data-at]";
  const WAYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  const here = (grid) => grid.querySelector("[data-here]") ?? grid.querySelector(CELL);
  const mark = (grid, cell) => {
    grid.querySelector("[data-here]")?.removeAttribute("data-here");
    cell.dataset.here = "";
    grid.setAttribute("aria-activedescendant", cell.id);
  };
  const beside = (grid, cell, [down, right]) => {
    const rows = [...grid.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll(CELL)]);
    const row = rows.findIndex((cells) => cells.includes(cell));
    return rows[row + down]?.[rows[row].indexOf(cell) + right];
  };
  const tell = (cell) => window.hechtOwn.write("pointed", { at: cell.dataset.at });

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches?.(GRID)) mark(target, here(target));
  });
  document.addEventListener("click", ({ target }) => {
    const cell = target.closest?.(`${GRID} ${CELL}`);
    if (!cell) return;
    mark(cell.closest(GRID), cell);
    tell(cell);
  });
  document.addEventListener("keydown", (event) => {
    const grid = event.target;
    if (!grid.matches?.(GRID) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") tell(here(grid));
    else if (!WAYS[event.key]) return;
    else {
      const next = beside(grid, here(grid), WAYS[event.key]);
      if (next) {
        mark(grid, next);
        next.scrollIntoView({ block: "nearest", inline: "nearest" });
      }
    }
    event.preventDefault();
  });
}
