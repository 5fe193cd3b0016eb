// Loads what the page shows: shows errors until something loads, and loads once more for calls while it is loading.

/** Loads parts of the page. */
export interface Loader {
  /** Loads something, and shows its error, if any. */
  load(part: () => Promise<void>): Promise<void>;
  /** Loads and draws the channel. A call while this is under way causes one more round. */
  refresh(): Promise<void>;
}

/**
 * Creates the loader.
 * @param loadChannel loads and draws the channel that is shown
 * @param showError shows an error; null hides it
 */
export function createLoader(loadChannel: () => Promise<void>, showError: (error: unknown) => void): Loader {
  let isFailing = false;
  let refreshing: Promise<void> | null = null;
  let isStale = false;

  async function load(part: () => Promise<void>): Promise<void> {
    try {
      await part();
      if (isFailing) showError(null);
      isFailing = false;
    } catch (error) {
      isFailing = true;
      showError(error);
    }
  }

  async function refreshUntilFresh(): Promise<void> {
    await load(async () => {
      while (isStale) {
        isStale = false;
        await loadChannel();
      }
    });
    refreshing = null;
  }

  return {
    load,
    refresh() {
      isStale = true;
      refreshing ??= refreshUntilFresh();
      return refreshing;
    },
  };
}
