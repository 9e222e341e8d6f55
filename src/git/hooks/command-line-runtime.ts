/** How the command line is started. */

export interface Runtime {
  /** The Node executable, or an editor's own that acts as one. */
  readonly executable: string;
  /** Absolute path of the command line's script. */
  readonly cli: string;
  /** The executable is Electron and needs `ELECTRON_RUN_AS_NODE=1`. */
  readonly electron: boolean;
  /** Absolute path of the launcher that starts the newest program. Where there is one, hooks name it and nothing else. */
  readonly launcher?: string | undefined;
}
