// Pans and zooms the map: by pointer, wheel, keys, and to the page that gets the focus.
import { byId } from 'fake-discord/page/dom.ts';

const MIN_SCALE = 0.15;
const MAX_SCALE = 2;
const ZOOM_STEP = 1.25;
const WHEEL_STEP = 1.1;
/** In pixels. */
const PAN_STEP = 80;
const NODE = { width: 200, height: 64 };

interface Point {
  readonly x: number;
  readonly y: number;
}
interface Size {
  readonly width: number;
  readonly height: number;
}
type Pan = (dx: number, dy: number) => void;
/** @param at the point that stays where it is; the middle by default */
type Zoom = (factor: number, at?: Point) => void;

export interface View {
  showAll(): void;
  /** Moves a page, given by its corner, to the middle. */
  moveTo(page: Point): void;
  /** For a map of another size. */
  resize(map: Size): void;
}

/** Moves the sheet inside the view. */
export function setUpView(view: HTMLElement, sheet: HTMLElement): View {
  let size: Size = { width: 1, height: 1 };
  let x = 0;
  let y = 0;
  let scale = 1;
  const applyTransform = () => {
    // Set by script, because the page's policy forbids style attributes.
    sheet.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  };
  const zoom: Zoom = (factor, at = { x: view.clientWidth / 2, y: view.clientHeight / 2 }) => {
    const next = Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale * factor));
    x = at.x - ((at.x - x) / scale) * next;
    y = at.y - ((at.y - y) / scale) * next;
    scale = next;
    applyTransform();
  };
  const pan: Pan = (dx, dy) => {
    x += dx;
    y += dy;
    applyTransform();
  };
  const showAll = () => {
    scale = Math.min(1, view.clientWidth / size.width, view.clientHeight / size.height);
    // On a narrow screen the whole map would be too small to read: show the first pages.
    scale = Math.max(scale, view.clientWidth < 600 ? 0.5 : MIN_SCALE);
    x = Math.max(0, (view.clientWidth - size.width * scale) / 2);
    y = Math.max(0, (view.clientHeight - size.height * scale) / 2);
    applyTransform();
  };
  const moveTo = (page: Point) => {
    scale = Math.max(scale, 0.7);
    x = view.clientWidth / 2 - (page.x + NODE.width / 2) * scale;
    y = view.clientHeight / 2 - (page.y + NODE.height / 2) * scale;
    applyTransform();
  };

  listenToPointer(view, pan);
  listenToWheel(view, zoom);
  listenToKeys(view, { pan, zoom, showAll });
  followFocus(view, sheet, pan);
  byId('zoom-in').addEventListener('click', () => zoom(ZOOM_STEP));
  byId('zoom-out').addEventListener('click', () => zoom(1 / ZOOM_STEP));
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

function listenToWheel(view: HTMLElement, zoom: Zoom): void {
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const { left, top } = view.getBoundingClientRect();
    zoom(event.deltaY < 0 ? WHEEL_STEP : 1 / WHEEL_STEP, { x: event.clientX - left, y: event.clientY - top });
  };
  view.addEventListener('wheel', onWheel, { passive: false });
}

interface Moves {
  readonly pan: Pan;
  readonly zoom: Zoom;
  readonly showAll: () => void;
}

function listenToKeys(view: HTMLElement, { pan, zoom, showAll }: Moves): void {
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [PAN_STEP, 0],
    ArrowRight: [-PAN_STEP, 0],
    ArrowUp: [0, PAN_STEP],
    ArrowDown: [0, -PAN_STEP],
  };
  view.addEventListener('keydown', (event) => {
    const move = moves[event.key];
    if (move) pan(...move);
    else if (event.key === '+' || event.key === '=') zoom(ZOOM_STEP);
    else if (event.key === '-') zoom(1 / ZOOM_STEP);
    else if (event.key === '0') showAll();
    else return;
    event.preventDefault();
  });
}

/** Moves a page into view that gets the focus by the Tab key. */
function followFocus(view: HTMLElement, sheet: HTMLElement, pan: Pan): void {
  sheet.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element)) return;
    const node = target.getBoundingClientRect();
    const frame = view.getBoundingClientRect();
    const dx = Math.max(0, frame.left - node.left) - Math.max(0, node.right - frame.right);
    const dy = Math.max(0, frame.top - node.top) - Math.max(0, node.bottom - frame.bottom);
    if (dx !== 0 || dy !== 0) pan(dx, dy);
  });
}

function listenToPointer(view: HTMLElement, pan: Pan): void {
  let last: PointerEvent | null = null;
  view.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button'))) return;
    last = event;
    view.setPointerCapture(event.pointerId);
  });
  view.addEventListener('pointermove', (event) => {
    if (!last) return;
    pan(event.clientX - last.clientX, event.clientY - last.clientY);
    last = event;
  });
  for (const end of ['pointerup', 'pointercancel'] as const)
    view.addEventListener(end, () => {
      last = null;
    });
}
