/** What a command runs on other machines and in containers. */
import { programOfImage } from './programs-in-containers-with-mounts';
import { nameOf } from './program-name';
import { plainOf } from '../words/options';
import type { Reads } from './readers-of-scripts-and-aliases';
import { handedText } from '../streams/standard-input-of-program';
import type { Invocation, Word } from '../words/invocation';
import { takesOf } from './options-taking-a-value';

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

type Sender = (invocation: Invocation, words: readonly Word[], script: Reads['script'], name: string) => Sent;

const runs: Sender = (_, words) => ({
  words: [],
  texts: words.flatMap((_word, index) =>
    /^cmd\.(?:run|run_all|shell|exec_code)$/.test(words[index - 1]?.text ?? '') ? [words[index]?.text ?? ''] : [],
  ),
});
const onEach: Sender = (_, words) => ({
  words: [],
  texts: [
    plainOf(words, ['-w', '-h', '-H', '-l', '-g', '-i', '-R'])
      .map(({ text }) => text)
      .join(' '),
  ],
});
const byAnsible: Sender = (_, words) =>
  /^(?:file|user|copy|service|systemd|apt|yum)$/.test(behind(words, /^(?:-m|--module-name)$/)[0] ?? '')
    ? NOTHING
    : { words: [], texts: behind(words, /^(?:-a|--args)$/) };
const says = (words: readonly Word[], one: string): boolean => words.some(({ text }) => text === one);

/** By the names of their programs, some of them several. */
const SENDERS: ReadonlyMap<string, Sender> = /* @__PURE__ */ byName({
  'ssh mosh autossh': (invocation, words, script) => overSsh(invocation, words, script),
  'kubectl k oc kubecolor': (invocation, words) => inPod(invocation, words),
  'docker podman nerdctl docker-compose podman-compose': (invocation, words, _, name) =>
    inContainer(invocation, words, name),
  aws: (_, words) =>
    says(words, 'execute-command')
      ? { words: [], texts: behind(words, /^--command$/) }
      : says(words, 'send-command')
        ? {
            words: [],
            texts: words.flatMap(({ text }) =>
              /commands"?\s*[=:]/.test(text) ? strings(text.slice(text.search(/commands/) + 8)) : [],
            ),
          }
        : NOTHING,
  az: (_, words) =>
    says(words, 'run-command') ? { words: [], texts: behind(words, /^--(?:scripts|command)$/) } : NOTHING,
  gcloud: (_, words) =>
    says(words, 'ssh')
      ? {
          words: [],
          texts: [
            ...behind(words, /^--command$/),
            ...words.flatMap(({ text }) => /^--command=([^]+)$/.exec(text)?.[1] ?? []),
          ],
        }
      : NOTHING,
  'ansible ansible-console': byAnsible,
  'salt salt-ssh': runs,
  'lxc incus multipass limactl crictl nomad apptainer singularity okteto ddev lando tsh tailscale hcloud pct': (
    invocation,
    words,
  ) => onNamed(invocation, words),
  devcontainer: (invocation, words) => inDevContainer(invocation, words),
  'vagrant colima': (_, words) =>
    says(words, 'ssh') ? { words: [], texts: behind(words, /^(?:-c|--command)$/) } : NOTHING,
  'bolt knife': (_, words) => ({
    words: [],
    texts: says(words, 'ssh') || says(words, 'run') ? words.flatMap(({ text }) => (/\s/.test(text) ? text : [])) : [],
  }),
  pyinfra: (invocation, words) => started(invocation, behindDashes(words), 'host'),
  'pdsh pssh parallel-ssh clush dsh fab': onEach,
  'heroku fly flyctl railway render dokku': (invocation, words) => hosted(invocation, words),
});

function byName(senders: Readonly<Record<string, Sender>>): ReadonlyMap<string, Sender> {
  return new Map(
    Object.entries(senders).flatMap(([names, sender]) => names.split(' ').map((name) => [name, sender] as const)),
  );
}

/** Whether a program by this name may send something elsewhere. */
export const isSentAway = (name: string): boolean => SENDERS.has(name);

