/** The audit log of a Kubernetes API server: one event a line. */
import { jsonLines } from './parse-json-lines-or-whole-json';
import { ENTRIES_AT_MOST, type LogEntry, type LogReader } from './types';
import { fieldsOf, programOf, tame, timeIn, type Fields } from './sanitize-log-fields';

const CHANGES: ReadonlySet<string> = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);
/** What a cluster does by itself all the time. */
const OWN = /^system:(?:node:|kube-|apiserver|serviceaccount:kube-system:)/;
const NOISE =
  /^(?:leases|events|tokenreviews|subjectaccessreviews|selfsubjectaccessreviews|endpointslices|endpoints|nodes)$/;

export const kubernetesAudit: LogReader = {
  name: 'Kubernetes audit log',
  recognises: (head) => /"apiVersion"\s*:\s*"audit\.k8s\.io\/|"auditID"\s*:/.test(head),
  read(text) {
    const { values, problems } = jsonLines(text, ENTRIES_AT_MOST);
    return { entries: values.flatMap(({ value }) => entriesOf(fieldsOf(value))), problems };
  },
};

function entriesOf(event: Fields): readonly LogEntry[] {
  const verb = tame(event['verb'], 30);
  const user = tame(fieldsOf(event['user'])['username'], 200);
  const object = fieldsOf(event['objectRef']);
  const resource = tame(object['resource'], 60);
  const stage = tame(event['stage'], 30);
  if (!CHANGES.has(verb) || OWN.test(user) || NOISE.test(resource) || (stage !== '' && stage !== 'ResponseComplete'))
    return [];
  const [name, space, part] = [object['name'], object['namespace'], object['subresource']].map((one) => tame(one, 80));
  const code = fieldsOf(event['responseStatus'])['code'];
  const refused = typeof code === 'number' && code >= 400 ? ` (answered with ${String(code)})` : '';
  return [
    {
      at: timeIn(event['requestReceivedTimestamp'] ?? event['stageTimestamp']),
      what: `${verb} ${resource}${(part ?? '') === '' ? '' : `/${part ?? ''}`} ${name ?? ''}${(space ?? '') === '' ? '' : ` in ${space ?? ''}`}${refused}`.trim(),
      by: user === '' ? null : user,
      program: programOf(event['userAgent']),
      destroys: verb.startsWith('delete'),
    },
  ];
}
