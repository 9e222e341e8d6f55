/** Texts in the languages of other shells, PowerShell and cmd, that a program is given to run. */
import { cmdIn } from '../cmd/read-cmd';
import { givenToPowershell, POWERSHELL, runByCmdlet } from '../powershell/texts-given-to-powershell';
import { powershellIn } from '../powershell/read-powershell';
import { handedText } from '../streams/standard-input-of-program';
import type { Invocation, Word } from '../words/invocation';
import { after } from '../words/options';
import type { Work } from '../words/work-limit';
import { nameOf } from './program-name';
import type { Reads } from './readers-of-scripts-and-aliases';

/** A language of Windows' shells. */
export type OtherShell = 'powershell' | 'cmd';

interface OtherText {
  readonly shell: OtherShell;
  readonly text: string;
}

/** Windows' own shell, and what runs a text of it. */
export const CMD: ReadonlySet<string> = new Set(['cmd', 'forfiles', 'wmic']);
export const CMDLETS_THAT_RUN = /^(?:invoke-expression|start-process)$/;

/** A file's name, for programs of Windows: sh has taken the backslashes out. */
const windowsName = (word: Word | undefined): string => word?.slashed ?? word?.text ?? '';
const textForCmd = ({ text, slashed }: Word): string =>
  slashed === undefined || text.includes('/') ? text : slashed.replaceAll('/', '\\');

/** Undefined where only a run can tell. */
export function otherTexts(invocation: Invocation, reads: Reads): readonly OtherText[] | undefined {
  const [program, ...args] = invocation.words;
  const name = nameOf(program).toLowerCase();
  const started = program?.text ?? '';
  const powershell = (text: string | undefined): readonly OtherText[] =>
    text === undefined ? [] : [{ shell: 'powershell', text }];
  if (POWERSHELL.test(name)) {
    const script = givenToPowershell(args);
    if (script === undefined) {
      const handed = handedText(invocation, reads.script);
      return handed === undefined && invocation.from !== null ? undefined : powershell(handed);
    }
    if ('open' in script) return undefined;
    return powershell('text' in script ? script.text : reads.script(windowsName(script.file)));
  }
  if (name === 'cmd') {
    // Git Bash makes a path of `/c`, so a slash more is written there
    const at = args.findIndex(({ text }) => /^\/{1,2}[ckr]$/i.test(text));
    const isDoubled = args[at]?.text.startsWith('//') === true;
    const command = (at < 0 ? [] : args.slice(at + 1)).map((word) =>
      isDoubled ? { ...word, text: word.text.replace(/^\/\/(?=\w$)/, '/') } : word,
    );
    if (command.some(({ open, text }) => open && text === '')) return undefined;
    return command.length === 0 ? [] : [{ shell: 'cmd', text: command.map(textForCmd).join(' ') }];
  }
  if (name === 'forfiles') {
    const [folder = ''] = after(args, /^\/p$/i).map(({ text }) => text);
    return after(args, /^\/c$/i).map(({ text }) => ({
      shell: 'cmd',
      text: text.replace(/@(?:path|file|fname|relpath)/gi, () => (folder === '' ? '*' : `${folder}\\*`)),
    }));
  }
  if (name === 'wmic') {
    const at = args.findIndex(({ text }) => /^create$/i.test(text));
    const isProcess = args.some(({ text }) => /^process$/i.test(text));
    return isProcess && at > 0 ? args.slice(at + 1, at + 2).map(({ text }) => ({ shell: 'cmd', text })) : [];
  }
  if (CMDLETS_THAT_RUN.test(name)) {
    const run = runByCmdlet(invocation);
    return run?.map((text) => ({ shell: 'powershell', text }));
  }
  if (/\.ps1$/i.test(started)) return powershell(reads.script(windowsName(program)));
  // cmd starts a file of the folder where it stands by its bare name
  if (/\.(?:bat|cmd)$/i.test(started)) {
    const text = reads.script(windowsName(program));
    return text === undefined ? [] : [{ shell: 'cmd', text }];
  }
  return [];
}

/** What such a text would run. */
export const inOtherShell = (
  { shell, text }: OtherText,
  variables: Readonly<Record<string, string>>,
  work: Work,
): Invocation[] => (shell === 'cmd' ? cmdIn(text, variables, work) : powershellIn(text, variables, work));
