/** Events of a cluster: what became of a workload, and which settings decide about that. */
import { either } from '../../../base/patterns';
import { type Clue, type Symptom } from './types';
import { lookedFor, symptomIn } from './match-symptoms';
import { isHead, workloadsIn } from './mentioned-workloads';

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
      /no endpoints available|endpoints? not found|\bendpoints?\b.{0,80}<none>|<none>.{0,40}\bendpoints?\b|has no (?:active |ready )?endpoints|service "[^"]+" not found|no healthy upstream|no live upstreams/i,
    says: 'nothing answers behind it',
    about: /selector|matchLabels|\bapp:|labels|\bport|targetPort|service|replicas|backend/i,
    chiefly: /selector|matchLabels|labels|targetPort/i,
    isPaired: true,
  },
  {
    pattern: either(
      /runAsNonRoot|read-only file system|permission denied.*container|operation not permitted/i,
      /securityContext|PodSecurity|\bE(?:ACCES|PERM|ROFS)\b|\[Errno (?:1|13|30)\]|PermissionError/i,
      /(?:open|mkdir|create|write|stat|unlink|rename|chdir|exec)\b.{0,120}permission denied/i,
      /permission denied.{0,20}['"]?(?:\/|open|mkdir|exec)|java\.nio\.file\.AccessDenied/i,
    ),
    says: 'it may not do what it does with files or in its container',
    about:
      /securityContext|runAs|readOnly|fsGroup|capabilit|privileged|USER\b|seccomp|apparmor|chown|chmod|umask|owner|group|\bmode\b|protect_?system|dynamic_?user|volume|mount/i,
    chiefly: /runAs|readOnly|fsGroup|USER\b|chown|chmod|owner|\bmode\b|protect_?system|dynamic_?user/i,
  },
  {
    pattern: /\bpreempt(?:ed|ing|ion)\b/i,
    says: 'more important ones threw it out',
    about: /priority|preempt/i,
    chiefly: /priority_?class|preempt/i,
  },
  {
    pattern:
      /exec format error|ENOEXEC|bad CPU type|wrong (?:ELF class|architecture)|incompatible architecture|no match(?:ing manifest)? for (?:platform|linux\/)|does not match the (?:detected host|specified) platform|illegal instruction|rosetta/i,
    says: 'it was built for another processor',
    about:
      /platform|\w*arch\b|architecture|amd64|arm64|aarch64|x86|target|image|FROM|runs-on|nodeSelector|instance_?type|runtime/i,
    chiefly: /platform|\w*arch\b|architecture|amd64|arm64|aarch64|x86/i,
  },
  {
    pattern:
      /executable file not found|StartError|no such file or directory.*(?:exec|entrypoint)|exit(?:ed)?(?: with)?(?: status| code)?[ :=]*12[67]\b/i,
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

/** A row of what `kubectl get` prints, with what stands above each of its cells. */
function rowsNamed(lines: readonly string[]): readonly string[] {
  let heads: readonly string[] = [];
  return lines.flatMap((line) => {
    const cells = line.trim().split(/\s{2,}/);
    if (isHead(line)) {
      heads = cells;
      return [];
    }
    if (heads.length === 0 || cells.length !== heads.length) {
      heads = [];
      return [line];
    }
    return [
      `${line}  (${heads
        .map((head, at) => `${head} ${cells[at] ?? ''}`)
        .slice(1)
        .join(', ')})`,
    ];
  });
}

export function kubernetes(logs: readonly string[]): readonly Clue[] {
  const lines = rowsNamed(logs);
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
