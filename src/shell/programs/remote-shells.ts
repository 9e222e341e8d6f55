/** What a command runs on other machines and in containers. */
import { nameOf } from './listings';
import { plainOf } from '../words/options';
import type { Reads } from './script-readers';
import { handedText } from '../streams/standard-input';
import type { Invocation, Word } from '../words/invocation';
import { takesOf } from './options-with-value';

interface Sent {
  /** Programs, as separate words. */
  readonly words: readonly Invocation[];
  /** Texts that a shell there runs. */
  readonly texts: readonly string[];
}

const NOTHING: Sent = { words: [], texts: [] };
const THIS_MACHINE =
  /^(?:ssh:\/\/)?(?:[^@]+@)?(?:localhost|127(?:\.\d+){1,3}|\[?::1\]?|0\.0\.0\.0|ip6-localhost)(?::\d+)?\/?$/i;
const A_SHELL = /^\s*(?:sudo\s+(?:-\S+\s+)*)?(?:\/\S*\/)?(?:ba|z|da|k|a)?sh(?:\s+-[a-z]*s?)*\s*$/;

export function sentAway(invocation: Invocation, { script }: Reads): Sent {
  const name = nameOf(invocation.words[0]);
  const words = invocation.words.slice(1);
  switch (name) {
    case 'ssh':
    case 'mosh':
    case 'autossh':
      return overSsh(invocation, words, script);
    case 'kubectl':
    case 'k':
    case 'oc':
    case 'kubecolor':
      return inPod(invocation, words);
    case 'docker':
    case 'podman':
    case 'nerdctl':
    case 'docker-compose':
    case 'podman-compose':
      return inContainer(invocation, words, name);
    case 'aws':
      return words.some(({ text }) => text === 'send-command')
        ? {
            words: [],
            texts: words.flatMap(({ text }) =>
              /commands"?\s*[=:]/.test(text) ? strings(text.slice(text.search(/commands/) + 8)) : [],
            ),
          }
        : NOTHING;
    case 'az':
      return words.some(({ text }) => text === 'run-command')
        ? { words: [], texts: behind(words, /^--(?:scripts|command)$/) }
        : NOTHING;
    case 'gcloud':
      return words.some(({ text }) => text === 'ssh')
        ? {
            words: [],
            texts: [
              ...behind(words, /^--command$/),
              ...words.flatMap(({ text }) => /^--command=([^]+)$/.exec(text)?.[1] ?? []),
            ],
          }
        : NOTHING;
    case 'ansible':
    case 'ansible-console':
      return /^(?:file|user|copy|service|systemd|apt|yum)$/.test(behind(words, /^(?:-m|--module-name)$/)[0] ?? '')
        ? NOTHING
        : { words: [], texts: behind(words, /^(?:-a|--args)$/) };
    case 'salt':
    case 'salt-ssh':
      return {
        words: [],
        texts: words.flatMap((_, index) =>
          /^cmd\.(?:run|run_all|shell|exec_code)$/.test(words[index - 1]?.text ?? '') ? [words[index]?.text ?? ''] : [],
        ),
      };
    case 'pdsh':
    case 'pssh':
    case 'parallel-ssh':
    case 'clush':
    case 'dsh':
    case 'fab':
      return {
        words: [],
        texts: [
          plainOf(words, ['-w', '-h', '-H', '-l', '-g', '-i', '-R'])
            .map(({ text }) => text)
            .join(' '),
        ],
      };
    case 'heroku':
    case 'fly':
    case 'flyctl':
    case 'railway':
    case 'render':
    case 'dokku':
      return hosted(invocation, words);
    default:
      return NOTHING;
  }
}

