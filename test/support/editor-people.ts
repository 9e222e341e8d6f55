/** Answers of a person to what the stand-in's window asks and tells. */
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { until as ask, type UntilOptions } from '../editor/host/until';
import type { Notice, Question, WindowState } from './vscode/state';
import { isRow } from './vscode/window';

/** Asks again until it is so: for long, since an idle machine needs no patience. */
export const until: typeof ask = (question, options: UntilOptions = {}) =>
  ask(question, { timeout: 60_000, every: 10, ...options });

const matches = (text: string, match: string | RegExp): boolean =>
  typeof match === 'string' ? text.includes(match) : match.test(text);

/** What a person reads of a label: icons are pictures. */
export const read = (text = ''): string => text.replace(/\$\([\w~-]+\)\s?/g, '').trim();

export class People {
  constructor(private readonly state: WindowState) {}

  /** Messages that are shown, in no dialog. */
  get told(): readonly string[] {
    return this.state.notices.filter(({ modal }) => !modal).map(({ message }) => message);
  }

  /** Waits for a notification. */
  notice(match: string | RegExp): Promise<Notice> {
    return this.waitNotice(match, false);
  }

  /** Waits for a modal dialog. */
  dialog(match: string | RegExp): Promise<Notice> {
    return this.waitNotice(match, true);
  }

  /** Presses a button of a notification or dialog that contains or matches. */
  async press(match: string | RegExp, button: string): Promise<void> {
    const notice = await until(() => this.state.notices.find((one) => isAbout(one, match)), this.waitingFor(match));
    assert.ok(notice.buttons.includes(button), `${button} is not among ${notice.buttons.join(', ')}`);
    notice.answer(button);
  }

  /** Closes all notifications without an answer. */
  clear(): void {
    for (const notice of [...this.state.notices]) notice.answer(undefined);
  }

  /** Waits for a quick pick or an input box whose title, placeholder or prompt matches. */
  question(match: string | RegExp): Promise<Question> {
    return until(() => {
      const { question } = this.state;
      const texts = question ? [question.title, question.placeholder, question.prompt] : [];
      return texts.some((text) => matches(text, match)) ? question : undefined;
    }, this.waitingFor(match));
  }

  /** Chooses the rows of the open quick pick whose labels contain or match. */
  async pick(match: string | RegExp, ...labels: readonly (string | RegExp)[]): Promise<void> {
    const question = await this.question(match);
    question.choose(labels.map((label) => rowOf(question, label)));
  }

  /** Presses OK in a quick pick of several rows, whose boxes stand as they were offered. */
  async accept(match: string | RegExp): Promise<void> {
    const question = await this.question(match);
    question.choose(question.items.filter(({ picked }) => picked === true));
  }

  /** Types into the open input box and presses Enter. Fails when the text is refused. */
  async answer(match: string | RegExp, text: string): Promise<void> {
    assert.equal(await (await this.question(match)).type(text), undefined, 'why the text is refused');
  }

  async dismiss(match: string | RegExp): Promise<void> {
    (await this.question(match)).dismiss();
  }

  /** Waits for an address that was given to the system's browser. */
  address(match: string | RegExp): Promise<string> {
    return until(() => this.state.opened.find((address) => matches(address, match)), {
      every: 10,
      what: `an address ${String(match)}; so far: ${this.state.opened.join(' ')}`,
    });
  }

  private waitNotice(match: string | RegExp, modal: boolean): Promise<Notice> {
    return until(
      () => this.state.notices.find((one) => one.modal === modal && isAbout(one, match)),
      this.waitingFor(match),
    ).catch((error: unknown) => assert.fail(`${String(error)}; shown: ${JSON.stringify(this.state.notices)}`));
  }

  private waitingFor(match: string | RegExp) {
    return { what: `${String(match)} of what is asked and told` };
  }
}

/** The labels of the rows of a question, as they are read. */
export const labelsOf = ({ items }: Question): readonly string[] => items.filter(isRow).map(({ label }) => read(label));

const isAbout = ({ message, detail }: Notice, match: string | RegExp): boolean =>
  matches(`${message}\n${detail}`, match);

function rowOf({ items }: Question, label: string | RegExp): vscode.QuickPickItem {
  const rows = items.filter(isRow);
  return (
    rows.find((row) => read(row.label) === label) ??
    rows.find((row) => matches(read(row.label), label)) ??
    assert.fail(`no row ${String(label)} among ${rows.map((row) => row.label).join(' | ')}`)
  );
}
