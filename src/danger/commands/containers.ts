/** Docker, Podman and Compose: what holds data there. */
import { has, plain, values, type Call, type CommandNotice, type Family } from './call';

const volumes = (does: string, severity?: CommandNotice['severity']): CommandNotice => ({
  rule: 'destructive/container-volumes',
  does,
  ...(severity ? { severity } : {}),
});
const TAKES = [
  '-H',
  '--host',
  '-c',
  '--context',
  '--config',
  '-l',
  '--log-level',
  '-f',
  '--file',
  '-p',
  '--project-name',
  '--profile',
  '--env-file',
  '--project-directory',
  '--connection',
  '--root',
];
const ALL = /^\$|^$/;

const docker: Family = (call) => {
  const words = plain(call, TAKES);
  const [verb = '', what = '', ...rest] = words;
  const several = call.words.some(({ open, by }) => open || by !== undefined);
  switch (verb) {
    case 'compose':
      return compose({
        ...call,
        args: call.args.slice(call.args.indexOf('compose') + 1),
        words: call.words.slice(call.args.indexOf('compose') + 1),
      });
    case 'volume':
      return what === 'rm' || what === 'remove'
        ? volumes(`deletes the volume ${rest[0]?.slice(0, 40) ?? ''}`.trim())
        : what === 'prune'
          ? volumes('deletes every volume that nothing uses right now')
          : undefined;
    case 'system':
      if (what === 'reset') return volumes('deletes every container, image and volume');
      return what === 'prune' && has(call, /^--volumes$/)
        ? volumes('deletes every volume that nothing uses right now')
        : what === 'prune'
          ? volumes(
              'deletes every container and image that nothing uses right now',
              has(call, /^-[a-z]*a|^--all$/) ? 'medium' : 'low',
            )
          : undefined;
    case 'container':
      return what === 'rm' || what === 'remove'
        ? removes(call, several)
        : what === 'prune'
          ? volumes('deletes every stopped container', 'low')
          : undefined;
    case 'rm':
      return removes(call, several);
    case 'kill':
    case 'stop':
      return several && [what, ...rest].some((text) => ALL.test(text))
        ? { rule: 'destructive/cloud-stop', does: 'stops every container' }
        : undefined;
    case 'stack':
    case 'service':
    case 'config':
    case 'secret':
    case 'node':
      if (what === 'rm' || what === 'remove' || (verb === 'stack' && what === 'down'))
        return { rule: 'destructive/stack-delete', does: `removes a ${verb} of the swarm` };
      return verb === 'service' && what === 'scale' && rest.some((text) => text.endsWith('=0'))
        ? { rule: 'destructive/cloud-stop', does: 'scales a service down to nothing' }
        : undefined;
    case 'swarm':
      return what === 'leave' && has(call, /^(?:-f|--force)$/)
        ? { rule: 'destructive/stack-delete', does: 'takes the node out of its swarm, with all that it knows' }
        : undefined;
    case 'machine':
      return /^(?:rm|reset)$/.test(what) ? volumes('deletes a machine with its containers and volumes') : undefined;
    case 'rmi':
    case 'image':
      return several && has(call, /^-[a-z]*f/) && (verb === 'rmi' || what === 'rm')
        ? volumes('deletes images', 'low')
        : undefined;
    case 'pod':
      return /^(?:rm|prune)$/.test(what) ? volumes('deletes pods with their containers', 'medium') : undefined;
    case 'run':
      return has(call, /^--privileged$/) ||
        values(call, '-v', '--volume').some((one) => /^\/(?::|var\/run\/docker\.sock)|^\/:/.test(one))
        ? { rule: 'permissions/container-root', does: 'gives a container every right on this machine' }
        : undefined;
    default:
      return undefined;
  }
};

function removes(call: Call, several: boolean): CommandNotice | undefined {
  if (has(call, /^-[a-z]*v|^--volumes$/)) return volumes('deletes containers with their volumes');
  if (several || has(call, /^-[a-z]*a$|^--all$/)) return volumes('deletes containers, whichever there are', 'high');
  return undefined;
}

const compose: Family = (call) => {
  const [verb = '', what = ''] = plain(call, [...TAKES, '-t', '--timeout', '--scale']);
  const withVolumes = has(call, /^-[a-z]*v$|^--volumes$/) || (verb === 'rm' && has(call, /^-[a-z]*v/));
  if (/^(?:down|rm)$/.test(verb) && withVolumes)
    return volumes('deletes the volumes of the services, with the data in them');
  if (verb === 'volume' && what === 'rm') return volumes('deletes volumes');
  if (/^(?:up|create)$/.test(verb) && has(call, /^(?:-V|--renew-anon-volumes)$/))
    return volumes('recreates the unnamed volumes', 'medium');
  return undefined;
};

export const CONTAINERS_TABLE: Readonly<Record<string, Family>> = {
  docker,
  podman: docker,
  nerdctl: docker,
  lima: docker,
  'docker-compose': compose,
  'podman-compose': compose,
  'docker-machine': (call) => (/^rm$/.test(plain(call)[0] ?? '') ? volumes('deletes a machine') : undefined),
  colima: (call) =>
    /^(?:delete|prune)$/.test(plain(call)[0] ?? '') ? volumes('deletes the machine with its volumes') : undefined,
  limactl: (call) =>
    /^(?:delete|factory-reset)$/.test(plain(call)[0] ?? '') ? volumes('deletes a machine') : undefined,
  crictl: (call) =>
    /^(?:rm|rmp|rmi|stopp)$/.test(plain(call, ['-r'])[0] ?? '') && has(call, /^(?:-[a-z]*a|--all|-[a-z]*f)$/)
      ? volumes('deletes containers', 'medium')
      : undefined,
  ctr: (call) =>
    /\b(?:rm|delete|remove|prune)\b/.test(plain(call, ['-n']).join(' '))
      ? volumes('deletes containers or images', 'medium')
      : undefined,
  buildah: (call) =>
    /^rm$/.test(plain(call)[0] ?? '') && has(call, /^(?:-a|--all)$/)
      ? volumes('deletes containers', 'medium')
      : undefined,
};
