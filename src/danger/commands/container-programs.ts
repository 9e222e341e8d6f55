/** Docker, Podman and Compose: what holds data there. */
import { takesOf } from '../shell';
import { fact } from '../rule-rows/sentences-of-code-rules';
import { behind, has, plain, values, type Call, type CommandNotice, type Family, programs } from './program-call';
import { byVerb } from './rows-by-verb';
import { SCALED_TO_NOTHING } from '../rules/destructive/cloud-stop';

const UNUSED_VOLUMES = 'destructive/container-volumes: deletes every volume that nothing uses right now';
const MACHINE = 'destructive/container-volumes: deletes a machine';
const CONTAINERS = 'destructive/container-volumes (medium): deletes containers';

const ALL = /^\$|^$/;

const docker: Family = (call) => {
  const words = plain(call, takesOf('docker'));
  const [verb = '', object = '', ...rest] = words;
  const several = call.words.some(({ open, by }) => open || by !== undefined);
  const isListed = call.words.some(({ by }) => by !== undefined);
  switch (verb) {
    case 'compose':
      return compose(behind(call, call.args.indexOf('compose')));
    case 'volume':
      return object === 'rm' || object === 'remove'
        ? areForTests(rest)
          ? undefined
          : fact('destructive/container-volumes: deletes the volume {name}', { name: rest[0]?.slice(0, 40) ?? '' })
        : object === 'prune'
          ? fact(UNUSED_VOLUMES)
          : undefined;
    case 'system':
      if (object === 'reset') return fact('destructive/container-volumes: deletes every container, image and volume');
      return object === 'prune' && has(call, /^--volumes$/)
        ? fact(UNUSED_VOLUMES)
        : object === 'prune'
          ? fact(
              'destructive/container-volumes: deletes every container and image that nothing uses right now',
              {},
              has(call, /^-[a-z]*a|^--all$/) ? 'medium' : 'low',
            )
          : undefined;
    case 'container':
      return object === 'rm' || object === 'remove'
        ? removes(call, several, rest)
        : object === 'prune'
          ? fact('destructive/container-volumes (low): deletes every stopped container')
          : undefined;
    case 'rm':
      return removes(call, several, words.slice(1));
    case 'kill':
    case 'stop':
      // a variable names one, what another command lists is all of them
      return isListed && [object, ...rest].some((text) => ALL.test(text))
        ? fact('destructive/cloud-stop: stops every container')
        : undefined;
    case 'stack':
    case 'service':
    case 'config':
    case 'secret':
    case 'node':
      if (object === 'rm' || object === 'remove' || (verb === 'stack' && object === 'down'))
        return fact('destructive/stack-delete: removes a {verb} of the swarm', { verb });
      return verb === 'service' && object === 'scale' && rest.some((text) => text.endsWith('=0'))
        ? fact(SCALED_TO_NOTHING)
        : undefined;
    case 'swarm':
      return object === 'leave' && has(call, /^(?:-f|--force)$/)
        ? fact('destructive/stack-delete: takes the node out of its swarm, with all that it knows')
        : undefined;
    case 'machine':
      return /^(?:rm|reset)$/.test(object)
        ? fact('destructive/container-volumes: deletes a machine with its containers and volumes')
        : undefined;
    case 'rmi':
    case 'image':
      return several && has(call, /^-[a-z]*f/) && (verb === 'rmi' || object === 'rm')
        ? fact('destructive/container-volumes (low): deletes images')
        : undefined;
    case 'pod':
      return /^(?:rm|prune)$/.test(object)
        ? fact('destructive/container-volumes (medium): deletes pods with their containers')
        : undefined;
    case 'run':
      return has(call, /^--privileged$/) ||
        values(call, '-v', '--volume').some((one) => /^\/(?::|var\/run\/docker\.sock)|^\/:/.test(one))
        ? fact('permissions/container-root: gives a container every right on this machine')
        : undefined;
    default:
      return undefined;
  }
};

/** What is made for a run of tests begins empty. */
const FOR_TESTS = /(?:^|[._/-])(?:tests?|testing|e2e|ci|testcontainers)(?:[._/-]|$)/i;
const areForTests = (names: readonly string[]): boolean =>
  names.length > 0 && names.every((name) => FOR_TESTS.test(name));

function removes(call: Call, several: boolean, names: readonly string[]): CommandNotice | undefined {
  if (!several && areForTests(names)) return undefined;
  if (has(call, /^-[a-z]*v|^--volumes$/))
    return fact('destructive/container-volumes: deletes containers with their volumes');
  if (several || has(call, /^-[a-z]*a$|^--all$/))
    return fact('destructive/container-volumes (high): deletes containers, whichever there are');
  return undefined;
}

const compose: Family = (call) => {
  const [verb = '', object = ''] = plain(call, takesOf('docker-compose'));
  const withVolumes = has(call, /^-[a-z]*v$|^--volumes$/) || (verb === 'rm' && has(call, /^-[a-z]*v/));
  const isForTests = [...values(call, '-f', '--file'), ...values(call, '-p', '--project-name')].some((name) =>
    FOR_TESTS.test(name),
  );
  if (isForTests) return undefined;
  if (/^(?:down|rm)$/.test(verb) && withVolumes)
    return fact('destructive/container-volumes: deletes the volumes of the services, with the data in them');
  if (verb === 'volume' && object === 'rm') return fact('destructive/container-volumes: deletes volumes');
  if (/^(?:up|create)$/.test(verb) && has(call, /^(?:-V|--renew-anon-volumes)$/))
    return fact('destructive/container-volumes (low): recreates the unnamed volumes');
  return undefined;
};

export const CONTAINERS_TABLE: Readonly<Record<string, Family>> = /* @__PURE__ */ programs({
  'docker podman nerdctl lima': docker,
  'docker-compose podman-compose': compose,
  'docker-machine': byVerb('', [/^rm(?: |$)/, MACHINE]),
  colima: byVerb('', [
    /^(?:delete|prune)(?: |$)/,
    'destructive/container-volumes: deletes the machine with its volumes',
  ]),
  limactl: byVerb('', [/^(?:delete|factory-reset)(?: |$)/, MACHINE]),
  crictl: byVerb('crictl', [/^(?:rm|rmp|rmi|stopp)(?: |$)/, CONTAINERS, /^(?:-[a-z]*a|--all|-[a-z]*f)$/]),
  ctr: byVerb('ctr', [
    /\b(?:rm|delete|remove|prune)\b/,
    'destructive/container-volumes (medium): deletes containers or images',
  ]),
  buildah: byVerb('', [/^rm(?: |$)/, CONTAINERS, /^(?:-a|--all)$/]),
});
