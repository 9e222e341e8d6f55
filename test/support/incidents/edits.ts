/** How scripted changes are written. */

export interface Edit {
  readonly path: string;
  /** What stands there; null: the file is new. */
  readonly from: string | null;
  /** What is put in its place. */
  readonly to: string;
  /** Which of the places with that text, counted from 0. */
  readonly nth?: number;
}

export interface ScriptedChange {
  readonly subject: string;
  readonly edits: readonly Edit[];
}

export const edit = (path: string, from: string | null, to: string, nth = 0): Edit => ({ path, from, to, nth });
export const manifestOf = (name: string): string => `k8s/${name}/deployment.yaml`;
