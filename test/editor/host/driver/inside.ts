import { existsSync, readFileSync } from 'node:fs';
import type * as vscode from 'vscode';
import type {
  DocumentChange,
  HostMemory,
  HostProfile,
  HostTimes,
  HostUse,
  ProbeAnswer,
  ProbeEvent,
  ProbeMeasure,
  ProbeRequest,
} from '../probe/events';
import type { Report, Standing } from '../../../support/editor-replay/reports';
import type { RunFolder } from '../run-folder';
import { until } from '../until';

/** A diagnostic of the editor. Lines count from 1. */
export interface Diagnostic {
  readonly message: string;
  readonly source: string;
  readonly code: string;
  /** 0 error, 1 warning, 2 information, 3 hint. */
  readonly severity: number;
  readonly line: number;
  readonly endLine: number;
}

/**
 * Code of a test inside the extension host, and what an extension sees there. It starts again with every folder that is
 * opened.
 */
export class Inside {
  /** Where the probe of this window listens: another window's may write its own after it. */
  private port: string | undefined;

  constructor(private readonly folder: RunFolder) {}

  /** The extension host is another one now, and has just told where its probe listens. */
  renew(): void {
    this.port = readFileSync(this.folder.probeFile, 'utf8') || undefined;
  }

  /**
   * Runs a function in the extension host and gives its answer, both ways as JSON. It sees its two parameters and
   * nothing around it: `inside.run((vscode, file) => vscode.Uri.file(file).toString(), path)`.
   */
  async run<T>(action: (api: typeof vscode) => T | PromiseLike<T>): Promise<T>;
  async run<T, A>(action: (api: typeof vscode, arg: A) => T | PromiseLike<T>, arg: A): Promise<T>;
  async run(action: (api: typeof vscode, arg: never) => unknown, arg?: unknown): Promise<unknown> {
    return this.#ask({ code: String(action), arg });
  }

  /** What was recorded since the first `from` events. */
  async events(from = 0): Promise<readonly ProbeEvent[]> {
    return (await this.#ask({ events: from })) as readonly ProbeEvent[];
  }

  /**
   * How many events there are: a place to ask `events` and `changes` from. A key press arrives a little later than it
   * shows.
   */
  async mark(): Promise<number> {
    return (await this.events()).length;
  }

  /** The changes of documents whose address ends in `file`, those without content left out. */
  async changes(file: string, from = 0): Promise<readonly DocumentChange[]> {
    const end = encodeURI(file);
    return (await this.events(from))
      .filter((event) => event.kind === 'change')
      .filter((event) => event.changes.length > 0 && event.uri.endsWith(end));
  }

  async waitChange(file: string, from = 0, timeout = 20_000): Promise<DocumentChange> {
    return until(async () => (await this.changes(file, from))[0], { timeout, what: `a change in ${file}` });
  }

  /** The diagnostics of a file, given by its absolute path. */
  async diagnostics(file: string): Promise<readonly Diagnostic[]> {
    return this.run((api, name) => {
      const all = api.languages.getDiagnostics(api.Uri.file(name));
      return all.map((it) => ({
        message: it.message,
        source: it.source ?? '',
        code: typeof it.code === 'object' ? String(it.code.value) : String(it.code ?? ''),
        severity: it.severity,
        line: it.range.start.line + 1,
        endLine: it.range.end.line + 1,
      }));
    }, file);
  }

  /** What the editor has told our extension since the first `from` reports, in an editor that was started with `tapped`. */
  async told(from: number): Promise<readonly Report[]> {
    return (await this.#ask({ told: from })) as readonly Report[];
  }

  /** How things stand for our extension, in the same. */
  async standing(): Promise<Standing> {
    return (await this.#ask({ told: 'standing' })) as Standing;
  }

  /**
   * What the measured extension costs, in an editor that was started with `measure`. `profile` starts what `profiled`
   * gives.
   */
  async measure(what: 'times'): Promise<HostTimes>;
  async measure(what: 'memory'): Promise<HostMemory>;
  async measure(what: 'use'): Promise<HostUse>;
  async measure(what: 'profiled'): Promise<HostProfile>;
  async measure(what: 'forget' | 'profile' | 'collect'): Promise<void>;
  async measure(measure: ProbeMeasure): Promise<unknown> {
    return this.#ask({ measure });
  }

  async #ask(request: ProbeRequest): Promise<unknown> {
    const { probeFile, probeToken } = this.folder;
    this.port ??= await until(() => existsSync(probeFile) && readFileSync(probeFile, 'utf8'), {
      timeout: 30_000,
      what: 'the extension host',
    });
    const response = await fetch(`http://127.0.0.1:${this.port}/`, {
      method: 'POST',
      headers: { 'x-token': probeToken },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(60_000),
    });
    const answer = (await response.json()) as ProbeAnswer;
    if ('error' in answer) throw new Error(`in the extension host: ${answer.error}`);
    return answer.value;
  }
}
