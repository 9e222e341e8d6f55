/** Docker, Podman and Compose: what holds data there. */
import { takesOf } from '../shell';
import { fact } from '../rule-rows/facts';
import { has, plain, values, type Call, type CommandNotice, type Family } from './call';

const ALL = /^\$|^$/;

const docker: Family = (call) => {
  const words = plain(call, takesOf('docker'));
  const [verb = '', what = '', ...rest] = words;
  const several = call.words.some(({ open, by }) => open || by !== undefined);
  const isListed = call.words.some(({ by }) => by !== undefined);
  switch (verb) {
    case 'compose':
      return compose({
        ...call,
        args: call.args.slice(call.args.indexOf('compose') + 1),
        words: call.words.slice(call.args.indexOf('compose') + 1),
      });
    case 'volume':
      return what === 'rm' || what === 'remove'
        ? areForTests(rest)
          ? undefined
          : fact('deletes the volume', { name: rest[0]?.slice(0, 40) ?? '' })
        : what === 'prune'
          ? fact('deletes every volume that nothing uses')
          : undefined;
    case 'system':
      if (what === 'reset') return fact('deletes every container image and volume');
      return what === 'prune' && has(call, /^--volumes$/)
        ? fact('deletes every volume that nothing uses')
        : what === 'prune'
          ? fact('deletes every container and image that', {}, has(call, /^-[a-z]*a|^--all$/) ? 'medium' : 'low')
          : undefined;
    case 'container':
      return what === 'rm' || what === 'remove'
        ? removes(call, several, rest)
        : what === 'prune'
          ? fact('deletes every stopped container')
          : undefined;
    case 'rm':
      return removes(call, several, words.slice(1));
    case 'kill':
    case 'stop':
      // a variable names one, what another command lists is all of them
      return isListed && [what, ...rest].some((text) => ALL.test(text)) ? fact('stops every container') : undefined;
    case 'stack':
    case 'service':
    case 'config':
    case 'secret':
    case 'node':
      if (what === 'rm' || what === 'remove' || (verb === 'stack' && what === 'down'))
        return fact('removes a of the swarm', { verb });
      return verb === 'service' && what === 'scale' && rest.some((text) => text.endsWith('=0'))
        ? fact('scales a service down to nothing')
        : undefined;
    case 'swarm':
      return what === 'leave' && has(call, /^(?:-f|--force)$/) ? fact('takes the node out of its') : undefined;
    case 'machine':
      return /^(?:rm|reset)$/.test(what) ? fact('deletes a machine with its containers') : undefined;
    case 'rmi':
    case 'image':
      return several && has(call, /^-[a-z]*f/) && (verb === 'rmi' || what === 'rm')
        ? fact('deletes images')
        : undefined;
    case 'pod':
      return /^(?:rm|prune)$/.test(what) ? fact('deletes pods with their containers') : undefined;
    case 'run':
      return has(call, /^--privileged$/) ||
        values(call, '-v', '--volume').some((one) => /^\/(?::|var\/run\/docker\.sock)|^\/:/.test(one))
        ? fact('gives a container every right on')
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
  if (has(call, /^-[a-z]*v|^--volumes$/)) return fact('deletes containers with their volumes');
  if (several || has(call, /^-[a-z]*a$|^--all$/)) return fact('deletes containers whichever there are');
  return undefined;
}

const compose: Family = (call) => {
  const [verb = '', what = ''] = plain(call, takesOf('docker-compose'));
  const withVolumes = has(call, /^-[a-z]*v$|^--volumes$/) || (verb === 'rm' && has(call, /^-[a-z]*v/));
  const isForTests = [...values(call, '-f', '--file'), ...values(call, '-p', '--project-name')].some((name) =>
    FOR_TESTS.test(name),
  );
  if (isForTests) return undefined;
  if (/^(?:down|rm)$/.test(verb) && withVolumes) return fact('deletes the volumes of the services');
  if (verb === 'volume' && what === 'rm') return fact('deletes volumes');
  if (/^(?:up|create)$/.test(verb) && has(call, /^(?:-V|--renew-anon-volumes)$/))
    return fact('recreates the unnamed volumes');
  return undefined;
};

export const CONTAINERS_TABLE: Readonly<Record<string, Family>> = {
  docker,
  podman: docker,
  nerdctl: docker,
  lima: docker,
  'docker-compose': compose,
  'podman-compose': compose,
  'docker-machine': (call) => (/^rm$/.test(plain(call)[0] ?? '') ? fact('deletes a machine') : undefined),
  colima: (call) =>
    /^(?:delete|prune)$/.test(plain(call)[0] ?? '') ? fact('deletes the machine with its volumes') : undefined,
  limactl: (call) => (/^(?:delete|factory-reset)$/.test(plain(call)[0] ?? '') ? fact('deletes a machine') : undefined),
  crictl: (call) =>
    /^(?:rm|rmp|rmi|stopp)$/.test(plain(call, takesOf('crictl'))[0] ?? '') && has(call, /^(?:-[a-z]*a|--all|-[a-z]*f)$/)
      ? fact('deletes containers')
      : undefined,
  ctr: (call) =>
    /\b(?:rm|delete|remove|prune)\b/.test(plain(call, takesOf('ctr')).join(' '))
      ? fact('deletes containers or images')
      : undefined,
  buildah: (call) =>
    /^rm$/.test(plain(call)[0] ?? '') && has(call, /^(?:-a|--all)$/) ? fact('deletes containers') : undefined,
};
