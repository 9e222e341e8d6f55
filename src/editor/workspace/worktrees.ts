/** The work trees that the editor looks at: created when a file in one is first seen. */
import * as vscode from 'vscode';
import type { Background } from '../background';
import type { PlaceFinder } from './worktree-of-file';
import { Worktree } from './worktree';

export class Worktrees implements vscode.Disposable {
  private readonly byRoot = new Map<string, Worktree>();
  private readonly added = new vscode.EventEmitter<Worktree>();

  readonly onDidAdd = this.added.event;

  constructor(
    private readonly places: PlaceFinder,
    private readonly now: () => number,
    private readonly background: Background,
    private readonly surveying: Background,
  ) {}

  /** The work tree of a file. */
  of(file: string): Worktree | undefined {
    const located = this.places.locate(file);
    return located && this.at(located.places);
  }

  /** The work tree that a folder is in. */
  ofFolder(folder: string): Worktree | undefined {
    const places = this.places.placesOf(folder);
    return places && this.at(places);
  }

  all(): readonly Worktree[] {
    return [...this.byRoot.values()];
  }

  dispose(): void {
    this.added.dispose();
  }

  private at(places: ConstructorParameters<typeof Worktree>[0]): Worktree {
    const known = this.byRoot.get(places.root);
    if (known) return known;
    const worktree = new Worktree(places, this.now, this.background, this.surveying);
    this.byRoot.set(places.root, worktree);
    this.added.fire(worktree);
    return worktree;
  }
}
