// Moving over the map: by dragging, wheel, keys, and to whatever gets the focus.
import { byId } from './dom.js';

const SMALLEST = 0.15;
const LARGEST = 2;
const STEP = 1.25;
const STRIDE = 80;
const NODE = { width: 200, height: 64 };

/** @returns `showAll()`, `moveTo(page)`, and `resize(map)` for a map of another size */
export function setUpView(view, sheet) {
  let size = { width: 1, height: 1 };
  let [x, y, scale] = [0, 0, 1];
  const place = () => {
    // Set through the DOM: the page's policy forbids style attributes.
    sheet.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  };
  const zoom = (factor, at = { x: view.clientWidth / 2, y: view.clientHeight / 2 }) => {
    const next = Math.min(LARGEST, Math.max(SMALLEST, scale * factor));
    x = at.x - ((at.x - x) / scale) * next;
    y = at.y - ((at.y - y) / scale) * next;
    scale = next;
    place();
  };
  const pan = (dx, dy) => {
    x += dx;
    y += dy;
    place();
  };
  const showAll = () => {
    scale = Math.min(1, view.clientWidth / size.width, view.clientHeight / size.height);
    // On a narrow screen a whole map could not be read: it begins at the starts.
    scale = Math.max(scale, view.clientWidth < 600 ? 0.5 : SMALLEST);
    x = Math.max(0, (view.clientWidth - size.width * scale) / 2);
    y = (view.clientHeight - size.height * scale) / 2;
    place();
  };
  const moveTo = (page) => {
    scale = Math.max(scale, 0.7);
    x = view.clientWidth / 2 - (page.x + NODE.width / 2) * scale;
    y = view.clientHeight / 2 - (page.y + NODE.height / 2) * scale;
    place();
  };

  listenToPointer(view, pan);
  view.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const { left, top } = view.getBoundingClientRect();
      zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1, { x: event.clientX - left, y: event.clientY - top });
    },
    { passive: false },
  );
  view.addEventListener('keydown', (event) => {
    const moves = { ArrowLeft: [STRIDE, 0], ArrowRight: [-STRIDE, 0], ArrowUp: [0, STRIDE], ArrowDown: [0, -STRIDE] };
    if (event.key in moves) pan(...moves[event.key]);
    else if (event.key === '+' || event.key === '=') zoom(STEP);
    else if (event.key === '-') zoom(1 / STEP);
    else if (event.key === '0') showAll();
    else return;
    event.preventDefault();
  });
  // A page that gets the focus by the Tab key is moved into sight.
  sheet.addEventListener('focusin', ({ target }) => {
    const [node, frame] = [target.getBoundingClientRect(), view.getBoundingClientRect()];
    const dx = Math.max(0, frame.left - node.left) - Math.max(0, node.right - frame.right);
    const dy = Math.max(0, frame.top - node.top) - Math.max(0, node.bottom - frame.bottom);
    if (dx !== 0 || dy !== 0) pan(dx, dy);
  });
  byId('zoom-in').addEventListener('click', () => zoom(STEP));
  byId('zoom-out').addEventListener('click', () => zoom(1 / STEP));
  byId('fit').addEventListener('click', showAll);
  return {
    showAll,
    moveTo,
    resize({ width, height }) {
      size = { width, height };
      sheet.style.width = `${width}px`;
      sheet.style.height = `${height}px`;
    },
  };
}

function listenToPointer(view, pan) {
  let last = null;
  view.addEventListener('pointerdown', (event) => {
    if (event.target.closest('button') || event.button !== 0) return;
    last = event;
    view.setPointerCapture(event.pointerId);
  });
  view.addEventListener('pointermove', (event) => {
    if (!last) return;
    pan(event.clientX - last.clientX, event.clientY - last.clientY);
    last = event;
  });
  for (const end of ['pointerup', 'pointercancel'])
    view.addEventListener(end, () => {
      last = null;
    });
}
