/**
 * Fourteen outages of the clinic, of shapes that the forty of the shop don't have: written from public reports of outages
 * before what reads their texts was touched.
 */
import { edit, type ScriptedChange } from './edits';
import type { ScriptedIncident } from './outages';

const NGINX = 'ansible/roles/web/files/nginx.conf';

export const CLINIC_INCIDENTS: readonly ScriptedIncident[] = [
  {
    shape: 'a time zone',
    subject: 'Run like every other container',
    edits: [edit('compose.yaml', '      TZ: Europe/Berlin\n      SMTP_HOST', '      TZ: Etc/UTC\n      SMTP_HOST')],
    text: `patients were told 08:20 and came an hour early
reminders_1  | sent reminder for appointment at 2026-11-24T07:20:00 (local time), expected 2026-11-24T08:20:00+01:00`,
  },
  {
    shape: 'characters that are not stored',
    subject: 'Shorten the address of the database',
    edits: [edit('compose.yaml', '/booking?charset=utf8mb4', '/booking')],
    text: `django.db.utils.OperationalError: (1366, "Incorrect string value: '\\xC5\\x81ukas...' for column 'last_name' at row 1")
booking_1  | 41 registrations failed since 07:50`,
  },
  {
    shape: 'a cache that takes no more',
    subject: 'Never lose a session',
    edits: [edit('redis/redis.conf', 'maxmemory-policy allkeys-lru', 'maxmemory-policy noeviction')],
    text: `redis.exceptions.ResponseError: OOM command not allowed when used memory > 'maxmemory'.
  File "/usr/local/lib/python3.12/site-packages/redis/connection.py", line 518, in read_response`,
  },
  {
    shape: 'an expression that takes all the processor',
    subject: 'Catch scripts in attributes',
    edits: [
      edit('portal/rules.json', '"match": "<script[^>]*>"', '"match": "(?:(?:\\\\s|\\"|\')*.*(?:.*=.*))*on\\\\w+="'),
    ],
    text: `portal: all 4 workers at 100% CPU since 09:12, event loop blocked for 27 s
top of the flame graph: RegExp.exec (94%), called with the body of POST /messages`,
  },
  {
    shape: 'consumers that are thrown out of their group',
    subject: 'Fewer round trips to the broker',
    edits: [edit('vitals/src/main/resources/application.yml', 'max-poll-records: 200', 'max-poll-records: 5000')],
    text: `org.apache.kafka.clients.consumer.CommitFailedException: Offset commit cannot be completed since the consumer is not part of an active group for auto partition assignment; it is likely that the consumer was kicked out of the group.
Member vitals-3 sending LeaveGroup request: consumer poll timeout has expired. This means the time between subsequent calls to poll() was longer than the configured limit.`,
  },
  {
    shape: 'a certificate that nobody renewed',
    subject: 'Take over what the image does itself',
    edits: [
      edit(
        'ansible/roles/web/tasks/main.yml',
        `- name: Renew certificates
  ansible.builtin.cron:
    name: certbot
    minute: "17"
    hour: "3"
    job: certbot renew --deploy-hook "systemctl reload nginx"
`,
        '',
      ),
    ],
    text: `portal.clinic.example: NET::ERR_CERT_DATE_INVALID
openssl: notAfter=Nov 24 06:00:11 2026 GMT, verify error:num=10:certificate has expired`,
  },
  {
    shape: 'a body that is too large',
    subject: 'The same limit for all',
    edits: [edit(NGINX, 'client_max_body_size 64m;', 'client_max_body_size 2m;')],
    text: `[error] 22#22: *90114 client intended to send too large body: 23068672 bytes, client: 10.3.0.7, request: "PUT /scans/upload/77120 HTTP/2.0"
radiology can't store any image since 08:30`,
  },
  {
    shape: 'a schema that does not fit the one before',
    subject: 'Every reading has a device',
    edits: [
      edit(
        'vitals/src/main/avro/Vital.avsc',
        '{ "name": "device", "type": "string", "default": "unknown" }',
        '{ "name": "device", "type": "string" },\n    { "name": "serial", "type": "string" }',
      ),
    ],
    text: `org.apache.avro.AvroTypeException: Found Vital, expecting Vital, missing required field serial
	at org.apache.avro.io.ResolvingDecoder.doAction(ResolvingDecoder.java:309)
	at org.apache.kafka.clients.consumer.internals.Fetcher.parseRecord(Fetcher.java:1387)`,
  },
  {
    shape: 'files that may not be opened',
    subject: 'Modest limits for the gateway',
    edits: [edit('ansible/roles/gateway/files/hl7-gateway.service', 'LimitNOFILE=65536', 'LimitNOFILE=1024')],
    text: `gateway[811]: accept4: too many open files; retrying in 1s
hl7-gateway.service: 1019 of 1024 descriptors in use, laboratories can't connect`,
  },
  {
    shape: 'a secret that may not be read',
    subject: 'Narrow what the lab may read',
    edits: [
      edit('vault/policies/lab.hcl', 'path "secret/data/clinic/lab/*"', 'path "secret/data/clinic/lab/results/*"'),
    ],
    text: `Error making API request.
URL: GET https://vault.internal:8200/v1/secret/data/clinic/lab/hl7
Code: 403. Errors:
* 1 error occurred: * permission denied`,
  },
  {
    shape: 'a program for another system',
    subject: 'Use the image that is patched longest',
    edits: [edit('imaging/Dockerfile', 'FROM debian:bookworm-slim', 'FROM debian:bullseye-slim')],
    text: "imaging: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by imaging)",
  },
  {
    shape: 'connections that end too early',
    subject: 'Free sockets sooner',
    edits: [edit('portal/server.js', 'server.keepAliveTimeout = 76_000;', 'server.keepAliveTimeout = 5_000;')],
    text: `one request of 300 is answered with 502 since the release
[error] 31#31: *5521 upstream prematurely closed connection while reading response header from upstream, server: portal.clinic.example, request: "GET /appointments HTTP/1.1", upstream: "http://portal:8443/appointments"`,
  },
  {
    shape: 'a disk that a log of a database fills',
    subject: 'Keep what replicas still need',
    edits: [
      edit(
        'ansible/roles/db/templates/postgresql.conf',
        'max_slot_wal_keep_size = 20GB',
        'max_slot_wal_keep_size = -1',
      ),
    ],
    text: `PANIC:  could not write to file "pg_wal/xlogtemp.4411": No space left on device
LOG:  database system is shut down
replication slot "warehouse" is inactive, restart_lsn is 188 GB behind`,
  },
  {
    shape: 'mail that others refuse',
    subject: 'Only senders that we know',
    edits: [edit('dns/clinic.example.zone', 'ip4:192.0.2.0/24 include:relay.example -all', 'ip4:192.0.2.0/24 -all')],
    text: `reminders_1  | 550 5.7.26 This mail has been blocked because the sender is unauthenticated. SPF [clinic.example] with ip: [198.51.100.9] = did not pass
bounced: 3,114 of 3,120 reminders`,
  },
];

