import type { BrowserContext, Page, Request } from 'playwright-core';

/**
 * Addresses that the editor handed to the system's browser (`vscode.env.openExternal`, links). Nothing is really opened
 * or fetched.
 */
export class ExternalUrls {
  readonly #seen: string[] = [];

  /** In full, however long, oldest first. */
  get all(): readonly string[] {
    return this.#seen;
  }

  note(url: string): void {
    this.#seen.push(url);
  }

  clear(): void {
    this.#seen.length = 0;
  }

  /** The first address that contains the text or matches. */
  find(match: string | RegExp): string | undefined {
    return this.#seen.find((url) => (typeof match === 'string' ? url.includes(match) : match.test(url)));
  }
}

/** In a browser the editor opens such an address in a window of its own: note where that goes, and close it. */
export function watchPopups(context: BrowserContext, workbench: Page, urls: ExternalUrls): void {
  context.on('request', (request) => {
    if (request.isNavigationRequest() && !isWithin(request, workbench)) urls.note(request.url());
  });
  context.on('page', (page) => {
    if (page === workbench) return;
    void page
      .waitForLoadState('domcontentloaded')
      .catch(() => undefined)
      .then(() => page.close().catch(() => undefined));
  });
}

function isWithin(request: Request, page: Page): boolean {
  try {
    return request.frame().page() === page;
  } catch {
    return false; // a new window that has no frame yet
  }
}
