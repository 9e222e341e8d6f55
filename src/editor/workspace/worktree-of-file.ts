/** Which work tree a file belongs to, and its path there. Called often, so the answers are cached. */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { findPlaces, nameForGit, type Places } from '../../git';
import { leadsOut, slashedHere } from '../../base/platform';

/** A file's place in a work tree. */
export interface Located {
  readonly places: Places;
  /** Relative to the top of the work tree, with `/`. */
  readonly path: string;
}

/** A folder that was in no work tree may be in one a little later. */
const NOT_FOUND_FOR_MS = 5_000;

export class PlaceFinder {
  private readonly folders = new Map<
    string,
    { readonly real: string; readonly places: Places | undefined; readonly at: number }
  >();

  constructor(private readonly now: () => number) {}

  /** Undefined for a file in no work tree, and for git's own files. */
  locate(file: string): Located | undefined {
    const folder = path.dirname(file);
    const { places, real } = this.folder(folder);
    if (!places) return undefined;
    const inside = path.relative(places.root, path.join(real, path.basename(file)));
    if (inside === '' || leadsOut(inside)) return undefined;
    const name = slashedHere(inside);
    return name.split('/')[0]?.toLowerCase() === '.git' ? undefined : { places, path: nameForGit(places, name) };
  }

  /** The work tree that a folder is in. */
  placesOf(folder: string): Places | undefined {
    return this.folder(folder).places;
  }

  /** Clears the cache, for example after a folder was opened or a repository was created. */
  forget(): void {
    this.folders.clear();
  }

  private folder(folder: string): { readonly real: string; readonly places: Places | undefined } {
    const known = this.folders.get(folder);
    if (known && (known.places !== undefined || this.now() - known.at < NOT_FOUND_FOR_MS)) return known;
    const found = { real: realOf(folder), places: findPlaces(folder), at: this.now() };
    this.folders.set(folder, found);
    return found;
  }
}

function realOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
