/**
 * Ten outages of the harbour, written from well-known public post-mortems before what reads their texts was looked at:
 * none has a shape that the other three repositories have.
 */
import { edit, type ScriptedChange } from './edits';
import type { ScriptedIncident } from './outages';

export const HARBOUR_INCIDENTS: readonly ScriptedIncident[] = [
  {
    shape: 'a file that is larger than its reader takes',
    subject: 'Ask every database for its columns',
    edits: [edit('bots/features.sql', " AND database = 'default'", '')],
    text: `5xx on all proxies since 11:28, comes and goes every five minutes
thread fl_worker_thread panicked: called Result::unwrap() on an Err value: "312 features"
features.bin has twice as many rows as yesterday, most names twice`,
  },
  {
    shape: 'a label that nodes have no longer',
    subject: 'Kubernetes 1.24',
    edits: [edit('cluster/kubeadm.yaml', 'v1.23.17', 'v1.24.11')],
    text: `whole cluster is unreachable after the upgrade of the control plane, pods can't reach each other
$ kubectl get nodes -l node-role.kubernetes.io/master
No resources found
calico: no route reflectors, bird: no routes
kubelet v1.24.11`,
  },
  {
    shape: "people who see what is others'",
    subject: 'Serve the app from the edge',
    edits: [edit('cdn/distribution.tf', 'cookie_behavior = "all"', 'cookie_behavior = "none"')],
    text: `three customers say that they are logged in as somebody else
Set-Cookie: session=... comes with X-Cache: Hit from cloudfront
cookies are no part of the cache key`,
  },
  {
    shape: 'pods that more important ones throw out',
    subject: 'Compaction must not wait',
    edits: [edit('cluster/priorities.yaml', 'value: 1000\npreemptionPolicy: Never', 'value: 1000000')],
    text: `writes are lost, ingesters go away one after the other
Normal  Preempted  pod/ingester-7  Preempted by observability/compactor-6c4d on node node-14
0/40 nodes are available: 40 Insufficient cpu`,
  },
  {
    shape: 'a database that takes no more writes',
    subject: 'Less load while people work',
    edits: [edit('postgres/postgresql.conf', 'autovacuum = on', 'autovacuum = off')],
    text: `nothing can be saved
ERROR:  database is not accepting commands to avoid wraparound data loss in database "sites"
HINT:  Stop the postmaster and vacuum that database in single-user mode.`,
  },
  {
    shape: 'rows that new servers do not have',
    subject: 'Nodes join faster',
    edits: [edit('cassandra/cassandra.yaml', 'auto_bootstrap: true', 'auto_bootstrap: false')],
    text: `half of the sites say "not found" since cassandra-4 to cassandra-6 were added, reading again sometimes helps
nodetool status: cassandra-4 UN, 12.1 MiB, owns 16.8 %, the others have 410 GiB
no streaming on cassandra-5 at start, "Bootstrap/Replace/Move completed" at once`,
  },
  {
    shape: 'a number that a column does not hold',
    subject: 'Smaller keys for events',
    edits: [edit('events/schema.rb', 'create_table "events", id: :bigint', 'create_table "events", id: :integer')],
    text: `only reading works, everything that writes an event fails
ActiveModel::RangeError: 2147483648 is out of range for ActiveModel::Type::Integer with limit 4 bytes
PG::NumericValueOutOfRange: ERROR:  nextval: reached maximum value of sequence "events_id_seq" (2147483647)`,
  },
  {
    shape: 'addresses that nobody announces',
    subject: 'Order the announcements',
    edits: [
      edit('network/bird.conf', 'if net ~ [ 198.51.100.0/24, 203.0.113.0/24 ] then accept;\n  reject;', 'reject;'),
    ],
    text: `nothing of us can be reached from outside, DNS included; from inside all is well
looking glass: 198.51.100.0/24 and 203.0.113.0/24 were withdrawn at 15:39
AS64500 exports 0 prefixes to AS64501`,
  },
  {
    shape: 'hosts that an upgrade cut off',
    subject: 'All security updates are taken',
    edits: [edit('hosts/packages.yml', '"systemd"; "docker-ce";', '"docker-ce";')],
    text: `6,000 hosts of three regions lost their network between 06:00 and 07:00 UTC
/var/log/unattended-upgrades/unattended-upgrades.log: Packages that will be upgraded: systemd systemd-sysv libsystemd0
systemd-networkd was restarted and took the routes of the containers away`,
  },
  {
    shape: 'more fields than a reader expects',
    subject: 'Pipes have a name too',
    edits: [edit('sensor/templates.json', '"name": "pipe", "fields": 20', '"name": "pipe", "fields": 21')],
    text: `all Windows hosts restart without end, PAGE_FAULT_IN_NONPAGED_AREA in the sensor
out-of-bounds read of inputs[20] when a pipe template is matched`,
  },
];

export const HARBOUR_INNOCENT: readonly ScriptedChange[] = [
  { subject: 'Train every ten minutes', edits: [edit('bots/train.py', 'EVERY = "5m"', 'EVERY = "10m"')] },
  { subject: 'A new model of bots', edits: [edit('bots/train.py', 'bots-7', 'bots-8')] },
  { subject: 'One more compactor', edits: [edit('cluster/compactor.yaml', 'replicas: 2', 'replicas: 3')] },
  { subject: 'Ingester 4.1.1', edits: [edit('cluster/ingester.yaml', 'ingester:4.1.0', 'ingester:4.1.1')] },
  {
    subject: 'Calico says more',
    edits: [edit('cluster/calico.yaml', 'logSeverityScreen: Info', 'logSeverityScreen: Debug')],
  },
  {
    subject: 'Assets stay a week',
    edits: [edit('cdn/distribution.tf', 'max_ttl     = 86400', 'max_ttl     = 604800')],
  },
  {
    subject: 'Log what takes a second',
    edits: [edit('postgres/postgresql.conf', 'statement = 500', 'statement = 1000')],
  },
  {
    subject: 'Three more nodes for sites',
    edits: [
      edit(
        'cassandra/nodes.yml',
        '  - cassandra-3\n',
        '  - cassandra-3\n  - cassandra-4\n  - cassandra-5\n  - cassandra-6\n',
      ),
    ],
  },
  {
    subject: 'Read more at once',
    edits: [edit('cassandra/cassandra.yaml', 'concurrent_reads: 64', 'concurrent_reads: 96')],
  },
  {
    subject: 'Readings know their device',
    edits: [edit('events/schema.rb', 't.datetime "read_at"', 't.datetime "read_at"\n    t.string "device"')],
  },
  { subject: 'The proxy listens on 443', edits: [edit('proxy/src/main.rs', 'port = 8443', 'port = 443')] },
  { subject: 'Sessions last a week', edits: [edit('auth/login.py', '86_400', '604_800')] },
  { subject: 'Ping less', edits: [edit('client/socket.ts', 'PING_MS = 30_000', 'PING_MS = 45_000')] },
  { subject: 'Describe who is called', edits: [edit('docs/on-call.md', 'and when.', 'when and how.')] },
  { subject: 'A better first sentence', edits: [edit('site/index.html', 'for everybody', 'for all')] },
  { subject: 'Processes have a parent', edits: [edit('sensor/templates.json', '"fields": 12', '"fields": 13')] },
  { subject: 'Billing keeps less in memory', edits: [edit('billing/redis.conf', 'maxmemory 4gb', 'maxmemory 2gb')] },
  {
    subject: 'Postgres 15.5 for billing',
    edits: [edit('terraform/database.tf', 'engine_version = "15.4"', 'engine_version = "15.5"', 1)],
  },
];
