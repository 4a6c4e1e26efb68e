"use strict";
const controls = document.querySelector(".controls");
const filter = controls?.querySelector("input");
const status = controls?.querySelector("[role=status]");

// Shows breaking changes only, or everything, as the checkbox says.
function applyFilter() {
  document.body.classList.toggle("filtered", filter.checked);
  const all = document.querySelectorAll(".entry").length;
  const kept = document.querySelectorAll(".entry.keep").length;
  status.textContent = filter.checked ? `${kept} of ${all} shown` : "";
}

// Opens and shows the entry that the address names, even if the filter hides it.
function showTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  if (filter?.checked && !target.classList.contains("keep")) {
    filter.checked = false;
    applyFilter();
  }
  if (target instanceof HTMLDetailsElement) target.open = true;
  target.scrollIntoView();
}

if (controls) {
  controls.hidden = false;
  for (const button of controls.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      for (const details of document.querySelectorAll("details.entry")) {
        details.open = button.dataset.open === "true";
      }
    });
  }
  if (filter) {
    filter.addEventListener("change", applyFilter);
    applyFilter();
  }
  // A second click on the same link causes no hashchange.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && link.hash === location.hash) showTarget();
  });
  addEventListener("hashchange", showTarget);
  showTarget();
}
