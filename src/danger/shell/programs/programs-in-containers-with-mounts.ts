/** What runs in containers that can write to folders of this machine. */
import { escapedPattern, wordSet } from '../../../base/patterns';
import { nameOf } from './program-name';
import type { Invocation, Word } from '../words/invocation';
import { hasOption as has } from '../words/options';
import { STARTED } from './readers-of-scripts-and-aliases';

/** Programs that start containers. */
export const CONTAINERS = /^(?:docker|podman|nerdctl|docker-compose|podman-compose)$/;

/** Images that start the program which they are named after, and what that is called where it differs. */
const ENTRY: Readonly<Record<string, string>> = {
  'alpine/psql': 'psql',
  argocli: 'argo',
  'aws-cli': 'aws',
  'fastly/cli': 'fastly',
  'flux-cli': 'flux',
  'hetznercloud/cli': 'hcloud',
  'linode/cli': 'linode-cli',
  'oci-cli': 'oci',
  opentofu: 'tofu',
  'scaleway/cli': 'scw',
  'skopeo/stable': 'skopeo',
};
const STARTS_PROGRAM = wordSet(`
  argocd argocli atlas aws-cli cloudflared consul crane curl dbmate doctl eksctl etcdctl flux-cli flyctl flyway gcrane git
  golang-migrate goose helm helmfile k6 kcat kops kubectl kustomize liquibase mc migrate nomad oci-cli opentofu oras packer pgroll
  pulumi rclone regctl restic s3cmd s5cmd sentry-cli skaffold skopeo sqitch temporal terraform terragrunt tofu vault velero wrangler
`);

/** The program that an image starts, from its name: `amazon/aws-cli:2.15`. */
export function programOfImage({ text, open }: Word): Word | undefined {
  const name = /^(?:[\w.-]+(?::\d+)?\/)*([\w.-]+?)(?::[\w.-]+)?(?:@sha256:\w+)?$/.exec(text)?.[1] ?? '';
  const owned = `${/([\w.-]+)\/[^/]+$/.exec(text)?.[1] ?? ''}/${name}`;
  const started = Object.hasOwn(ENTRY, owned)
    ? ENTRY[owned]
    : STARTS_PROGRAM.has(name)
      ? (ENTRY[name] ?? name)
      : undefined;
  return open || started === undefined ? undefined : { text: started, open: false };
}

/**
 * What a container runs, in the folders of this machine that are mounted writable. Relative names in it are relative to
 * its working directory; where that is unknown, they count as names in the current folder, which is what is usually
 * mounted there.
 */
export function inContainer(invocation: Invocation): Invocation[] {
  const { words } = invocation;
  const run = words.findIndex(({ text }) => text === 'run' || text === 'exec');
  const image =
    run < 0
      ? -1
      : words.findIndex(
          (word, index) =>
            index > run && (/[/:@]/.test(word.text) || !STARTED.test(word.text)) && programOfImage(word) !== undefined,
        );
  const named = words[image];
  const started = named === undefined ? undefined : programOfImage(named);
  if (started !== undefined)
    return [
      {
        ...invocation,
        words: [started, ...words.slice(image + 1)],
        outputs: [],
        ...(has(words, /^(?:-v|--volume|--mount)/) ? {} : { away: 'new' as const }),
      },
    ];
  const at = run < 0 ? -1 : words.findIndex((word, index) => index > run && STARTED.test(nameOf(word)));
  if (at < 0) return [];
  if (
    words[run]?.text === 'exec' ||
    words.slice(0, run).some(({ text }) => text === 'compose') ||
    nameOf(words[0]).endsWith('-compose')
  )
    return [{ ...invocation, words: words.slice(at), outputs: [] }];
  const before = words.slice(run + 1, at).map(({ text }) => text);
  const valuesOf = (option: RegExp): string[] =>
    before.flatMap((text, index) =>
      option.test(before[index - 1] ?? '')
        ? text
        : (new RegExp(`${option.source.slice(0, -1)}=([^]+)$`).exec(text)?.[1] ?? []),
    );
  const mounts = [...valuesOf(/^(?:-v|--volume)$/).map(volume), ...valuesOf(/^--mount$/).map(mount)].flatMap(
    (one) => one ?? [],
  );
  const outside = (text: string): string =>
    mounts.reduce(
      (mappedText, { host, place }) =>
        mappedText.replace(new RegExp(`(?<![\\w/.~-])${escapedPattern(place)}(?=/|$|[\\s'";&|)])`, 'g'), () => host),
      text,
    );
  const folder = valuesOf(/^(?:-w|--workdir)$/).at(-1);
  return [
    {
      ...invocation,
      words: words.slice(at).map((word) => ({ ...word, text: outside(word.text) })),
      outputs: [],
      // a folder that is mounted by a relative name is named from where the command stands
      folder:
        folder !== undefined
          ? outside(folder)
          : mounts.some(({ host }) => host.startsWith('.'))
            ? invocation.folder
            : '/',
      ...(mounts.length === 0 ? { away: 'new' as const } : {}),
    },
  ];
}

interface Mount {
  readonly host: string;
  readonly place: string;
}

/** `HOST:PLACE[:OPTIONS]`; undefined for anything that is not a folder of this machine, or is mounted read-only. */
function volume(text: string): Mount | undefined {
  const [, named = '', place = '', options = ''] = /^([^]*?):(\/[^:]*)(?::([^]*))?$/.exec(text) ?? [];
  const host = named.replace(/^\{\.,(\/[^{},]*)\}/, '$1'); // the folder where the pattern begins
  if (!/^[./~{]/.test(host) || options.split(',').some((one) => one === 'ro' || one === 'readonly')) return undefined;
  return { host: host.replace(/\/$/, ''), place: place.replace(/(.)\/$/, '$1') };
}

/** `type=bind,source=HOST,target=PLACE`. */
function mount(text: string): Mount | undefined {
  const part = (names: string): string | undefined =>
    new RegExp(`(?:^|,)(?:${names})=(\\{[^}]*\\}[^,]*|[^,]*)`).exec(text)?.[1];
  const [host, place] = [part('source|src'), part('target|destination|dst')];
  if (
    host === undefined ||
    place === undefined ||
    !/(?:^|,)type=bind(?:,|$)/.test(text) ||
    /(?:^|,)(?:readonly|ro)(?:=true|=1)?(?:,|$)/.test(text)
  )
    return undefined;
  return { host, place };
}
