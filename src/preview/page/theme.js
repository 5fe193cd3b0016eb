// Light or dark: as the system has it, until somebody presses the button.
import { byId } from './dom.js';

const KEY = 'guidepost-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

/** Sets the theme, and again whenever the system's or the button changes it. */
export function setUpTheme() {
  const button = byId('theme');
  const chosen = () => read() ?? (system.matches ? 'dark' : 'light');
  const show = () => {
    const theme = chosen();
    document.documentElement.dataset.theme = theme;
    for (const messages of document.querySelectorAll('discord-messages'))
      messages.toggleAttribute('light-theme', theme === 'light');
    button.textContent = theme === 'light' ? 'Dark theme' : 'Light theme';
  };
  button.addEventListener('click', () => {
    write(chosen() === 'light' ? 'dark' : 'light');
    show();
  });
  system.addEventListener('change', show);
  show();
}

/** A page opened from a file may have no storage: then the choice lasts as long as the page. */
let last = null;
function read() {
  try {
    return localStorage.getItem(KEY) ?? last;
  } catch {
    return last;
  }
}
function write(theme) {
  last = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // kept in `last`
  }
}
