/** Docker, Podman and Compose: what holds data there. */
import { behind, has, values, type Call, type Family, programs } from './program-call';
import { byRows, unless } from './match-family-rows';
import { SCALED_TO_NOTHING } from '../rules/destructive/cloud-stop';

const UNUSED_VOLUMES = 'destructive/container-volumes: deletes every volume that nothing uses right now';
const MACHINE = 'destructive/container-volumes: deletes a machine';
const CONTAINERS = 'destructive/container-volumes (medium): deletes containers';

const ALL = /^\$|^$/;

/** What is made for a run of tests begins empty. */
const FOR_TESTS = /(?:^|[._/-])(?:tests?|testing|e2e|ci|testcontainers)(?:[._/-]|$)/i;
const areForTests = (names: readonly string[]): boolean =>
  names.length > 0 && names.every((name) => FOR_TESTS.test(name));

/** Whether a variable or another command says which. */
const several = ({ words }: Call): boolean => words.some(({ open, by }) => open || by !== undefined);
/** A variable names one, what another command lists is all of them. */
const stopsAll = (call: Call, [, ...names]: readonly string[]): boolean =>
  call.words.some(({ by }) => by !== undefined) && (names.length === 0 || names.some((text) => ALL.test(text)));
const isNoTest = (call: Call, [verb, ...names]: readonly string[]): boolean =>
  several(call) || !areForTests(verb === 'container' ? names.slice(1) : names);
const removesAny = (call: Call, words: readonly string[]): boolean =>
  several(call) || (has(call, /^-[a-z]*a$|^--all$/) && isNoTest(call, words));
const mountsMachine = (call: Call): boolean =>
  has(call, /^--privileged$/) ||
  values(call, '-v', '--volume').some((one) => /^\/(?::|var\/run\/docker\.sock)|^\/:/.test(one));

/** Compose gives each of its volumes a label of its own, so that this name alone leaves none out. */
const hasLabel = (call: Call): boolean =>
  values(call, '--filter').some((one) => /^label=(?!com\.docker\.compose\.\w+$)/.test(one));

const UNUSED = 'destructive/container-volumes: deletes every container and image that nothing uses right now';

// prettier-ignore
const docker = byRows(
  'docker',
  { verb: 'compose', says: (call) => compose(behind(call, call.args.indexOf('compose'))) },
  { verb: 'volume rm, volume remove', only: (_, [, , ...names]) => !areForTests(names), says: 'destructive/container-volumes: deletes the volume {name}', words: (_, [, , name = '']) => ({ name: name.slice(0, 40) }) },
  { verb: 'volume prune, system prune', only: hasLabel, says: 'destructive/container-volumes (medium): deletes what has this label and nothing uses right now' },
  { verb: 'volume prune', says: UNUSED_VOLUMES },
  { verb: 'system reset', says: 'destructive/container-volumes: deletes every container, image and volume' },
  { verb: 'system prune', with: /^--volumes$/, says: UNUSED_VOLUMES },
  { verb: 'system prune', with: /^-[a-z]*a|^--all$/, says: UNUSED, severity: 'medium' },
  { verb: 'system prune', says: UNUSED, severity: 'low' },
  { verb: 'container rm, container remove, rm', with: /^-[a-z]*v|^--volumes$/, only: isNoTest, says: 'destructive/container-volumes: deletes containers with their volumes' },
  { verb: 'container rm, container remove, rm', only: removesAny, says: 'destructive/container-volumes (high): deletes containers, whichever there are' },
  { verb: 'container prune', says: 'destructive/container-volumes (low): deletes every stopped container' },
  { verb: 'kill, stop', only: stopsAll, says: 'destructive/cloud-stop: stops every container' },
  { verb: /^(?:(?:stack|service|config|secret|node) (?:rm|remove)|stack down)(?: |$)/, says: 'destructive/stack-delete: removes a {verb} of the swarm', words: (_, [verb = '']) => ({ verb }) },
  { verb: 'service scale', only: (_, [, , ...rest]) => rest.some((text) => text.endsWith('=0')), says: SCALED_TO_NOTHING },
  { verb: 'swarm leave', with: /^(?:-f|--force)$/, says: 'destructive/stack-delete: takes the node out of its swarm, with all that it knows' },
  { verb: 'machine rm, machine reset', says: 'destructive/container-volumes: deletes a machine with its containers and volumes' },
  { verb: 'rmi, image rm', with: /^-[a-z]*f/, only: several, says: 'destructive/container-volumes (low): deletes images' },
  { verb: 'pod rm, pod prune', says: 'destructive/container-volumes (medium): deletes pods with their containers' },
  { verb: 'run', only: mountsMachine, says: 'permissions/container-root: gives a container every right on this machine' },
);

const isForTests = (call: Call): boolean =>
  values(call, '-f', '--file', '-p', '--project-name').some((name) => FOR_TESTS.test(name));
const takesVolumes = (call: Call, [verb]: readonly string[]): boolean =>
  has(call, /^-[a-z]*v$|^--volumes$/) || (verb === 'rm' && has(call, /^-[a-z]*v/));

// prettier-ignore
const compose = unless(isForTests, byRows(
  'docker-compose',
  { verb: 'down, rm', only: takesVolumes, says: 'destructive/container-volumes: deletes the volumes of the services, with the data in them' },
  { verb: 'volume rm', says: 'destructive/container-volumes: deletes volumes' },
  { verb: 'up, create', with: /^(?:-V|--renew-anon-volumes)$/, says: 'destructive/container-volumes (low): recreates the unnamed volumes' },
));

// prettier-ignore
export const CONTAINERS_TABLE: Readonly<Record<string, Family>> = /* @__PURE__ */ programs({
  'docker podman nerdctl lima': docker,
  'docker-compose podman-compose': compose,
  'docker-machine': byRows('', { verb: 'rm', says: MACHINE }),
  colima: byRows('', { verb: 'delete, prune', says: 'destructive/container-volumes: deletes the machine with its volumes' }),
  limactl: byRows('', { verb: 'delete, factory-reset', says: MACHINE }),
  crictl: byRows('crictl', { verb: 'rm, rmp, rmi, stopp', with: /^(?:-[a-z]*a|--all|-[a-z]*f)$/, says: CONTAINERS }),
  ctr: byRows('ctr', { verb: /\b(?:rm|delete|remove|prune)\b/, says: 'destructive/container-volumes (medium): deletes containers or images' }),
  buildah: byRows('', { verb: 'rm', with: /^(?:-a|--all)$/, says: CONTAINERS }),
});
