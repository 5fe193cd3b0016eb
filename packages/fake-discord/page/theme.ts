// Light or dark theme: the system's, until the button is pressed.
import { byId } from './dom.ts';

const KEY = 'theme';
const system = matchMedia('(prefers-color-scheme: dark)');

/** Applies the theme now, and when the system or the button changes it. */
export function setUpTheme(): void {
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

/** A page opened from a file may have no storage: then the choice lasts until the page is closed. */
let last: string | null = null;

function read(): string | null {
  try {
    return localStorage.getItem(KEY) ?? last;
  } catch {
    return last;
  }
}

function write(theme: string): void {
  last = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // No storage: the choice is in `last`.
  }
}