export function sentAway(invocation: Invocation, { script }: Reads): Sent {
  const name = nameOf(invocation.words[0]);
  return SENDERS.get(name)?.(invocation, invocation.words.slice(1), script, name) ?? NOTHING;
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

/** Whether `ssh`, called with these words, connects to the machine it runs on, and the words behind the host. */
export function destinationOfSsh(
  words: readonly Word[],
): { readonly host: string; readonly isThisMachine: boolean; readonly behind: readonly Word[] } | undefined {
  const at = words.findIndex(
    ({ text }, index) => !text.startsWith('-') && !takesOf('ssh').includes(words[index - 1]?.text ?? ''),
  );
  const host = words[at];
  return (
    host && {
      host: host.text,
      isThisMachine: THIS_MACHINE.test(host.text) || (host.open && host.by === 'hostname'),
      behind: words.slice(at + 1),
    }
  );
}

function overSsh(invocation: Invocation, words: readonly Word[], script: Reads['script']): Sent {
  const ssh = destinationOfSsh(words);
  if (ssh === undefined || ssh.isThisMachine) return NOTHING;
  const rest = ssh.behind.filter(({ text }, index) => index > 0 || text !== '--');
  // the account's own shell runs every command as one of Dokku's
  const account = /^(?:ssh:\/\/)?dokku@/.test(ssh.host) && rest[0]?.text !== 'dokku' ? 'dokku ' : '';
  const said = rest.map((word) => word.text).join(' ');
  const text = said === '' ? '' : account + said;
  const handed = text === '' || A_SHELL.test(text) ? handedText(invocation, script) : undefined;
  return { words: [], texts: [...(text === '' ? [] : [text]), ...(handed === undefined ? [] : [handed])] };
}

const started = (invocation: Invocation, words: readonly Word[], away: 'host' | 'new'): Sent =>
  words.length === 0 ? NOTHING : { texts: [], words: [{ ...invocation, words, assignments: [], outputs: [], away }] };

const behindDashes = (words: readonly Word[]): readonly Word[] => {
  const dashes = words.findIndex(({ text }) => text === '--');
  return dashes < 0 ? [] : words.slice(dashes + 1);
};

/** `lxc exec NAME -- CMD`, `tsh ssh NAME CMD`, `multipass exec NAME CMD`. */
function onNamed(invocation: Invocation, words: readonly Word[]): Sent {
  const verb = words.findIndex(({ text }) => /^(?:exec|ssh|shell|rsh)$/.test(text));
  if (verb < 0 || verb > 2) return NOTHING;
  const dashed = behindDashes(words.slice(verb));
  const name = words.findIndex(({ text }, index) => index > verb && !text.startsWith('-'));
  const command = dashed.length > 0 ? dashed : name < 0 ? [] : words.slice(name + 1);
  return command.length === 1 && /\s/.test(command[0]?.text ?? '')
    ? { words: [], texts: command.map(({ text }) => text) }
    : started(invocation, command, 'host');
}

/** `devcontainer exec --workspace-folder . --remote-env A=1 CMD`: it names no container. */
function inDevContainer(invocation: Invocation, [verb, ...rest]: readonly Word[]): Sent {
  if (verb?.text !== 'exec') return NOTHING;
  const at = rest.findIndex(
    ({ text }, index) => !text.startsWith('-') && !/^--[\w-]+$/.test(rest[index - 1]?.text ?? ''),
  );
  return at < 0 ? NOTHING : started(invocation, rest.slice(at), 'host');
}

function inPod(invocation: Invocation, words: readonly Word[]): Sent {
  const verb = words.findIndex(({ text }) => /^(?:exec|run|debug|rsh|create)$/.test(text));
  const dashes = words.findIndex(({ text }) => text === '--');
  if (verb >= 0 && dashes < 0 && words[verb]?.text === 'rsh') return onNamed(invocation, words);
  if (verb < 0 || dashes < verb) return NOTHING;
  const image = words.flatMap(
    ({ text, open }) =>
      /^--image=(.+)$/
        .exec(text)
        ?.slice(1)
        .map((name) => ({ text: name, open })) ?? [],
  );
  const [program] = image.flatMap((one) => programOfImage(one) ?? []);
  const handed = words.slice(dashes + 1);
  const isNamed = program === undefined || nameOf(handed[0]) === nameOf(program);
  return started(invocation, [...(isNamed ? [] : [program]), ...handed], 'host');
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
  const entry = rest
    .slice(0, at)
    .flatMap((word, index) =>
      rest[index - 1]?.text === '--entrypoint'
        ? word
        : (/^--entrypoint=(.+)$/
            .exec(word.text)
            ?.slice(1)
            .map((text) => ({ ...word, text })) ?? []),
    )
    .slice(0, 1);
  return started(
    invocation,
    [...entry, ...rest.slice(at + 1)],
    words[run]?.text === 'exec' || composed || mounted ? 'host' : 'new',
  );
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
  if (/\s/.test(plain.text)) return { words: [], texts: [plain.text] };
  return started(invocation, rest.slice(rest[at]?.text === '--' ? at + 1 : at), 'host');
}