/** Each quoted text, or all of it. */
function strings(text: string): string[] {
  const quoted = [...text.matchAll(/"((?:\\[^]|[^"\\])*)"|'([^']*)'/g)].map(
    ([, double, single]) => double?.replace(/\\(["\\])/g, '$1') ?? single ?? '',
  );
  return quoted.length > 0 ? quoted : [text.replace(/^[\s=:[]+|\]\s*$/g, '')];
}

const behind = (words: readonly Word[], option: RegExp): string[] =>
  words.flatMap(({ text }, index) => (option.test(words[index - 1]?.text ?? '') ? [text] : []));

function overSsh(invocation: Invocation, words: readonly Word[], script: Reads['script']): Sent {
  const at = words.findIndex(
    ({ text }, index) => !text.startsWith('-') && !takesOf('ssh').includes(words[index - 1]?.text ?? ''),
  );
  const host = words[at];
  if (!host || THIS_MACHINE.test(host.text) || (host.open && host.by === 'hostname')) return NOTHING;
  const rest = words.slice(at + 1).filter(({ text }, index) => index > 0 || text !== '--');
  const text = rest.map((word) => word.text).join(' ');
  const handed = text === '' || A_SHELL.test(text) ? handedText(invocation, script) : undefined;
  return { words: [], texts: [...(text === '' ? [] : [text]), ...(handed === undefined ? [] : [handed])] };
}

const started = (invocation: Invocation, words: readonly Word[], away: 'host' | 'new'): Sent =>
  words.length === 0 ? NOTHING : { texts: [], words: [{ ...invocation, words, assignments: [], outputs: [], away }] };

function inPod(invocation: Invocation, words: readonly Word[]): Sent {
  const verb = words.findIndex(({ text }) => /^(?:exec|run|debug|rsh|create)$/.test(text));
  const dashes = words.findIndex(({ text }) => text === '--');
  return verb < 0 || dashes < verb ? NOTHING : started(invocation, words.slice(dashes + 1), 'host');
}

function inContainer(invocation: Invocation, words: readonly Word[], name: string): Sent {
  const run = words.findIndex(({ text }) => text === 'exec' || text === 'run');
  if (
    run < 0 ||
    words
      .slice(0, run)
      .some(
        ({ text }, index) =>
          !text.startsWith('-') &&
          text !== 'compose' &&
          text !== 'container' &&
          !takesOf('docker-run').includes(words[index - 1]?.text ?? '') &&
          !/^-[fp]$/.test(words[index - 1]?.text ?? ''),
      )
  )
    return NOTHING;
  const rest = words.slice(run + 1);
  const at = rest.findIndex(
    ({ text }, index) => !text.startsWith('-') && !takesOf('docker-run').includes(rest[index - 1]?.text ?? ''),
  );
  if (at < 0) return NOTHING;
  const composed = name.endsWith('-compose') || words.slice(0, run).some(({ text }) => text === 'compose');
  // a volume remains when the container is removed; what it does to folders of this machine is examined as if it ran
  // here
  const mounted = rest.slice(0, at).some(({ text }, index) => {
    const [, value = ''] = /^(?:-v|--volume|--mount)=?(\S+)$/.exec(text) ?? [];
    const volume = value === '' && /^(?:-v|--volume|--mount)$/.test(rest[index - 1]?.text ?? '') ? text : value;
    return /^\w[\w.-]*:\/|\btype=volume\b/.test(volume);
  });
  return started(invocation, rest.slice(at + 1), words[run]?.text === 'exec' || composed || mounted ? 'host' : 'new');
}

/** `heroku run CMD`, `fly ssh console -C CMD`. */
function hosted(invocation: Invocation, words: readonly Word[]): Sent {
  const run = words.findIndex(({ text }) => /^(?:run|run:detached|ssh|exec)$/.test(text));
  if (run < 0) return NOTHING;
  const folder = behind(words, /^(?:-C|--command)$/);
  const rest = words.slice(run + 1);
  const at = rest.findIndex(
    ({ text }, index) =>
      !text.startsWith('-') &&
      !/^(?:-a|--app|-r|--remote|-s|--size|--type|-e|--environment|--service)$/.test(rest[index - 1]?.text ?? ''),
  );
  const plain = rest[at];
  if (folder.length > 0) return { words: [], texts: folder };
  if (plain === undefined) return NOTHING;
  return /\s/.test(plain.text) && at === rest.length - 1
    ? { words: [], texts: [plain.text] }
    : started(invocation, rest.slice(rest[at]?.text === '--' ? at + 1 : at), 'host');
}