/** Changes of the clinic that broke nothing: near the others, often in the same files. */
export const CLINIC_INNOCENT: readonly ScriptedChange[] = [
  { subject: 'Release booking', edits: [edit('compose.yaml', 'booking:7.2.0', 'booking:7.3.0')] },
  { subject: 'Release reminders', edits: [edit('compose.yaml', 'reminders:3.1.4', 'reminders:3.2.0')] },
  { subject: 'Release portal', edits: [edit('compose.yaml', 'portal:11.0.2', 'portal:11.1.0')] },
  { subject: 'More workers for booking', edits: [edit('compose.yaml', 'WORKERS: "4"', 'WORKERS: "6"')] },
  { subject: 'More memory for reminders', edits: [edit('compose.yaml', 'mem_limit: 256m', 'mem_limit: 320m')] },
  { subject: 'More memory for booking', edits: [edit('compose.yaml', 'mem_limit: 512m', 'mem_limit: 768m')] },
  { subject: 'Send in smaller batches', edits: [edit('compose.yaml', 'BATCH: "200"', 'BATCH: "150"')] },
  { subject: 'Sessions of a shift', edits: [edit('compose.yaml', 'SESSION_HOURS: "8"', 'SESSION_HOURS: "10"')] },
  { subject: 'More for the cache', edits: [edit('redis/redis.conf', 'maxmemory 2gb', 'maxmemory 3gb')] },
  { subject: 'Notice dead clients sooner', edits: [edit('redis/redis.conf', 'tcp-keepalive 60', 'tcp-keepalive 45')] },
  { subject: 'More connections for nginx', edits: [edit(NGINX, 'worker_connections 4096', 'worker_connections 8192')] },
  { subject: 'Patience with the portal', edits: [edit(NGINX, 'proxy_read_timeout 60s', 'proxy_read_timeout 90s')] },
  {
    subject: 'Pin nginx',
    edits: [edit('ansible/roles/web/tasks/main.yml', '    name: nginx\n', '    name: nginx=1.24.*\n')],
  },
  {
    subject: 'Rotate as everywhere',
    edits: [edit('ansible/roles/web/tasks/main.yml', '/etc/logrotate.d/nginx', '/etc/logrotate.d/web')],
  },
  {
    subject: 'More memory for the gateway',
    edits: [edit('ansible/roles/gateway/files/hl7-gateway.service', 'MemoryMax=1G', 'MemoryMax=2G')],
  },
  {
    subject: 'Stop in peace',
    edits: [edit('ansible/roles/gateway/files/hl7-gateway.service', 'TimeoutStopSec=30', 'TimeoutStopSec=60')],
  },
  {
    subject: 'More buffers',
    edits: [edit('ansible/roles/db/templates/postgresql.conf', 'shared_buffers = 4GB', 'shared_buffers = 6GB')],
  },
  {
    subject: 'Log slower statements only',
    edits: [
      edit(
        'ansible/roles/db/templates/postgresql.conf',
        'log_min_duration_statement = 500',
        'log_min_duration_statement = 800',
      ),
    ],
  },
  {
    subject: 'More connections',
    edits: [edit('ansible/roles/db/templates/postgresql.conf', 'max_connections = 200', 'max_connections = 260')],
  },
  { subject: 'Back up later', edits: [edit('ansible/group_vars/all.yml', 'backup_hour: 1', 'backup_hour: 2')] },
  {
    subject: 'Ask one more clock',
    edits: [edit('ansible/group_vars/all.yml', 'ntp2.internal]', 'ntp2.internal, ntp3.internal]')],
  },
  {
    subject: 'Billing may list',
    edits: [edit('vault/policies/billing.hcl', '["read"]', '["read", "list"]')],
  },
  {
    subject: 'More listeners',
    edits: [edit('vitals/src/main/resources/application.yml', 'concurrency: 6', 'concurrency: 8')],
  },
  {
    subject: 'More threads for vitals',
    edits: [edit('vitals/src/main/resources/application.yml', 'max: 200', 'max: 240')],
  },
  { subject: 'More heap for vitals', edits: [edit('vitals/config/jvm.options', '-Xmx2g', '-Xmx3g')] },
  {
    subject: 'Java as it is patched',
    edits: [edit('vitals/Dockerfile', 'eclipse-temurin:21-jre', 'eclipse-temurin:21.0.5_11-jre')],
  },
  { subject: 'Build with the newer compiler', edits: [edit('imaging/Dockerfile', 'rust:1.79', 'rust:1.80')] },
  { subject: 'Larger tiles', edits: [edit('imaging/src/tiles.rs', 'let edge = 512', 'let edge = 1024')] },
  { subject: 'Larger letters', edits: [edit('portal/app.js', "limit: '2mb'", "limit: '3mb'")] },
  {
    subject: 'Requests may take longer',
    edits: [edit('portal/server.js', 'requestTimeout = 120_000', 'requestTimeout = 150_000')],
  },
  { subject: 'Log wget, too', edits: [edit('portal/rules.json', '^curl/', '^(?:curl|wget)/')] },
  { subject: 'Cache for longer', edits: [edit('booking/settings.py', '"TIMEOUT": 600', '"TIMEOUT": 900')] },
  { subject: 'Keep connections', edits: [edit('booking/settings.py', 'CONN_MAX_AGE = 60', 'CONN_MAX_AGE = 120')] },
  { subject: 'Open until seven', edits: [edit('booking/slots.py', 'at.hour < 18', 'at.hour < 19')] },
  { subject: 'Names without spaces', edits: [edit('booking/importer.py', '.strip()', '.strip(" \\t")')] },
  { subject: 'Update celery', edits: [edit('booking/requirements.txt', 'celery==5.4.0', 'celery==5.4.1')] },
  { subject: 'Update django', edits: [edit('booking/requirements.txt', 'django==5.0.6', 'django==5.0.9')] },
  { subject: 'Update redis', edits: [edit('booking/requirements.txt', 'redis==5.0.4', 'redis==5.0.8')] },
  {
    subject: 'The portal moved',
    edits: [edit('dns/clinic.example.zone', 'portal  IN A   192.0.2.10', 'portal  IN A   192.0.2.12')],
  },
  { subject: 'One more node', edits: [edit('terraform/cluster.tf', 'node_count = 3', 'node_count = 4')] },
  { subject: 'More room for records', edits: [edit('terraform/cluster.tf', 'disk_size = 200', 'disk_size = 260')] },
];
