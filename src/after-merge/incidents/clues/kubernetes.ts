/** Events of a cluster: what became of a workload, and which settings decide about that. */
import { lookedFor, symptomIn, type Clue, type Symptom } from './types';
import { workloadsIn } from './workloads';

const EVENTS: readonly Symptom[] = [
  {
    pattern: /OOMKill|out of memory|exit(?:ed)?(?: with)?(?: status| code)?[ :=]*137\b|memory limit|SystemOOM/i,
    says: 'it ran out of memory',
    about: /memory|\bmem\b|heap|Xm[xs]|max-old-space|limits|requests|GOMEMLIMIT/i,
    chiefly: /memory|heap|Xmx|max-old-space/i,
    worse: 'smaller',
  },
  {
    pattern: /(?:liveness|readiness|startup) probe|probe failed|Unhealthy\b|health ?check(?:s)? fail/i,
    says: 'a probe failed',
    about:
      /probe|httpGet|tcpSocket|initialDelay|periodSeconds|timeoutSeconds|failureThreshold|containerPort|targetPort|\bport\b|healthz?|health_?check|readyz?|livez?|\bpath:/i,
    worse: 'smaller',
  },
  {
    pattern: /ImagePullBackOff|ErrImagePull|InvalidImageName|failed to pull (?:and unpack )?image|manifest unknown/i,
    says: 'its image can not be pulled',
    about: /image|tag|repository|registry|digest|pullSecret/i,
  },
  {
    pattern: /FailedScheduling|nodes are available|Insufficient (?:cpu|memory)|node\(s\) had/i,
    says: 'it finds no node',
    about: /cpu|memory|requests|limits|affinity|toleration|taint|nodeSelector|topology|replicas|priorityClass/i,
    worse: 'larger',
  },
  {
    pattern: /FailedMount|FailedAttachVolume|MountVolume|Unable to attach or mount/i,
    says: 'a volume can not be mounted',
    about: /volume|mount|claim|storage|secret|configMap|subPath/i,
  },
  {
    pattern: /CreateContainerConfigError|couldn't find key|(?:secret|configmap)s? "[^"]+" not found/i,
    says: 'its configuration is missing',
    about: /secret|configMap|envFrom|valueFrom|\bkey:|\bname:/i,
  },
  {
    pattern: /exceeded quota|FailedCreate\b|LimitRange|maximum (?:cpu|memory) usage per/i,
    says: 'a quota stops it',
    about: /quota|limitrange|limits|requests|cpu|memory|replicas|\bmax\b|\bhard\b/i,
  },
  {
    pattern: /\bEvicted\b|DiskPressure|ephemeral.?storage|The node was low on resource/i,
    says: 'it was evicted',
    about: /storage|emptyDir|sizeLimit|limits|requests|log/i,
  },
  {
    pattern:
      /FailedGetResourceMetric|failed to get (?:cpu|memory) utilization|ScalingLimited|unable to (?:get metrics|scale)/i,
    says: 'it does not scale',
    about: /replicas|autoscal|hpa|target|metric|utilization|requests|cpu/i,
  },
  {
    pattern:
      /no endpoints available|endpoints? not found|service "[^"]+" not found|no healthy upstream|no live upstreams/i,
    says: 'nothing answers behind it',
    about: /selector|matchLabels|\bapp:|labels|\bport|targetPort|service|replicas|backend/i,
  },
  {
    pattern:
      /runAsNonRoot|read-only file system|permission denied.*container|operation not permitted|securityContext|PodSecurity/i,
    says: 'it may not do what it does in its container',
    about: /securityContext|runAs|readOnly|fsGroup|capabilit|privileged|USER\b|seccomp/i,
  },
  {
    pattern:
      /executable file not found|exec format error|StartError|no such file or directory.*(?:exec|entrypoint)|exit(?:ed)?(?: with)?(?: status| code)?[ :=]*12[67]\b/i,
    says: 'its program can not be started',
    about: /command|args|entrypoint|\bCMD\b|image|FROM|platform|arch|COPY/i,
  },
  {
    pattern: /CrashLoopBackOff|Back-off restarting|crash loop/i,
    says: 'it starts and ends again and again',
    about:
      /command|args|\benv\b|envFrom|value:|image|tag|memory|limits|cpu|probe|initialDelay|containerPort|configMap|secret|securityContext|entrypoint|\bCMD\b/i,
  },
];

export function kubernetes(lines: readonly string[]): readonly Clue[] {
  const everywhere = [...new Set(lines.flatMap(workloadsIn))];
  return lines.flatMap((line): Clue[] => {
    const names = workloadsIn(line);
    const event = symptomIn(EVENTS, line);
    if (event === undefined)
      return names.length === 0 ? [] : [{ says: `it is about ${names.slice(0, 3).join(', ')}`, names }];
    const { says } = event;
    const whose = names.length > 0 ? names : everywhere;
    return [
      {
        says: whose.length === 0 ? says : `${says} (${whose.slice(0, 3).join(', ')})`,
        names: whose,
        ...lookedFor(event),
      },
    ];
  });
}
